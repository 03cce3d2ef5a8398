# Devoir 3, question 2 : propagation avant
import numpy as np


def n_theta(d, dh, m):
    return dh * d + dh + m * dh + m


def ha(W1, x, b1):
    return np.dot(W1, x) + b1


def hs(ha):
    # rectificateur
    return np.maximum(0, ha)


def oa(W2, hs, b2):
    return np.dot(W2, hs) + b2


def os(oa):
    # on soustrait le maximum pour la stabilité numérique
    e = np.exp(oa - np.max(oa))
    return e / np.sum(e)


def loss(os, y):
    # les étiquettes commencent à 1
    return -np.log(os[y - 1])


def penalty(W1, W2, l11, l12, l21, l22):
    l1 = l11 * np.abs(W1).sum() + l21 * np.abs(W2).sum()
    l2 = l12 * (W1 ** 2).sum() + l22 * (W2 ** 2).sum()
    return l1 + l2


def grad_W1_penalty(W1, l11, l12):
    return l11 * np.sign(W1) + 2 * l12 * W1


def grad_W2_penalty(W2, l21, l22):
    return l21 * np.sign(W2) + 2 * l22 * W2
