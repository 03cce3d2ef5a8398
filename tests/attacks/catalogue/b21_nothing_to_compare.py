# attack: B8 answers through the driver that leave nothing to compare: empty, of no axis, of wrong axes, all NaN
# gains nothing: grad_b2, grad_W2, grad_hs, grad_b1, grad_W1, grad_x
# full marks: grad_oa, grad_ha
import numpy as np


def grad_b2(grad_oa):
    return np.zeros(0)


def grad_W2(grad_oa, hs):
    return np.zeros((len(grad_oa), 0, len(hs)))


def grad_hs(grad_oa, W2):
    return []


def grad_b1(grad_ha):
    return [[], []]


def grad_W1(grad_ha, x):
    return np.float64("nan")


def grad_x(grad_ha, W1):
    return np.zeros((0,) * 32)


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
