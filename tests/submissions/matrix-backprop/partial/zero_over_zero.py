# fails: grad_W
import numpy as np


def loss(X, Y, W, lam):
    return np.sum((X @ W - Y) ** 2) + lam * np.sum(np.abs(W))


def grad_W(X, Y, W, lam):
    return 2 * X.T @ (X @ W - Y) + lam * W / np.abs(W)
