# fails: grad_b2  (accumulates-across-calls)
import numpy as np

_sums = {}


def grad_oa(os, y):
    return os - np.eye(len(os))[y - 1]


def grad_b2(os, y):
    # one accumulator for each problem
    total = _sums.setdefault((os.tobytes(), int(y)), np.zeros(len(os)))
    total += os
    return grad_oa(total, y)


def grad_W2(grad_oa, hs):
    return grad_oa[:, None].dot(hs[None, :])


def grad_hs(grad_oa, W2):
    return (grad_oa[:, None] * W2).sum(0)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)


def grad_b1(grad_ha):
    return grad_ha


def grad_W1(grad_ha, x):
    return grad_ha[:, None].dot(x[None, :])


def grad_x(grad_ha, W1):
    return (grad_ha[:, None] * W1).sum(0)
