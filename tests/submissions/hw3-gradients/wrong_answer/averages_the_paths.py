# fails: grad_x  (mean-instead-of-sum)
import numpy as np


def dW(delta, entree):
    """gradient of the weights of any layer"""
    return delta[:, np.newaxis] * entree[np.newaxis, :]


def dentree(delta, W):
    """gradient of the input of any layer"""
    return (delta[:, np.newaxis] * W).sum(axis=0)


def grad_oa(os, y):
    dz = os.copy()
    dz[y - 1] -= 1
    return dz


def grad_b2(grad_oa):
    db = grad_oa.copy()
    return db


def grad_W2(grad_oa, hs):
    return dW(grad_oa, hs)


def grad_hs(grad_oa, W2):
    return dentree(grad_oa, W2)


def grad_ha(grad_hs, ha):
    dz = grad_hs.copy()
    dz[ha <= 0] = 0
    return dz


def grad_b1(grad_ha):
    db = grad_ha.copy()
    return db


def grad_W1(grad_ha, x):
    return dW(grad_ha, x)


def grad_x(grad_ha, W1):
    return np.mean(grad_ha[:, np.newaxis] * W1, axis=0)
