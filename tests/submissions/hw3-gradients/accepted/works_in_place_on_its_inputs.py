# saves memory: everything happens in the arrays that come in
import numpy as np


def grad_oa(os, y):
    os[y - 1] -= 1
    return os


def grad_b2(grad_oa):
    grad_oa += 0
    return grad_oa


def grad_W2(grad_oa, hs):
    g = np.tile(hs, (len(grad_oa), 1))
    g *= grad_oa[:, None]
    return g


def grad_hs(grad_oa, W2):
    W2 *= grad_oa[:, None]
    return W2.sum(axis=0)


def grad_ha(grad_hs, ha):
    grad_hs[ha <= 0] = 0
    return grad_hs


def grad_b1(grad_ha):
    return grad_ha


def grad_W1(grad_ha, x):
    g = np.tile(x, (len(grad_ha), 1))
    g *= grad_ha[:, None]
    return g


def grad_x(grad_ha, W1):
    W1 *= grad_ha[:, None]
    return W1.sum(axis=0)
