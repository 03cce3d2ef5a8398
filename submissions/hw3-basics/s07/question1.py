import numpy as np


def sigmoid(x):
    y = np.empty_like(x)
    pos = x >= 0
    y[pos] = 1 / (1 + np.exp(-x[pos]))
    y[~pos] = np.exp(x[~pos]) / (1 + np.exp(x[~pos]))
    return y


def softplus(x):
    y = x.copy()
    small = x < 30
    y[small] = np.log(1 + np.exp(x[small]))
    return y


def log_sigmoid(x):
    return -softplus(-x)


def dsigmoid(x):
    return sigmoid(x) - sigmoid(x) ** 2


def dtanh(x):
    return 1 - np.tanh(x) ** 2


def sign(x):
    y = np.zeros(x.shape)
    y[x > 0] = 1
    y[x < 0] = -1
    return y


def dabs(x):
    return sign(x)


def rect(x):
    y = x.copy()
    y[y < 0] = 0
    return y


def drect(x):
    return x > 0


def grad_sq_l2(x):
    return 2 * x


def grad_l1(x):
    return sign(x)
