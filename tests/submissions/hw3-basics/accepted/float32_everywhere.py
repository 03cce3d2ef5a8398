import numpy as np

f32 = np.float32


def sigmoid(x):
    x = np.asarray(x, dtype=f32)
    return f32(1) / (f32(1) + np.exp(-x))


def softplus(x):
    x = np.asarray(x, dtype=f32)
    return np.maximum(x, f32(0)) + np.log1p(np.exp(-np.abs(x)))


def log_sigmoid(x):
    return -softplus(-np.asarray(x, dtype=f32))


def dsigmoid(x):
    s = sigmoid(x)
    return s * (f32(1) - s)


def dtanh(x):
    return f32(1) - np.tanh(np.asarray(x, dtype=f32)) ** f32(2)


def sign(x):
    return np.sign(np.asarray(x, dtype=f32))


def dabs(x):
    return sign(x)


def rect(x):
    return np.maximum(np.asarray(x, dtype=f32), f32(0))


def drect(x):
    return (np.asarray(x) > 0).astype(f32)


def grad_sq_l2(x):
    return f32(2) * np.asarray(x, dtype=f32)


def grad_l1(x):
    return sign(x)
