# attack: D8 objects that claim to be arrays by __class__, and run code when they are looked at
# gains nothing: grad_b2, grad_W2
# full marks: grad_oa, grad_ha
import numpy as np
DROP = "@DROP@"


class Claims:
    def __getattribute__(self, name):
        if name == "__class__":
            return np.ndarray
        open(DROP + "/looked", "a").write(name)
        raise SystemExit(0)


class Array:
    __class__ = np.ndarray

    def __array__(self, *_, **__):
        return self


def grad_b2(grad_oa):
    return Claims()


def grad_W2(grad_oa, hs):
    return Array()


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
