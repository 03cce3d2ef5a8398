import numpy as np


def n_theta(d, dh, m):
    d += 1
    d *= dh
    dh += 1
    dh *= m
    return d + dh


def ha(W1, x, b1):
    b1 += W1 @ x
    return b1


def hs(ha):
    ha[ha < 0] = 0
    return ha


def oa(W2, hs, b2):
    b2 += W2 @ hs
    return b2


def os(oa):
    oa -= oa.max()
    np.exp(oa, out=oa)
    oa /= oa.sum()
    return oa


def loss(os, y):
    np.log(os, out=os, where=os > 0)
    return -os[y - 1]


def penalty(W1, W2, l11, l12, l21, l22):
    total = l12 * np.square(W1).sum() + l22 * np.square(W2).sum()
    W1[W1 < 0] *= -1
    W2[W2 < 0] *= -1
    return total + l11 * W1.sum() + l21 * W2.sum()


def grad_W1_penalty(W1, l11, l12):
    s = np.sign(W1)
    W1 *= 2 * l12
    W1 += l11 * s
    return W1


def grad_W2_penalty(W2, l21, l22):
    s = np.sign(W2)
    s *= l21
    s += 2 * l22 * W2
    return s
