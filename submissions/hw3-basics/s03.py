import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softplus(x):
    return np.logaddexp(0, x)


def log_sigmoid(x):
    # log(1/(1+exp(-x))) = log(1) - log(1+exp(-x))
    return np.logaddexp(0, -x)


def dsigmoid(x):
    return sigmoid(x) * (1 - sigmoid(x))


def dtanh(x):
    return 1 - np.tanh(x)**2


def sign(x):
    return np.sign(x)


def dabs(x):
    return np.sign(x)


def rect(x):
    return x * (x > 0)


def drect(x):
    return (x > 0) * 1


def grad_sq_l2(x):
    # d/dx sum(x_i^2) = sum(2 x_i)
    return np.sum(2 * x)


def grad_l1(x):
    return np.sum(np.sign(x))
