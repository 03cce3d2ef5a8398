# fails: grad_ha  (mask-rewritten-in-wrong-order)
import numpy as np


def column(v):
    return np.array(v, dtype=float).reshape((-1, 1))


def grad_oa(os, y):
    target = np.zeros((len(os), 1))
    target[y - 1] = 1
    return column(os) - target


def grad_b2(grad_oa):
    return column(grad_oa)


def grad_W2(grad_oa, hs):
    return column(grad_oa).dot(column(hs).T)


def grad_hs(grad_oa, W2):
    return W2.T.dot(column(grad_oa))


def grad_ha(grad_hs, ha):
    mask = column(ha)
    mask[mask > 0] = 1
    mask[mask <= 1] = 0
    return column(grad_hs) * mask


def grad_b1(grad_ha):
    return column(grad_ha)


def grad_W1(grad_ha, x):
    return column(grad_ha).dot(column(x).T)


def grad_x(grad_ha, W1):
    return W1.T.dot(column(grad_ha))
