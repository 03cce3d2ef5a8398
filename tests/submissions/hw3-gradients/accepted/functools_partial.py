from functools import partial
import numpy as np


def _outer(scale, grad_oa, hs):
    return scale * grad_oa[:, None] * hs[None, :]


def _outer1(scale, grad_ha, x):
    return scale * grad_ha[:, None] * x[None, :]


def _sub_hot(os, y, *, base):
    k = int(y) - base
    return np.concatenate([os[:k], [os[k] - 1.0], os[k + 1:]])


def _chain2(grad_oa, W2, sign=1):
    return sign * np.inner(W2.T, grad_oa)


def _chain1(grad_ha, W1, sign=1):
    return sign * np.inner(W1.T, grad_ha)


def _gate(slope_off, slope_on, grad_hs, ha):
    return grad_hs * np.where(ha > 0, slope_on, slope_off)


grad_oa = partial(_sub_hot, base=1)
grad_b2 = partial(lambda c, grad_oa: c * grad_oa, 1.0)
grad_W2 = partial(_outer, 1.0)
grad_hs = partial(_chain2, sign=1.0)
grad_ha = partial(_gate, 0.0, 1.0)
grad_b1 = partial(lambda c, grad_ha: c * grad_ha, 1.0)
grad_W1 = partial(_outer1, 1.0)
grad_x = partial(_chain1, sign=1.0)
