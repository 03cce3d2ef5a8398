import numpy as np


def sigmoid(z, derivative=False):
    s = 1.0 / (1.0 + np.exp(-1.0 * z))
    if derivative:
        return s * (1.0 - s)
    return s


def softplus(a, threshold=30.0):
    return np.where(a > threshold, a, np.log1p(np.exp(np.minimum(a, threshold))))


def log_sigmoid(a):
    return -softplus(-a)


def dsigmoid(z):
    return sigmoid(z, derivative=True)


def dtanh(u, **options):
    return 1.0 - np.tanh(u) ** 2


def sign(value):
    return 1.0 * (value > 0) - (value < 0)


def dabs(value, at_zero=0):
    return np.where(value == 0, at_zero, np.sign(value))


def rect(h):
    return np.maximum(h, 0)


def drect(h, *, at_zero=0):
    return np.where(h == 0, at_zero, h > 0) * 1.0


def grad_sq_l2(vec):
    return 2 * vec


def grad_l1(vec):
    return dabs(vec)
