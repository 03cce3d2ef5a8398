# attack: D10 right numbers in a shape that would broadcast, or in a type that would compare
# gains nothing: grad_b2, grad_W2, grad_hs, grad_W1, grad_x
# full marks: grad_oa, grad_ha
import numpy as np


def grad_b2(grad_oa):
    return grad_oa[None, :, None]


def grad_W2(grad_oa, hs):
    return np.outer(grad_oa, hs)[None]


def grad_hs(grad_oa, W2):
    return (W2.T @ grad_oa).astype(complex)


def grad_W1(grad_ha, x):
    return np.outer(grad_ha, x).ravel()


def grad_x(grad_ha, W1):
    return [str(number) for number in W1.T @ grad_ha]


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
