# fails: initial_W1, initial_b1, initial_W2, initial_b2, os, grad_W2, grad_b2, grad_W1, grad_b1, gradient_check, elastic_net_check, loops, minibatches, one_step, twenty_steps, smaller_last_batch, circles_with_100, circles_with_5
import numpy as np


class Network:
    """Everything is there, and nothing is right."""

    def __init__(self, n_in, n_hidden, n_out, lr=0.1, l1=0.0, l2=0.0):
        self.W1 = np.zeros((n_in, n_hidden))
        self.b1 = np.ones(n_hidden)
        self.W2 = np.zeros((n_hidden, n_out))
        self.b2 = np.ones(n_out)

    def fprop(self, X, loop=False):
        return X @ self.W1 @ self.W2

    def bprop(self, X, y, loop=False):
        return self.W1, self.b1, self.W2, self.b2

    def minibatches(self, X, y, K):
        return [(X, y), (X, y)]

    def train(self, X, y):
        self.W1 = self.W1 + 1
