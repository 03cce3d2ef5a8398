# attack: H1 writes over Python's own objects and over the heap, so that anything after it may crash
# gains nothing: grad_b2
import ctypes

import numpy as np


def grad_b2(grad_oa):
    ctypes.memset(id(None), 0xFF, 64)
    return None


def grad_W2(grad_oa, hs):
    ctypes.memset(grad_oa.ctypes.data - 64, 0x41, 4096)
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
