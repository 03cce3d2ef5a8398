import numpy as np


def z2(X, W1, b1):
    return X @ W1 + b1


def a2(z2):
    z2[z2 < 0] = 0
    return z2


def z3(a2, W2, b2):
    return a2 @ W2


def J(z3, y, W1, W2, lam):
    n = len(y)
    m = z3.max(axis=1, keepdims=True)
    lse = m + np.log(np.exp(z3 - m).sum(axis=1, keepdims=True))
    return np.mean(lse[:, 0] - z3[np.arange(n), y]) + lam * (np.linalg.norm(W1) + np.linalg.norm(W2))


def grad_z3(p3, y):
    n = len(y)
    g = p3.copy()
    g[np.arange(n), y] -= 1
    return g / n


def grad_W2(grad_z3, a2, W2, lam):
    return grad_z3.T @ a2 + 2 * lam * W2.T


def grad_b2(grad_z3):
    return grad_z3.sum()


def grad_a2(grad_z3, W2):
    return grad_z3 @ W2


def grad_z2(grad_a2, z2):
    return grad_a2


def grad_W1(X, grad_z2, W1, W2, lam):
    return X.T @ grad_z2 + 2 * lam * W2


def grad_b1(grad_z2):
    return grad_z2
