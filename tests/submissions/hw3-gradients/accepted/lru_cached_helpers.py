from functools import lru_cache

import numpy as np


@lru_cache(maxsize=None)
def unit_vector(k, m):
    e = np.zeros(m)
    e[k] = 1.0
    e.setflags(write=False)
    return e


@lru_cache(maxsize=64)
def ones_row(k):
    r = np.ones((1, k))
    r.flags.writeable = False
    return r


def grad_oa(os, y):
    return np.subtract(os, unit_vector(int(y) - 1, int(os.shape[0])))


def grad_b2(grad_oa):
    return np.squeeze(ones_row(1) * grad_oa[:, None], axis=1)


def grad_W2(grad_oa, hs):
    return (grad_oa[:, None] @ ones_row(len(hs))) * hs


def grad_hs(grad_oa, W2):
    return np.squeeze(ones_row(len(grad_oa)) @ (grad_oa[:, None] * W2), axis=0)


def grad_ha(grad_hs, ha):
    return np.maximum(np.sign(ha), 0) * grad_hs


def grad_b1(grad_ha):
    return np.squeeze(ones_row(1) * grad_ha[:, None], axis=1)


def grad_W1(grad_ha, x):
    return (grad_ha[:, None] @ ones_row(len(x))) * x


def grad_x(grad_ha, W1):
    return np.squeeze(ones_row(len(grad_ha)) @ (grad_ha[:, None] * W1), axis=0)
