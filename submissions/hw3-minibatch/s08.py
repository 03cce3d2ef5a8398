# TP3 - retropropagation sur un lot
import numpy as np


def masque(a):
    """vaut 1 si le neurone est actif"""
    m = np.zeros_like(a)
    m[a >= 0] = 1
    return m


def grad_oa(os, y):
    n, m = os.shape
    g = np.zeros((n, m))
    for i in range(n):
        for k in range(m):
            g[i, k] = os[i, k]
            if y[i] == k:
                g[i, k] -= 1
    # L est une moyenne
    return g / n


def grad_b2(grad_oa):
    return grad_oa.sum(0)


def grad_W2(grad_oa, hs):
    return np.einsum('ij,ik->jk', hs, grad_oa)


def grad_hs(grad_oa, W2):
    return np.einsum('ik,jk->ij', grad_oa, W2)


def grad_ha(grad_hs, ha):
    return grad_hs * masque(ha)


def grad_b1(grad_ha):
    return grad_ha.sum(0)


def grad_W1(grad_ha, X):
    return np.einsum('ij,ik->jk', X, grad_ha)


def grad_x(grad_ha, W1):
    return np.einsum('ik,jk->ij', grad_ha, W1)
