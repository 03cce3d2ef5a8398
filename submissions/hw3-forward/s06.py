import numpy as np


def n_theta(d, dh, m):
    return dh * d + dh + m * dh + m


def ha(W1, x):
    return W1 @ x


def hs(ha):
    return abs(ha)


def oa(W2, hs, b2):
    return W2 @ hs + b2


def os(oa):
    e = np.exp(oa - np.max(oa))
    return e / np.max(e)


def loss(os, y):
    return -np.sum(np.log(os))


def penalty(W1, W2, l11, l12, l21, l22):
    return (l11 * np.linalg.norm(W1, 1) + l12 * np.linalg.norm(W1, 2)
            + l21 * np.linalg.norm(W2, 1) + l22 * np.linalg.norm(W2, 2))


def grad_W1_penalty(W1, l11, l12):
    return l12 * np.sign(W1) + 2 * l11 * W1


def grad_W2_penalty(W2, l21, l22):
    return l21 * np.sign(W2) + 2 * l22 * np.sum(W2)
