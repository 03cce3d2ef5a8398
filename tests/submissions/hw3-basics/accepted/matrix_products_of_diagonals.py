import numpy as np


def _diagonal(x):
    return np.diag(np.ravel(x))


def _back(values, x):
    return np.reshape(values, np.shape(x))


def sigmoid(x):
    return _back((np.tanh(_diagonal(x) / 2).diagonal() + 1) / 2, x)


def softplus(x):
    v = np.ravel(x)
    return _back(np.max([v, np.zeros(len(v))], axis=0) + np.log1p(np.exp(-np.abs(v))), x)


def log_sigmoid(x):
    return -softplus(-x)


def dsigmoid(x):
    s = np.ravel(sigmoid(x))
    return _back((np.eye(len(s)) - np.diag(s)) @ s, x)


def dtanh(x):
    t = np.tanh(np.ravel(x))
    return _back(1 - np.einsum("i,i->i", t, t), x)


def sign(x):
    return _back([(v > 0) * 1 - (v < 0) * 1 for v in np.ravel(x)], x)


def dabs(x):
    return sign(x)


def rect(x):
    v = np.ravel(x)
    return _back(np.diag((v > 0).astype(float)) @ v, x)


def drect(x):
    return _back(np.select([np.ravel(x) > 0], [1.0], default=0.0), x)


def grad_sq_l2(x):
    v = np.ravel(x)
    return _back((np.eye(len(v)) + np.eye(len(v)).T) @ v, x)


def grad_l1(x):
    return sign(x)
