# fails: grad_W
import numpy as np


def loss(X, Y, W, lam):
    return np.sum((X @ W - Y) ** 2) + lam * np.sum(np.abs(W))

# dL/dW = ?
