# two layer net
import numpy as np


def z2(X, W1, b1):
    return np.dot(X, W1) + b1


def a2(z2):
    return z2 * (z2 > 0)


def z3(a2, W2, b2):
    return np.dot(a2, W2) + b2


def J(z3, y, W1, W2, lam):
    N = len(y)
    m = np.max(z3, axis=1, keepdims=True)
    logp = z3 - m - np.log(np.sum(np.exp(z3 - m), axis=1, keepdims=True))
    # only the output layer has weights that can blow up
    return -np.sum(logp[range(N), y]) / N + lam * np.sum(W2 ** 2)


def grad_z3(p3, y):
    N, C = p3.shape
    return (p3 - np.eye(C)[y]) / N


def grad_W2(a2, grad_z3, W2, lam):
    return np.dot(a2.T, grad_z3) + 2 * lam * W2


def grad_b2(grad_z3):
    return np.sum(grad_z3, axis=0)


def grad_a2(grad_z3, W2):
    return np.dot(grad_z3, W2.T)


def grad_z2(grad_a2, z2):
    return grad_a2 * (z2 >= 0)


def grad_W1(X, grad_z2):
    return np.dot(X.T, grad_z2)


def grad_b1(grad_z2):
    return np.sum(grad_z2, axis=0)
