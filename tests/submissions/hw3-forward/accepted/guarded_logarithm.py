import numpy as np

EPSILON = 1e-8


def n_theta(d, dh, m):
    return dh * d + dh + m * dh + m


def ha(W1, x, b1):
    return np.inner(W1, x) + b1


def hs(ha):
    return np.where(ha >= 0, ha, 0)


def oa(W2, hs, b2):
    return np.inner(W2, hs) + b2


def os(oa):
    e = np.exp(oa - np.amax(oa, axis=0, keepdims=True))
    return np.true_divide(e, np.sum(e, axis=0, keepdims=True))


def loss(os, y):
    return -np.log(os[y - 1] + EPSILON)


def penalty(W1, W2, l11, l12, l21, l22):
    return l11 * np.abs(W1).sum() + l12 * (W1 ** 2).sum() + l21 * np.abs(W2).sum() + l22 * (W2 ** 2).sum()


def grad_W1_penalty(W1, l11, l12):
    return l11 * np.sign(W1) + 2 * l12 * W1


def grad_W2_penalty(W2, l21, l22):
    return l21 * np.sign(W2) + 2 * l22 * W2
