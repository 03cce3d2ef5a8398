"""Unfinished: the forward pass, the weights, and a start of the rest."""
import numpy as np


class Network:
    def __init__(self, input_size, hidden_size, output_size):
        r1 = 1 / np.sqrt(input_size)
        r2 = 1 / np.sqrt(hidden_size)
        self.W1 = np.random.uniform(-r1, r1, size=(input_size, hidden_size))
        self.W2 = np.random.uniform(-r2, r2, size=(hidden_size, output_size))
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.h_a = X @ self.W1 + self.b1
        self.h_s = np.maximum(self.h_a, 0)
        self.o_a = self.h_s @ self.W2 + self.b2
        e = np.exp(self.o_a - self.o_a.max(axis=1, keepdims=True))
        self.o_s = e / e.sum(axis=1, keepdims=True)
        return self.o_s

    def backward(self, X, y):
        # TODO
        raise NotImplementedError

    def get_batches(self, X, y, batch_size):
        return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]
