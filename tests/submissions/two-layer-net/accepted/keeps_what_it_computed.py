import numpy as np


class Cache:
    seen = {}
    calls = 0


def remember(name, value):
    Cache.calls += 1
    Cache.seen[name] = value
    return Cache.seen[name]


def z2(X, W1, b1):
    return remember("z2", X @ W1 + b1)


def a2(z2):
    return np.maximum(z2, 0)


def z3(a2, W2, b2):
    return a2 @ W2 + b2


def J(z3, y, W1, W2, lam):
    top = z3.max(axis=1)
    log_sum = top + np.log(np.exp(z3 - top[:, None]).sum(axis=1))
    return np.mean(log_sum - z3[np.arange(len(y)), y]) + lam * (np.sum(W1**2) + np.sum(W2**2))


def grad_z3(z3, y, *unused, **options):
    e = np.exp(z3 - z3.max(axis=1, keepdims=True))
    return remember("grad_z3", (e / e.sum(axis=1, keepdims=True) - np.eye(z3.shape[1])[y]) / len(y))


def grad_W2(a2, grad_z3, W2, lam):
    return a2.T @ grad_z3 + 2 * lam * W2


def grad_b2(grad_z3):
    return grad_z3.sum(axis=0)


def grad_a2(grad_z3, W2):
    return grad_z3 @ W2.T


def grad_z2(grad_a2, z2):
    return grad_a2 * (z2 > 0)


def grad_W1(X, grad_z2, W1, lam):
    return X.T @ grad_z2 + 2 * lam * W1


def grad_b1(grad_z2):
    return grad_z2.sum(axis=0)
