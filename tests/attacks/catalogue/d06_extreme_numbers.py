# attack: D6 infinite, subnormal, negative zero and huge numbers
# gains nothing: grad_b2, grad_W2, grad_hs, grad_b1, grad_W1, grad_x
# full marks: grad_oa, grad_ha
import numpy as np


def grad_b2(grad_oa):
    return np.full(len(grad_oa), np.inf)


def grad_W2(grad_oa, hs):
    return np.full((len(grad_oa), len(hs)), 1.7e308)


def grad_hs(grad_oa, W2):
    return np.full(W2.shape[1], -0.0)


def grad_b1(grad_ha):
    return np.full(len(grad_ha), 5e-324)


def grad_W1(grad_ha, x):
    return [[10**400] * len(x)] * len(grad_ha)


def grad_x(grad_ha, W1):
    return np.array([np.inf, -np.inf] * 5)[: W1.shape[1]]


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
