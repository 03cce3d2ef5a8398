# fails: loss, grad_W
import numpy as np


def loss(X, Y, W, lam):
    return 30


def grad_W(X, Y, W, lam):
    return np.array([[11, 19]])
