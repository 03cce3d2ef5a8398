import numpy as np


def loss(X, Y, W, *, lam=0.1, verbose=False, **options):
    if verbose:
        print(W)
    return np.array([[np.sum((Y - X @ W) ** 2) + lam * np.sum(np.abs(W))]]).item()


def grad_W(X, Y, W, lam=0.0):
    return -2 * X.T @ (Y - X @ W) + lam * np.where(W == 0, 0, np.copysign(1, W))
