# attack: D9 arrays far larger than what was asked for: real ones, and ones that are only said to be large
# gains nothing: grad_b2, grad_W2, grad_hs, grad_x
# full marks: grad_oa, grad_ha
import numpy as np


def grad_b2(grad_oa):
    return np.zeros(3 * 10**6)


def grad_W2(grad_oa, hs):
    return np.broadcast_to(1.0, (10**9, 10**9))


def grad_hs(grad_oa, W2):
    return [0.0] * 10**5


def grad_x(grad_ha, W1):
    return [[[[[[[[[[0.0]]]]]]]]]] * 10**3


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
