import numpy as np
from numpy.linalg import norm


def loss(X, Y, W, lam):
    return norm(X @ W - Y) ** 2 + lam * norm(W, 1)


def grad_W(X, Y, W, lam):
    first = 2 * X.T @ (X @ W - Y)
    second = lam * np.sum(np.sign(W))
    return first + second
