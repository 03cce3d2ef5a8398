"""Back-propagation through a matrix product: a sum of squares and an L1 penalty.

    prediction = X W                  X (n, d)   W (d, k)
    residual   = X W - Y              Y (n, k)
    loss       = ||residual||^2 + lam ||W||_1

||.||^2 is the sum of the squared entries, ||.||_1 the sum of their absolute values, and lam any number, below 0 too.
`grad_W` is the derivative of `loss` with respect to W; where an entry of W is 0, that of its absolute value is 0.
"""

import numpy as np


def prediction(X, W):
    return X @ W


def residual(prediction, Y):
    return prediction - Y


def loss(residual, W, lam):
    return np.sum(residual**2) + lam * np.sum(np.abs(W))


def grad_W(X, residual, W, lam):
    return 2 * X.T @ residual + lam * np.sign(W)
