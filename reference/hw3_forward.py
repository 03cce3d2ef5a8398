"""One hidden layer, one example, column vectors, forwards; labels count from one. And the elastic net penalty.

    ha = W1 x + b1      x (d,)   W1 (dh, d)   b1 (dh,)
    hs = max(0, ha)
    oa = W2 hs + b2              W2 (m, dh)   b2 (m,)
    os = softmax(oa)
    loss = -log os_y             y in 1..m
    n_theta                      how many numbers there are in W1, b1, W2 and b2 together
    penalty = l11 ||W1||_1 + l12 ||W1||_2^2 + l21 ||W2||_1 + l22 ||W2||_2^2

grad_W1_penalty and grad_W2_penalty are the derivatives of the penalty; that of |w| at 0 is 0. The biases have none.
"""

import numpy as np


def ha(W1, x, b1):
    return W1 @ x + b1


def hs(ha):
    return np.maximum(0.0, ha)


def oa(W2, hs, b2):
    return W2 @ hs + b2


def os(oa):
    e = np.exp(oa - np.max(oa))
    return e / np.sum(e)


def loss(os, y):
    return -np.log(os[y - 1])


def n_theta(d, dh, m):
    return dh * d + dh + m * dh + m


def penalty(W1, W2, l11, l12, l21, l22):
    return l11 * np.sum(np.abs(W1)) + l12 * np.sum(W1**2) + l21 * np.sum(np.abs(W2)) + l22 * np.sum(W2**2)


def grad_W1_penalty(W1, l11, l12):
    return l11 * np.sign(W1) + 2 * l12 * W1


def grad_W2_penalty(W2, l21, l22):
    return l21 * np.sign(W2) + 2 * l22 * W2
