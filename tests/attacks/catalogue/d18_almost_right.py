# attack: D6 half precision, a thousandth off, one entry wrong in a large array: tolerances must not be that wide
# gains nothing: grad_b2, grad_W2, grad_hs, grad_b1, grad_W1
# full marks: grad_oa, grad_ha
import numpy as np


def grad_b2(grad_oa):
    return (grad_oa * 1.001).astype("f4")


def grad_W2(grad_oa, hs):
    return np.outer(grad_oa, hs) * (1 + 1e-4)


def grad_hs(grad_oa, W2):
    result = W2.T @ grad_oa
    result[-1] += 1e-3 + 1e-3 * np.abs(result).max()
    return result


def grad_b1(grad_ha):
    return np.nextafter(np.float16(grad_ha * 1.002), np.float16(9)).astype("f8")


def grad_W1(grad_ha, x):
    return np.outer(grad_ha, x) + 1e-3


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
