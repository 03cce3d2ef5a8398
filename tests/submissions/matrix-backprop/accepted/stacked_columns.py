import numpy as np


def loss(X, Y, W, lam):
    n, k = Y.shape
    A = np.kron(np.eye(k), X)
    e = A @ W.T.reshape(-1) - Y.T.reshape(-1)
    return e @ e + lam * np.abs(W).sum()


def grad_W(X, Y, W, lam):
    n, k = Y.shape
    A = np.kron(np.eye(k), X)
    g = 2 * A.T @ (A @ W.T.reshape(-1) - Y.T.reshape(-1))
    return g.reshape(W.T.shape).T + lam * np.sign(W)
