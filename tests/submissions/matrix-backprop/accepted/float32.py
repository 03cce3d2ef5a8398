import numpy as np

F = np.float32


def loss(X, Y, W, lam):
    X, Y, W = X.astype(F), Y.astype(F), W.astype(F)
    return np.square(X @ W - Y).sum(dtype=F) + F(lam) * np.abs(W).sum(dtype=F)


def grad_W(X, Y, W, lam):
    X, Y, W = X.astype(F), Y.astype(F), W.astype(F)
    return F(2) * X.T @ (X @ W - Y) + F(lam) * np.sign(W)
