import numpy as np


def softmax(v):
    return np.exp(v) / np.sum(np.exp(v))


def n_theta(d, dh, m):
    return d * dh + dh * m


def ha(W1, x, b1):
    return np.einsum("ij,j->i", W1, x) + b1


def hs(ha):
    return np.where(ha > 0, ha, 0)


def oa(W2, hs, b2):
    return np.einsum("ij,j->i", W2, hs) + b2


def os(oa):
    return softmax(oa)


def loss(os, y):
    return -np.log(os[y])


def penalty(W1, W2, l11, l12, l21, l22):
    return (l11 * np.linalg.norm(W1.ravel(), 1) + l12 * np.linalg.norm(W1) ** 2
            + l21 * np.linalg.norm(W2.ravel(), 1) + l22 * np.linalg.norm(W2) ** 2)


def grad_W1_penalty(W1, l11, l12):
    return l11 * np.sign(W1) + l12 * W1


def grad_W2_penalty(W2, l21, l22):
    return l21 * np.sign(W2) + l22 * W2
