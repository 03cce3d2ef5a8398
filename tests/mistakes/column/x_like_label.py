import numpy as np


def colonne(v):
    """(k,) -> (k, 1), pour ecrire les produits comme au tableau"""
    return np.reshape(v, (-1, 1))


def grad_oa(os, y):
    p = colonne(os)
    t = np.zeros(p.shape)
    t[y - 1] = 1
    return p - t


def grad_b2(grad_oa):
    return colonne(grad_oa)


def grad_W2(grad_oa, hs):
    g, h = colonne(grad_oa), colonne(hs)
    return g @ h.T


def grad_hs(grad_oa, W2):
    return W2.T @ colonne(grad_oa)


def grad_ha(grad_hs, ha):
    g, a = colonne(grad_hs), colonne(ha)
    return g * (a > 0)


def grad_b1(grad_ha):
    return colonne(grad_ha)


def grad_W1(grad_ha, x):
    g, v = colonne(grad_ha), colonne(x)
    return g @ v.T


def grad_x(grad_ha, W1):
    g = colonne(grad_ha)
    out = np.full((W1.shape[1], 1), 0)
    for j in range(W1.shape[0]):
        out[:, 0] = out[:, 0] + g[j, 0] * W1[j]
    return out
