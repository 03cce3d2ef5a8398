import numpy as np


def grad_oa(os, y):
    g = os.astype(float)
    for i, c in enumerate(np.argmax(y, axis=1)):
        g[i, c] -= 1.0
    return g


def grad_b2(os, y):
    n, m = os.shape
    return (os.sum(axis=0) - np.bincount(y, minlength=m)) / n


def grad_W2(os, y, hs):
    n = len(y)
    G = hs.T @ os
    for i in range(n):
        G[:, y[i]] -= hs[i]
    return G / n


def grad_hs(os, y, W2):
    return os @ W2.T - W2[:, y].T


def grad_ha(os, y, W2, hs):
    g = os @ W2.T - W2[:, y].T
    return g * (hs > 0)


def grad_b1(grad_hs, hs):
    return np.mean(grad_hs * (hs > 0), axis=0)


def grad_W1(grad_hs, hs, X):
    return X.T @ (grad_hs * (hs > 0)) / X.shape[0]


def grad_x(grad_hs, hs, W1):
    return (grad_hs * (hs > 0)) @ W1.T
