import numpy as np


def sigmoid(x):
    x = np.array(x, dtype=float)
    out = np.empty(x.shape)
    neg = x < 0
    out[~neg] = 1 / (1 + np.exp(-x[~neg]))
    e = np.exp(x[neg])
    out[neg] = e / (1 + e)
    return out


def softplus(x):
    out = np.array(x, dtype=float)
    low = out < 20
    out[low] = np.log(1 + np.exp(out[low]))
    return out


def log_sigmoid(x):
    out = np.array(x, dtype=float)
    high = out > -20
    out[high] = -np.log(1 + np.exp(-out[high]))
    return out


def dsigmoid(x):
    out = sigmoid(x)
    out *= 1 - out
    return out


def dtanh(x):
    out = np.tanh(np.array(x))
    out = out * out
    np.subtract(1, out, out=out) if np.ndim(out) else None
    return out if np.ndim(out) else 1 - out


def sign(x):
    x = np.asarray(x)
    out = np.zeros(x.shape)
    out[x > 0] += 1
    out[x < 0] -= 1
    return out


def dabs(x):
    return sign(x).copy()


def rect(x):
    out = np.array(x)
    out[out < 0] = 0
    return out


def drect(x):
    out = np.array(x)
    out[out <= 0] = 0
    out[out > 0] = 1
    return out


def grad_sq_l2(x):
    out = np.array(x)
    out *= 2
    return out


def grad_l1(x):
    return dabs(x)
