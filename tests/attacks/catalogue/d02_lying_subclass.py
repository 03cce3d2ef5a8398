# attack: D2 a subclass of ndarray that lies about shape, dtype, bytes, and answers every ufunc itself
# gains nothing: grad_b2, grad_W2, grad_hs
# full marks: grad_oa, grad_ha
import numpy as np


class Liar(np.ndarray):
    __array_priority__ = 1e9
    shape = property(lambda self: (2, 2))
    dtype = property(lambda self: np.dtype("f8"))
    ndim = property(lambda self: 2)
    size = property(lambda self: 4)
    flat = property(lambda self: iter([0.0] * 4))

    def __array_ufunc__(self, *_, **__):
        return np.bool_(True)

    def __array_function__(self, *_, **__):
        return True

    def __array_finalize__(self, _):
        if id(self) % 2:
            self.flags.writeable = True

    def __array_wrap__(self, *_):
        return self

    def __array__(self, *_, **__):
        return self

    def tobytes(self, *_):
        return bytes(32)

    def __reduce_ex__(self, _):
        return print, ()


def grad_b2(grad_oa):
    return np.zeros(len(grad_oa)).view(Liar)


def grad_W2(grad_oa, hs):
    return np.zeros((len(grad_oa), len(hs))).view(Liar)


def grad_hs(grad_oa, W2):
    return [np.zeros(W2.shape[1]).view(Liar)][0]


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
