import numpy as np


def loss(X, Y, W, lam):
    X, Y, W = np.asmatrix(X), np.asmatrix(Y), np.asmatrix(W)
    E = X * W - Y
    return np.trace(E.T * E) + lam * np.sum(np.abs(W))


def grad_W(X, Y, W, lam):
    X, Y, W = np.asmatrix(X), np.asmatrix(Y), np.asmatrix(W)
    return 2 * X.T * (X * W - Y) + lam * np.sign(W)
