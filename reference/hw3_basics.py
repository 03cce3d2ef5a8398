"""Basic functions and their derivatives, entry by entry: x is a number or an array of any shape.

    sigmoid(x)     = 1 / (1 + e^-x)     softplus(x) = ln(1 + e^x)     log_sigmoid(x) = ln sigmoid(x)
    rect(x)        = max(0, x)          sign(x)     = 1[x>0] - 1[x<0]
    dsigmoid, dtanh, dabs, drect        the derivatives of sigmoid, tanh, |x| and rect; the last two are 0 at 0
    grad_sq_l2, grad_l1                 the gradients of sq_l2, the sum of x_i^2, and of l1, the sum of |x_i|

Nothing overflows, however large x is.
"""

import numpy as np


def sigmoid(x):
    return (np.tanh(x / 2) + 1) / 2


def softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def log_sigmoid(x):
    return np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x)))


def dsigmoid(sigmoid):
    return sigmoid * (1 - sigmoid)


def tanh(x):
    return np.tanh(x)


def dtanh(x):
    return 1 - np.tanh(x) ** 2


def sign(x):
    return 1.0 * (x > 0) - 1.0 * (x < 0)


def absolute(x):
    return np.abs(x)


def dabs(sign):
    return 1.0 * sign


def rect(x):
    return np.maximum(0, x)


def drect(x):
    return 1.0 * (x > 0)


def sq_l2(x):
    return np.sum(x**2)


def grad_sq_l2(x):
    return 2 * x


def l1(x):
    return np.sum(np.abs(x))


def grad_l1(sign):
    return 1.0 * sign
