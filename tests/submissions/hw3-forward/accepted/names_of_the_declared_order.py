import numpy as np


def n_theta(n_in, n_hidden, n_out):
    return n_hidden * n_in + n_hidden + n_out * n_hidden + n_out


def ha(weights, inputs, bias):
    return weights @ inputs + bias


def hs(a):
    return np.maximum(0, a)


def oa(weights, hidden, bias):
    return weights @ hidden + bias


def os(a):
    a = a - max(a)
    return np.exp(a) / sum(np.exp(a))


def loss(p, label):
    return -np.log(p)[label - 1]


def penalty(A, B, a1, a2, c1, c2):
    return a1 * np.abs(A).sum() + a2 * (A**2).sum() + c1 * np.abs(B).sum() + c2 * (B**2).sum()


def grad_W1_penalty(W, one, two):
    return one * np.sign(W) + 2 * two * W


def grad_W2_penalty(W, one, two):
    return one * np.sign(W) + 2 * two * W
