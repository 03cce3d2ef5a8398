import numpy as np


def penalty(lam, *weights):
    if lam < 0:
        raise ValueError("lam must not be negative")
    return lam * sum(np.sum(np.square(W)) for W in weights)


def with_penalty(gradient, lam, W):
    if lam == 0:
        return gradient
    return gradient + (penalty(lam, W) and 2 * lam * W)


def z2(X, W1, b1):
    return X @ W1 + b1


def a2(z2):
    return np.maximum(z2, 0)


def z3(a2, W2, b2):
    return a2 @ W2 + b2


def J(z3, y, W1, W2, lam):
    top = z3.max(axis=1)
    log_sum = top + np.log(np.exp(z3 - top[:, None]).sum(axis=1))
    return np.average(log_sum - z3[np.arange(len(y)), y]) + penalty(lam, W1, W2)


def grad_z3(p3, y):
    g = p3.copy()
    g[np.arange(len(y)), y] -= 1
    return g / len(y)


def grad_W2(a2, grad_z3, W2, lam):
    return with_penalty(np.dot(a2.T, grad_z3), lam, W2)


def grad_b2(grad_z3):
    return grad_z3.sum(axis=0)


def grad_a2(grad_z3, W2):
    return grad_z3 @ W2.T


def grad_z2(grad_a2, z2):
    return grad_a2 * (z2 > 0)


def grad_W1(X, grad_z2, W1, lam):
    return with_penalty(np.dot(X.T, grad_z2), lam, W1)


def grad_b1(grad_z2):
    return grad_z2.sum(axis=0)
