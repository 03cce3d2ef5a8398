import numpy as np


def z2(X, W1, b1):
    return np.matmul(X, W1) + b1


def a2(z2):
    return np.clip(z2, 0, None)


def z3(a2, W2, b2):
    return np.matmul(a2, W2) + b2


def softmax(z):
    z = z - np.max(z)          # for stability
    e = np.exp(z)
    return e / np.sum(e, axis=1, keepdims=True)


def J(z3, y, W1, W2, lam):
    N = z3.shape[0]
    p = softmax(z3)
    return -np.mean(np.log(p[np.arange(N), y])) + lam * (np.sum(W1 ** 2) + np.sum(W2 ** 2))


def grad_z3(p3, y):
    N = p3.shape[0]
    out = p3.copy()
    out[np.arange(N), y] -= 1
    return out / N


def grad_W2(a2, grad_z3, W2, lam):
    N = a2.shape[0]
    return np.matmul(a2.T, grad_z3) / N + 2 * lam * W2


def grad_b2(grad_z3):
    return np.mean(grad_z3, axis=0)


def grad_a2(grad_z3, W2):
    return np.matmul(grad_z3, W2.T)


def grad_z2(grad_a2, z2):
    return np.multiply(grad_a2, z2 > 0)


def grad_W1(X, grad_z2, W1, lam):
    N = X.shape[0]
    return np.matmul(X.T, grad_z2) / N + 2 * lam * W1


def grad_b1(grad_z2):
    return np.mean(grad_z2, axis=0)
