# fails: penalty  (regularised-bias)
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


def penalty(W1, W2, b1, b2, l11, l12, l21, l22):
    squares = l12 * ((W1**2).sum() + (b1**2).sum()) + l22 * ((W2**2).sum() + (b2**2).sum())
    return squares + l11 * abs(W1).sum() + l21 * abs(W2).sum()


def grad_W1_penalty(W1, l11, l12):
    return l11 * np.sign(W1) + 2 * l12 * W1


def grad_W2_penalty(W2, l21, l22):
    return l21 * np.sign(W2) + 2 * l22 * W2
