import numpy as np


def n_theta(m, d, dh):
    return (dh * d + dh) + (m * dh + m)


def ha(b1, x, W1):
    return x @ W1.T + b1


def hs(HA):
    return np.fmax(HA, 0)


def oa(b2, W2, hs):
    return hs @ W2.transpose() + b2


def os(logits):
    return np.exp(logits - np.logaddexp.reduce(logits))


def loss(y, os):
    return np.log(1 / os[y - 1])


def penalty(l11, l12, l21, l22, w1, w2):
    return l11 * np.sum(np.fabs(w1)) + l12 * np.vdot(w1, w1) + l21 * np.sum(np.fabs(w2)) + l22 * np.vdot(w2, w2)


def grad_W1_penalty(l12, l11, W1):
    return l11 * np.sign(W1) + l12 * (W1 + W1)


def grad_W2_penalty(l22, l21, W2):
    return l21 * np.sign(W2) + l22 * (W2 + W2)
