import numpy as np

f4 = np.dtype("f4")


def t(a):
    """tuples, so that nobody can modify my results"""
    a = np.asarray(a, f4)
    return tuple(map(tuple, a)) if a.ndim == 2 else tuple(a)


def grad_oa(os, y):
    return t([v - 1 if k == y else v for k, v in enumerate(os, 1)])


def grad_b2(grad_oa):
    return t(grad_oa)


def grad_W2(grad_oa, hs):
    return t(np.outer(grad_oa, hs))


def grad_hs(grad_oa, W2):
    return t(np.asarray(W2).T @ np.asarray(grad_oa))


def grad_ha(grad_hs, ha):
    return t(np.asarray(grad_hs) * (np.asarray(ha) > 0))


def grad_b1(grad_ha):
    return t(grad_ha)


def grad_W1(grad_ha, x):
    return t(np.outer(grad_ha, x))


def grad_x(grad_ha, W1):
    return t(np.asarray(W1).T @ np.asarray(grad_ha))
