import numpy as np


def loss(X, Y, W, lam):
    n = X.shape[0]
    err = X.dot(W) - Y
    return (err ** 2).sum() / n + lam * np.abs(W).sum()


def grad_W(X, Y, W, lam):
    err = X.dot(W) - Y
    return X.T.dot(err) + lam * np.sign(W)
