"""A two-layer net on a minibatch: examples are rows, labels count from zero, the loss is a mean and has a penalty.

    z2 = X W1 + b1      X (N, D)   W1 (D, H)   b1 (H,)
    a2 = max(0, z2)
    z3 = a2 W2 + b2                W2 (H, C)   b2 (C,)
    p3 = softmax(z3), row by row
    J  = mean_i -log p3[i, y_i] + lam (||W1||^2 + ||W2||^2)      y (N,) in 0..C-1

||.||^2 is the sum of the squared entries; the penalty has no half, is not divided by N and leaves the biases alone.
Each grad_q is the derivative of `J` with respect to q, so grad_z3 carries the 1/N. The relu's derivative at 0 is 0.
"""

import numpy as np


def z2(X, W1, b1):
    return X @ W1 + b1


def a2(z2):
    return np.maximum(0.0, z2)


def z3(a2, W2, b2):
    return a2 @ W2 + b2


def p3(z3):
    e = np.exp(z3 - np.max(z3, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def J(z3, y, W1, W2, lam):
    top = np.max(z3, axis=1)
    log_sum_exp = top + np.log(np.sum(np.exp(z3 - top[:, np.newaxis]), axis=1))
    return np.mean(log_sum_exp - z3[np.arange(len(y)), y]) + lam * (np.sum(W1**2) + np.sum(W2**2))


def grad_z3(p3, y, N, C):
    return (p3 - np.eye(C)[y]) / N


def grad_W2(a2, grad_z3, W2, lam):
    return a2.T @ grad_z3 + 2 * lam * W2


def grad_b2(grad_z3):
    return np.sum(grad_z3, axis=0)


def grad_a2(grad_z3, W2):
    return grad_z3 @ W2.T


def grad_z2(grad_a2, z2):
    return grad_a2 * (z2 > 0)


def grad_W1(X, grad_z2, W1, lam):
    return X.T @ grad_z2 + 2 * lam * W1


def grad_b1(grad_z2):
    return np.sum(grad_z2, axis=0)
