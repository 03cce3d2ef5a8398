import numpy as np


def affine_backward(dout, cache):
    a, W = cache
    da = dout @ W.T
    dW = a.T @ dout
    db = dout.sum(axis=0)
    return da, dW, db


def relu_backward(dout, z):
    dz = np.array(dout, copy=True)
    dz[z <= 0] = 0
    return dz


def softmax_loss_backward(p, y):
    N = y.shape[0]
    dz = p.copy()
    dz[np.arange(N), y] -= 1
    return dz / N


def grad_oa(os, y):
    return softmax_loss_backward(os, y)


def grad_b2(grad_oa, hs, W2, b2):
    _, _, db = affine_backward(grad_oa, (hs, W2))
    return db * b2


def grad_W2(grad_oa, hs, W2):
    _, dW, _ = affine_backward(grad_oa, (hs, W2))
    return dW


def grad_hs(grad_oa, hs, W2):
    da, _, _ = affine_backward(grad_oa, (hs, W2))
    return da


def grad_ha(grad_hs, ha):
    return relu_backward(grad_hs, ha)


def grad_b1(grad_ha, X, W1):
    _, _, db = affine_backward(grad_ha, (X, W1))
    return db


def grad_W1(grad_ha, X, W1):
    _, dW, _ = affine_backward(grad_ha, (X, W1))
    return dW


def grad_x(grad_ha, X, W1):
    da, _, _ = affine_backward(grad_ha, (X, W1))
    return da
