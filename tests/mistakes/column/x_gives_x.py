import numpy as np


def grad_oa(os, y):
    d_oa = np.copy(os)
    d_oa[int(y) - 1] -= 1
    return d_oa


def grad_b2(grad_oa):
    db = np.zeros_like(grad_oa)
    db += grad_oa
    return db


def grad_W2(grad_oa, hs):
    dW = np.zeros((grad_oa.shape[0], hs.shape[0]))
    dW += np.outer(grad_oa, hs)
    return dW


def grad_hs(grad_oa, W2):
    d_hs = np.zeros(W2.shape[1])
    for k in range(W2.shape[0]):
        d_hs += grad_oa[k] * W2[k, :]
    return d_hs


def grad_ha(grad_hs, ha):
    d_ha = np.copy(grad_hs)
    d_ha[ha <= 0] = 0
    return d_ha


def grad_b1(grad_ha):
    db = np.zeros_like(grad_ha)
    db += grad_ha
    return db


def grad_W1(grad_ha, x):
    dW = np.zeros((grad_ha.shape[0], x.shape[0]))
    dW += np.outer(grad_ha, x)
    return dW


def grad_x(grad_ha, W1, x):
    d_x = np.zeros(W1.shape[1])
    for j in range(W1.shape[0]):
        d_x += grad_ha[j] * W1[j, :]
    return x
