# fails: rect, sign  (scalar-truth-of-array)
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softplus(x):
    return np.logaddexp(0, x)


def log_sigmoid(x):
    return -np.logaddexp(0, -x)


def dsigmoid(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)


def dtanh(x):
    return 1 - np.tanh(x) ** 2


def sign(x):
    if x > 0:
        return 1
    if x < 0:
        return -1
    return 0


def dabs(x):
    return np.sign(x)


def rect(x):
    return max(0, x)


def drect(x):
    return np.where(x > 0, 1.0, 0.0)


def grad_sq_l2(x):
    return 2 * x


def grad_l1(x):
    return np.sign(x)
