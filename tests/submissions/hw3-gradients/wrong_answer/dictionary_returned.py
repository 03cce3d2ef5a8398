# fails: grad_b1  (returns-several-values)
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
    return column(grad_hs) * np.heaviside(column(ha), 0)


def grad_b1(grad_ha):
    return {"b1": column(grad_ha)}


def grad_W1(grad_ha, x):
    return column(grad_ha).dot(column(x).T)


def grad_x(grad_ha, W1):
    return W1.T.dot(column(grad_ha))
