import functools

import numpy as np

softplus = functools.partial(np.logaddexp, 0.0)
sign = dabs = grad_l1 = np.sign
rect = functools.partial(np.maximum, 0.0)
drect = functools.partial(lambda at_zero, x: np.heaviside(x, at_zero), 0.0)
grad_sq_l2 = functools.partial(np.multiply, 2.0)


def sigmoid(x):
    return np.exp(-softplus(np.negative(x)))


def log_sigmoid(x):
    return np.negative(softplus(np.negative(x)))


def dsigmoid(x):
    return np.exp(-softplus(x) - softplus(-x))


def dtanh(x):
    return np.reciprocal(np.square(np.cosh(x)))
