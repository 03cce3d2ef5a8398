import numpy as np

# Q1


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softplus(x):
    e = np.exp(x - np.max(x))
    return e / e.sum()


def log_sigmoid(x):
    return np.where(x > 0, -np.log1p(np.exp(-x)), x - np.log1p(np.exp(x)))


def dsigmoid(x):
    s = sigmoid(x)
    return sigmoid(s) * (1 - sigmoid(s))


def dtanh(x):
    return 1 - np.tanh(x)


def sign(x):
    return np.where(x >= 0, 1, -1)


def dabs(x):
    return np.where(x > 0, 1, np.where(x < 0, -1, 0))


def rect(x):
    return (x + np.abs(x)) / 2


def drect(x):
    return np.where(x >= 0, 1, 0)


def grad_sq_l2(x):
    return 2 * np.array(x)


def grad_l1(x):
    return np.where(x > 0, 1, np.where(x < 0, -1, 0))
