# fails: grad_ha, grad_b1, grad_W1, grad_x  (relu-derivative-at-zero)
import numpy as np


def dW(delta, entree):
    """gradient of the weights of any layer"""
    return delta[:, np.newaxis] * entree[np.newaxis, :]


def dentree(delta, W):
    """gradient of the input of any layer"""
    return (delta[:, np.newaxis] * W).sum(axis=0)


def through_relu(g, a):
    return g * ~np.signbit(a + 0.0)


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
    return through_relu(grad_hs, ha)


def grad_b1(grad_hs, ha):
    return through_relu(grad_hs, ha)


def grad_W1(grad_hs, ha, x):
    return dW(through_relu(grad_hs, ha), x)


def grad_x(grad_hs, ha, W1):
    return dentree(through_relu(grad_hs, ha), W1)
