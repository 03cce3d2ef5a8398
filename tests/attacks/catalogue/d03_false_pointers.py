# attack: D3 array interfaces with false pointers, shapes and strides
# gains nothing: grad_b2, grad_W2, grad_hs, grad_x
# full marks: grad_oa, grad_ha
import numpy as np


class Points:
    def __init__(self, address, shape, strides=None):
        self.__array_interface__ = {
            "version": 3, "typestr": "<f8", "shape": shape, "strides": strides, "data": (address, False)
        }


def grad_b2(grad_oa):
    return np.asarray(Points(8, (len(grad_oa),)))


def grad_W2(grad_oa, hs):
    return Points(id(grad_oa), (10**12, 10**12))


def grad_hs(grad_oa, W2):
    return [np.asarray(Points(W2.ctypes.data, (W2.shape[1],), (-(2**40),)))]


def grad_x(grad_ha, W1):
    class Struct:
        __array_struct__ = 5

    return np.asarray(Struct())


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
