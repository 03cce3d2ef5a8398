import numpy as np


def n_theta(d, dh, m):
    return np.zeros((dh, d)).size + np.zeros(dh).size + np.zeros((m, dh)).size + np.zeros(m).size


def ha(x, W1, b1):
    return b1 + W1.dot(x)


def hs(x, W1, b1):
    return np.maximum(ha(x, W1, b1), 0)


def oa(x, W1, b1, W2, b2):
    return b2 + W2.dot(hs(x, W1, b1))


def os(x, W1, b1, W2, b2):
    z = oa(x, W1, b1, W2, b2)
    z = np.exp(z - np.max(z))
    return z / np.sum(z)


def loss(x, y, W1, b1, W2, b2):
    z = oa(x, W1, b1, W2, b2)
    return np.logaddexp.reduce(z) - z[y - 1]


def penalty(W1, W2, l11, l12, l21, l22):
    return l11 * np.abs(W1).sum() + l12 * (W1 ** 2).sum() + l21 * np.abs(W2).sum() + l22 * (W2 ** 2).sum()


def grad_W1_penalty(W1, l11, l12):
    return l11 * np.sign(W1) + 2 * l12 * W1


def grad_W2_penalty(W2, l21, l22):
    return l21 * np.sign(W2) + 2 * l22 * W2
