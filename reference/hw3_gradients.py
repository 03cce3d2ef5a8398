"""One hidden layer, one example, column vectors; labels count from one.

    ha = W1 x + b1      x (d,)   W1 (dh, d)   b1 (dh,)
    hs = max(0, ha)
    oa = W2 hs + b2              W2 (m, dh)   b2 (m,)
    os = softmax(oa)
    loss = -log os_y             y in 1..m

Each grad_q is the derivative of `loss` with respect to q and has q's shape. The relu's derivative at 0 is 0.
"""

import numpy as np


def ha(W1, x, b1):
    return W1 @ x + b1


def hs(ha):
    return np.maximum(0.0, ha)


def oa(W2, hs, b2):
    return W2 @ hs + b2


def os(oa):
    e = np.exp(oa - np.max(oa))
    return e / np.sum(e)


def loss(oa, y):
    top = np.max(oa)
    return top + np.log(np.sum(np.exp(oa - top))) - oa[y - 1]


def grad_oa(os, y):
    return os - np.eye(len(os))[y - 1]


def grad_b2(grad_oa):
    return grad_oa


def grad_W2(grad_oa, hs):
    return np.outer(grad_oa, hs)


def grad_hs(W2, grad_oa):
    return W2.T @ grad_oa


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)


def grad_b1(grad_ha):
    return grad_ha


def grad_W1(grad_ha, x):
    return np.outer(grad_ha, x)


def grad_x(W1, grad_ha):
    return W1.T @ grad_ha
