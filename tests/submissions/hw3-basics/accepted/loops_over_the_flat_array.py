import math

import numpy as np


def each(f, x):
    x = np.asarray(x, dtype=float)
    result = np.zeros(x.size)
    for i, v in enumerate(x.flat):
        result[i] = f(v)
    return result.reshape(x.shape)


def _sigmoid(v):
    return 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))


def _softplus(v):
    return max(v, 0.0) + math.log1p(math.exp(-abs(v)))


def sigmoid(x):
    return each(_sigmoid, x)


def softplus(x):
    return each(_softplus, x)


def log_sigmoid(x):
    return each(lambda v: -_softplus(-v), x)


def dsigmoid(x):
    return each(lambda v: _sigmoid(v) * (1 - _sigmoid(v)), x)


def dtanh(x):
    return each(lambda v: 1 - math.tanh(v) ** 2, x)


def sign(x):
    return each(lambda v: 1 if v > 0 else -1 if v < 0 else 0, x)


def dabs(x):
    return sign(x)


def rect(x):
    return each(lambda v: v if v > 0 else 0, x)


def drect(x):
    return each(lambda v: 1 if v > 0 else 0, x)


def grad_sq_l2(x):
    return each(lambda v: v + v, x)


def grad_l1(x):
    return each(lambda v: math.copysign(1, v) if v else 0, x)
