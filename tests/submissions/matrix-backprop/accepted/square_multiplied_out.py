import numpy as np


def loss(X, Y, W, lam):
    P = X @ W
    return np.sum(P * P) - 2 * np.sum(P * Y) + np.sum(Y * Y) + lam * np.sum(np.sqrt(W**2))


def grad_W(X, Y, W, lam):
    return 2 * (X.T @ X) @ W - 2 * X.T @ Y + lam * (1.0 * (W > 0) - 1.0 * (W < 0))
