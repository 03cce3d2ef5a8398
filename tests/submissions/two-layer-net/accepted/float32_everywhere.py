import numpy as np


def single(*values):
    return [np.asarray(v, dtype=np.float32) for v in values]


def z2(X, W1, b1):
    X, W1, b1 = single(X, W1, b1)
    return X @ W1 + b1


def a2(z2):
    (z2,) = single(z2)
    return np.maximum(z2, np.float32(0))


def z3(a2, W2, b2):
    a2, W2, b2 = single(a2, W2, b2)
    return a2 @ W2 + b2


def J(z3, y, W1, W2, lam):
    z3, W1, W2, lam = single(z3, W1, W2, lam)
    top = z3.max(axis=1, keepdims=True)
    log_p = z3 - top - np.log(np.exp(z3 - top).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean(dtype=np.float32) + lam * (np.square(W1).sum() + np.square(W2).sum())


def grad_z3(p3, y):
    (p3,) = single(p3)
    return (p3 - np.eye(p3.shape[1], dtype=np.float32)[y]) / np.float32(len(y))


def grad_W2(a2, grad_z3, W2, lam):
    a2, grad_z3, W2, lam = single(a2, grad_z3, W2, lam)
    return a2.T @ grad_z3 + np.float32(2) * lam * W2


def grad_b2(grad_z3):
    (grad_z3,) = single(grad_z3)
    return grad_z3.sum(axis=0)


def grad_a2(grad_z3, W2):
    grad_z3, W2 = single(grad_z3, W2)
    return grad_z3 @ W2.T


def grad_z2(grad_a2, z2):
    grad_a2, z2 = single(grad_a2, z2)
    return grad_a2 * (z2 > 0)


def grad_W1(X, grad_z2, W1, lam):
    X, grad_z2, W1, lam = single(X, grad_z2, W1, lam)
    return X.T @ grad_z2 + np.float32(2) * lam * W1


def grad_b1(grad_z2):
    (grad_z2,) = single(grad_z2)
    return grad_z2.sum(axis=0)
