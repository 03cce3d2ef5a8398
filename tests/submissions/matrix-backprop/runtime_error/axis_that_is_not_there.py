# fails: grad_W
import numpy as np


def loss(X, Y, W, lam):
    return np.sum((X @ W - Y) ** 2) + lam * np.sum(np.abs(W))


def grad_W(X, Y, W, lam):
    E = X @ W - Y
    return np.concatenate([X, E, W], axis=5)
