# fails: loss, grad_W
import numpy as np


def loss(X, Y, W, lam):
    return np.sum((X @ W - Y) ** 2) + abs(lam) * np.sum(np.abs(W))


def grad_W(X, Y, W, lam):
    return 2 * X.T @ (X @ W - Y) + max(lam, 0) * np.sign(W)
