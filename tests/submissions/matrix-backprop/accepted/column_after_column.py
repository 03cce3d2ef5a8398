import numpy as np


def loss(n, k, X, Y, W, lam):
    return sum((X[i] @ W[:, j] - Y[i, j]) ** 2 for i in range(n) for j in range(k)) + lam * np.abs(W).sum()


def grad_W(X, Y, W, lam, k):
    columns = [2 * X.T @ (X @ W[:, j] - Y[:, j]) for j in range(k)]
    return np.stack(columns, axis=1) + lam * np.sign(W)
