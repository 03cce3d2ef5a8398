import numpy as np


def linear_backward(dout, inp, W):
    """out = W inp + b  ->  (dinp, dW, db)"""
    dW = dout.reshape(-1, 1) * inp
    db = dout.copy()
    dinp = dout @ W
    return dinp, dW, db


def relu_backward(dout, z):
    return dout * (z > 0)


def grad_oa(os, y):
    g = os.copy()
    g[y - 1] -= 1.0
    return g


def grad_b2(grad_oa, hs, W2):
    return linear_backward(grad_oa, hs, W2)[2]


def grad_W2(grad_oa, hs, W2):
    return linear_backward(grad_oa, hs, W2)[1]


def grad_hs(grad_oa, hs, W2):
    return linear_backward(grad_oa, hs, W2)[0]


def grad_ha(grad_hs, ha):
    return relu_backward(grad_hs, ha)


def grad_b1(grad_ha, x, W1, b1, lam=0.01):
    return linear_backward(grad_ha, x, W1)[2] + 2 * lam * b1


def grad_W1(grad_ha, x, W1):
    return linear_backward(grad_ha, x, W1)[1]


def grad_x(grad_ha, x, W1):
    return linear_backward(grad_ha, x, W1)[0]
