# attack: D7 masked, read-only, big-endian, strided, matrix and mapped arrays with wrong numbers in them
# gains nothing: grad_b2, grad_W2, grad_hs, grad_b1, grad_W1, grad_x
# full marks: grad_oa, grad_ha
import mmap

import numpy as np


def grad_b2(grad_oa):
    return np.ma.masked_all(len(grad_oa))


def grad_W2(grad_oa, hs):
    return np.asmatrix(np.zeros((len(grad_oa), len(hs)), dtype=">f8"))


def grad_hs(grad_oa, W2):
    result = np.broadcast_to(0.0, (W2.shape[1],))
    return result


def grad_b1(grad_ha):
    return np.frombuffer(mmap.mmap(-1, 4096), count=len(grad_ha))


def grad_W1(grad_ha, x):
    return np.ma.array(np.outer(grad_ha, x), mask=True)


def grad_x(grad_ha, W1):
    return np.recarray((W1.shape[1],), dtype=[("x", "f8")])


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
