import numpy as np


def loss(X, Y, W, lam):
    E = np.dot(X, W) - Y
    return np.trace(np.dot(E.T, E)) + lam * np.abs(W).sum()


def dabs(x):
    return x / abs(x)


def grad_W(X, Y, W, lam):
    E = np.dot(X, W) - Y
    return 2 * np.dot(X.T, E) + lam * dabs(W)
