from fractions import Fraction

import numpy as np

L = np.longdouble


def sigmoid(x):
    return 1 / (1 + np.exp(-np.asarray(x, dtype=L)))


def softplus(x):
    return np.log1p(np.exp(np.asarray(x, dtype=L)))


def log_sigmoid(x):
    return -softplus(-np.asarray(x))


def dsigmoid(x):
    s = sigmoid(x)
    return s * (1 - s)


def dtanh(x):
    return 1 - np.tanh(np.asarray(x, dtype=L)) ** 2


def sign(x):
    def of(v):
        v = Fraction(float(v))
        return Fraction(0) if v == 0 else v / abs(v)
    return np.array([of(v) for v in np.ravel(x)], dtype=object).reshape(np.shape(x)).tolist()


dabs = sign


def rect(x):
    return np.array([max(Fraction(float(v)), 0) for v in np.ravel(x)], dtype=object).reshape(np.shape(x)).tolist()


def drect(x):
    return np.array([Fraction(int(v > 0)) for v in np.ravel(x)], dtype=object).reshape(np.shape(x)).tolist()


def grad_sq_l2(x):
    return [2 * v for v in x] if np.ndim(x) else 2 * x


def grad_l1(x):
    return sign(x)
