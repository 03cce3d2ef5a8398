# gradients du reseau, lots de taille quelconque
import numpy as np
from functools import reduce


def grad_oa(os, y):
    cible = np.eye(os.shape[1])
    return os - cible.take(y, axis=0)


def grad_b2(grad_oa):
    return reduce(np.add, grad_oa) / len(grad_oa)


def grad_W2(grad_oa, hs):
    return np.tensordot(hs, grad_oa, axes=([0], [0])) / len(hs)


def grad_hs(grad_oa, W2):
    return np.tensordot(grad_oa, W2, axes=([1], [1]))


def grad_ha(grad_hs, ha):
    g = np.array(grad_hs)
    for i, j in np.argwhere(ha <= 0):
        g[:, j] = 0
    return g


def grad_b1(grad_ha):
    return reduce(np.add, grad_ha) / len(grad_ha)


def grad_W1(grad_ha, X):
    return np.tensordot(X, grad_ha, axes=([0], [0])) / len(X)


def grad_x(grad_ha, W1):
    return np.tensordot(grad_ha, W1, axes=([1], [1]))
