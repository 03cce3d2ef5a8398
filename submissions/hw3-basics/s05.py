import math
import numpy as np


def sigmoid(x):
    return 1.0 / (1.0 + math.exp(-x))


def softplus(x):
    return math.log(1.0 + math.exp(x))


def log_sigmoid(x):
    return math.log(sigmoid(x))


def dsigmoid(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


def dtanh(x):
    return 1.0 - math.tanh(x) ** 2


def sign(x):
    if x > 0:
        return 1
    elif x < 0:
        return -1
    else:
        return 0


def dabs(x):
    return np.sign(x)


def rect(x):
    return max(0, x)


def drect(x):
    return np.sign(np.maximum(x, 0))


def grad_sq_l2(x):
    return 2 * x


def grad_l1(x):
    return np.sign(x)
