# attack: M9 texts that would fill a disk: every function says, or returns, far more than was asked for
# gains nothing: grad_oa, grad_b2, grad_W2, grad_hs, grad_b1, grad_W1, grad_x
# full marks: grad_ha
import numpy as np
FILLER = "0123456789" * 10**4


def grad_oa(os, y):
    raise ValueError(FILLER)


def grad_b2(grad_oa):
    raise ValueError("\n".join(["line"] * 10**4))


def grad_W2(grad_oa, hs):
    return FILLER


def grad_hs(grad_oa, W2):
    return np.arange(10**5).astype(float)


def grad_b1(grad_ha):
    raise type("T" * 10**4, (Exception,), {})(FILLER)


def grad_W1(grad_ha, x):
    return np.ones((300, 300))


def grad_x(grad_ha, W1):
    return [[1.0], [2.0, 3.0]] * 1000


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
