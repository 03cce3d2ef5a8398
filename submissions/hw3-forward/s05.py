import numpy as np


def n_theta(d, dh, m):
    W1 = np.zeros((dh, d))
    b1 = np.zeros(dh)
    W2 = np.zeros((m, dh))
    b2 = np.zeros(m)
    return W1.size + b1.size + W2.size + b2.size


def ha(W1, x, b1):
    return W1.T.dot(x) + b1


def hs(ha):
    return np.max(ha, 0)


def oa(W2, hs, b2):
    return W2.dot(hs.reshape(-1, 1)) + b2


def os(oa):
    e = np.exp(oa - oa.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def loss(os, y):
    return -np.log(os)[y - 1]


def penalty(W1, W2, l11, l12, l21, l22):
    return sum(one * np.abs(W).sum() + two * np.square(W).sum() for W, one, two in [(W1, l11, l12), (W2, l21, l22)])


def grad_W1_penalty(W1, l11, l12):
    return l11 * W1 / np.abs(W1) + 2 * l12 * W1


def grad_W2_penalty(W2, l21, l22):
    return l21 * W2 / np.abs(W2) + 2 * l22 * W2
