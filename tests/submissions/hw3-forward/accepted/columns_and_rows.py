import numpy as np


def n_theta(d, dh, m):
    return float(dh * d + dh + m * dh + m)


def ha(W1, x, b1):
    return W1 @ x.reshape(-1, 1) + b1.reshape(-1, 1)


def hs(ha):
    return np.maximum(ha.reshape(1, -1), 0)


def oa(W2, hs, b2):
    return np.matmul(W2, hs[:, None]) + b2[:, None]


def os(oa):
    z = np.asmatrix(oa)
    e = np.exp(z - z.max())
    return e / e.sum()


def loss(os, y):
    column = os.reshape(-1, 1)
    return -np.log(column[y - 1, 0])


def penalty(W1, W2, l11, l12, l21, l22):
    return l11 * np.abs(W1).sum() + l12 * (W1 ** 2).sum() + l21 * np.abs(W2).sum() + l22 * (W2 ** 2).sum()


def grad_W1_penalty(W1, l11, l12):
    return l11 * np.sign(W1) + 2 * l12 * W1


def grad_W2_penalty(W2, l21, l22):
    return l21 * np.sign(W2) + 2 * l22 * W2
