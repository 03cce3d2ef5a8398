# fails: penalty, grad_W1_penalty, grad_W2_penalty
import numpy as np


def n_theta(d, dh, m):
    return dh * d + dh + m * dh + m


def ha(W1, x, b1):
    return W1 @ x + b1


def hs(ha):
    return np.maximum(ha, 0)


def oa(W2, hs, b2):
    return W2 @ hs + b2


def os(oa):
    e = np.exp(oa - oa.max())
    return e / e.sum()


def loss(os, y):
    return -np.log(os[y - 1])
