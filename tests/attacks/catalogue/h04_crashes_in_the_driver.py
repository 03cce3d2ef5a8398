# attack: H1 returns arrays over memory that is not there, so that the crash comes after the call
# gains nothing: grad_b2, grad_W2
# full marks: grad_oa, grad_ha
import numpy as np


def grad_b2(grad_oa):
    return np.lib.stride_tricks.as_strided(grad_oa, (len(grad_oa),), (2**40,))


def grad_W2(grad_oa, hs):
    class Gone:
        __array_interface__ = {"version": 3, "typestr": "<f8", "shape": (len(grad_oa), len(hs)), "data": (4096, False)}

    return np.asarray(Gone())


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
