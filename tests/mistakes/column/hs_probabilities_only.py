"""Gradients written directly from the hand derivation:

    dL/doa_k = os_k - 1{k = y}
"""
import numpy as np


def grad_oa(os, y):
    g = 1.0 * os
    g[y - 1] = g[y - 1] - 1.0
    return g


def grad_b2(os, y):
    g = 1.0 * os
    g[y - 1] = g[y - 1] - 1.0
    return g


def grad_W2(os, hs, y):
    G = np.outer(os, hs)
    G[y - 1, :] -= hs
    return G


def grad_hs(os, W2, y):
    return W2.T.dot(os)


def grad_ha(os, W2, hs, y):
    return (W2.T.dot(os) - W2[y - 1, :]) * (hs > 0)


def grad_b1(grad_hs, hs):
    return grad_hs * (hs > 0)


def grad_W1(grad_hs, hs, x):
    return np.outer(grad_hs * (hs > 0), x)


def grad_x(grad_hs, hs, W1):
    return W1.T.dot(grad_hs * (hs > 0))
