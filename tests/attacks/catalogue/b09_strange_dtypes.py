# attack: B9 arrays of objects, strings, dates, structures and nothing at all
# gains nothing: grad_b2, grad_W2, grad_hs, grad_b1, grad_W1, grad_x
# full marks: grad_oa, grad_ha
import numpy as np


def grad_b2(grad_oa):
    return np.array([object()] * len(grad_oa))


def grad_W2(grad_oa, hs):
    return np.outer(grad_oa, hs).astype("U32")


def grad_hs(grad_oa, W2):
    return np.zeros(W2.shape[1], dtype="M8[ns]")


def grad_b1(grad_ha):
    return np.zeros(len(grad_ha), dtype=[("f8", "f8"), ("V", "V8")])


def grad_W1(grad_ha, x):
    return np.zeros((len(grad_ha), len(x)), dtype="V0")


def grad_x(grad_ha, W1):
    return (W1.T @ grad_ha).astype(np.dtype("f8", metadata={"shape": "right"})).astype("S8")


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
