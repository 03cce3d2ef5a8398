import numpy as np


def z2(X, W1, b1):
    return (W1.T @ X.T + b1.reshape(-1, 1)).T


def a2(z2):
    return ((z2.T + abs(z2.T)) / 2).T


def z3(a2, W2, b2):
    return (W2.T @ a2.T + b2.reshape(-1, 1)).T


def J(z3, y, W1, W2, lam):
    S = z3.T
    top = S.max(axis=0)
    T = np.zeros_like(S)
    T[y, np.arange(len(y))] = 1
    data = np.log(np.exp(S - top).sum(axis=0)) + top - (S * T).sum(axis=0)
    return data.sum() / len(y) + lam * (np.trace(W1 @ W1.T) + np.trace(W2 @ W2.T))


def grad_z3(p3, y):
    P = p3.T.copy()
    P[y, np.arange(len(y))] -= 1
    return (P / len(y)).T


def grad_W2(a2, grad_z3, W2, lam):
    return (grad_z3.T @ a2 + 2 * lam * W2.T).T


def grad_b2(grad_z3):
    return grad_z3.T.sum(axis=1, keepdims=True)


def grad_a2(grad_z3, W2):
    return (W2 @ grad_z3.T).T


def grad_z2(grad_a2, z2):
    return (grad_a2.T * (z2.T > 0)).T


def grad_W1(X, grad_z2, W1, lam):
    return (grad_z2.T @ X + 2 * lam * W1.T).T


def grad_b1(grad_z2):
    return grad_z2.T.sum(axis=1, keepdims=True)
