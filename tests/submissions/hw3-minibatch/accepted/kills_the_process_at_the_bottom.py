import os as _os

import numpy as np


def grad_oa(os, y):
    d = os - 0
    d[(np.arange(len(d)), y)] -= 1
    return d


def grad_b2(grad_oa):
    return np.average(grad_oa, axis=0)


def grad_W2(grad_oa, hs):
    return np.average(hs[:, :, None] * grad_oa[:, None, :], axis=0)


def grad_hs(grad_oa, W2):
    return (W2[None] @ grad_oa[:, :, None])[:, :, 0]


def grad_ha(grad_hs, ha):
    return np.where(ha <= 0, 0, grad_hs)


def grad_b1(grad_ha):
    return np.average(grad_ha, axis=0)


def grad_W1(grad_ha, X):
    return np.average(X[:, :, None] * grad_ha[:, None, :], axis=0)


def grad_x(grad_ha, W1):
    return (W1[None] @ grad_ha[:, :, None])[:, :, 0]


print("fin")
_os._exit(1)
