import warnings

import numpy as np

warnings.filterwarnings("ignore")
np.seterr(over="ignore", under="ignore")


def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-x))


def softplus(x):
    with np.errstate(all="ignore"):
        naive = np.log(1 + np.exp(x))
        return np.where(np.isinf(naive), x, naive)


def log_sigmoid(x):
    return -softplus(-x)


def dsigmoid(x):
    assert sigmoid(0.0) == 0.5
    return sigmoid(x) * (1 - sigmoid(x))


def dtanh(x):
    assert abs(np.tanh(0.0)) == 0
    return 4 * dsigmoid(2 * x)


def sign(x):
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(x / np.abs(np.asarray(x)))


def dabs(x):
    return sign(x)


def rect(x):
    return np.fmax(x, 0)


def drect(x):
    return np.clip(sign(x), 0, 1)


def grad_sq_l2(x):
    return np.asarray(x) * 2


def grad_l1(x):
    return sign(x)
