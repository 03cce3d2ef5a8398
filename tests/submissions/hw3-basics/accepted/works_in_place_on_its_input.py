import numpy as np


def sigmoid(x):
    x *= -1
    x = np.exp(x)
    x += 1
    return 1 / x


def softplus(x):
    top = np.maximum(x, 0)
    x = np.exp(-np.abs(x))
    return top + np.log1p(x)


def log_sigmoid(x):
    x *= -1
    return -softplus(x)


def dsigmoid(x):
    s = sigmoid(x)
    return s - s * s


def dtanh(x):
    x = np.tanh(x)
    return (1 - x) * (1 + x)


def sign(x):
    return np.sign(x)


def dabs(x):
    return np.sign(x)


def rect(x):
    x *= x > 0
    return x


def drect(x):
    x = 1.0 * (x > 0)
    return x


def grad_sq_l2(x):
    x *= 2
    return x


def grad_l1(x):
    return np.sign(x)
