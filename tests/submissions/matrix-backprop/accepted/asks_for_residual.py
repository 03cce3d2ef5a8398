import numpy as np


def loss(residual, W, lam):
    return np.vdot(residual, residual) + lam * np.abs(W).sum()


def grad_W(prediction, X, Y, W, lam):
    return X.T @ (2 * prediction - 2 * Y) + np.sign(W) * lam
