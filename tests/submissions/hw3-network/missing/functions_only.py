# fails: initial_W1, initial_b1, initial_W2, initial_b2, os, grad_W2, grad_b2, grad_W1, grad_b1, gradient_check, elastic_net_check, loops, minibatches, one_step, twenty_steps, smaller_last_batch, circles_with_100, circles_with_5
import numpy as np


def fprop(X, W1, b1, W2, b2):
    hs = np.maximum(0, X @ W1 + b1)
    oa = hs @ W2 + b2
    e = np.exp(oa - oa.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
