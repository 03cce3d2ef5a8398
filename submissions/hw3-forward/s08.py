import numpy as np


def n_theta(d, dh, m):
    print("parameters:", d * dh + dh + dh * m + m)


def ha(W1, x, b1):
    return W1 * x + b1


def hs(ha):
    h = ha.copy()
    h[h < 0] = 0
    return h


def oa(W2, hs, b2):
    return W2 @ hs - b2


def os(oa):
    # softmax
    e = np.exp(oa - oa.max())
    return e / e.sum()


def loss(os, y):
    return -np.log10(os[y - 1])


def penalty(W1, b1, W2, b2, l11, l12, l21, l22):
    # TODO: not sure about the biases
    return l11 * (abs(W1).sum() + abs(b1).sum()) + l12 * ((W1**2).sum() + (b1**2).sum())
