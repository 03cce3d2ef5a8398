import numpy as np


def n_theta(d, dh, m):
    return dh * d + dh * dh + m


def ha(W1, x, b1):
    return W1 @ x + b1


def hs(ha):
    return ha * (ha > 0)


def oa(W2, hs, b2):
    return W2 @ hs + b2


def os(oa):
    shifted = oa - oa.max()
    return np.exp(shifted) / np.exp(shifted).sum()


def loss(oa, y):
    return np.log(np.sum(np.exp(oa))) - oa[y - 1]


def penalty(W1, W2, l11, l12, l21, l22):
    return l11 * np.sum(W1) + l12 * np.sum(W1**2) + l21 * np.sum(W2) + l22 * np.sum(W2**2)


def grad_W1_penalty(W1, l11, l12):
    return l11 + 2 * l12 * W1


def grad_W2_penalty(W2, l21, l22):
    return l21 + 2 * l22 * W2
