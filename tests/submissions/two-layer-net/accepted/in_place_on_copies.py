import copy

import numpy as np


def z2(X, W1, b1):
    out = np.empty((X.shape[0], W1.shape[1]))
    np.matmul(X, W1, out=out)
    out += b1
    return out


def a2(z2):
    out = copy.deepcopy(z2)
    out[out < 0] = 0
    return out


def z3(a2, W2, b2):
    out = a2 @ W2
    out += b2
    return out


def J(z3, y, W1, W2, lam):
    s = z3.copy()
    s -= s.max(axis=1, keepdims=True)
    value = np.log(np.exp(s).sum(axis=1))
    value -= s[np.arange(len(y)), y]
    return value.mean() + lam * np.sum(W1 * W1) + lam * np.sum(W2 * W2)


def grad_z3(p3, y):
    g = p3.copy()
    for i, label in enumerate(y):
        g[i, label] -= 1
    g /= len(y)
    return g


def grad_W2(a2, grad_z3, W2, lam):
    g = W2.copy()
    g *= 2 * lam
    g += a2.T @ grad_z3
    return g


def grad_b2(grad_z3):
    g = np.zeros(grad_z3.shape[1])
    for row in grad_z3:
        g += row
    return g


def grad_a2(grad_z3, W2):
    return np.dot(W2, grad_z3.T).T


def grad_z2(grad_a2, z2):
    g = grad_a2.copy()
    g[z2 <= 0] = 0
    return g


def grad_W1(X, grad_z2, W1, lam):
    g = W1.copy()
    g *= 2 * lam
    g += X.T @ grad_z2
    return g


def grad_b1(grad_z2):
    return np.add.reduce(grad_z2)
