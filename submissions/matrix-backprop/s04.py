import numpy as np

# ridge regression, matrix form


def loss(X, Y, W, lam):
    return np.sum((Y - X @ W) ** 2) + lam * np.sum(W ** 2)


def grad_W(X, Y, W, lam):
    return -2 * X.T @ (Y - X @ W) + 2 * lam * W
