"""The same network on a minibatch: examples are rows, labels count from zero, the loss is a mean.

    ha = X W1 + b1      X (n, d)   W1 (d, dh)   b1 (dh,)
    hs = max(0, ha)
    oa = hs W2 + b2                W2 (dh, m)   b2 (m,)
    os = softmax(oa), row by row
    loss = mean_i -log os[i, y_i]  y (n,) in 0..m-1

Where the 1/n of the mean is applied is a convention, the constant `average_at`:

    "output"       grad_oa carries it, and with it everything below: each grad_q is the derivative of `loss`
    "parameters"   grad_oa, grad_hs, grad_ha and grad_x keep one undivided gradient an example (the derivative of
                   n times `loss`); grad_W2, grad_b2, grad_W1 and grad_b1 average over the batch

Under both, the gradients of the parameters are the same. The relu's derivative at 0 is 0.
"""

import numpy as np


def ha(X, W1, b1):
    return X @ W1 + b1


def hs(ha):
    return np.maximum(0.0, ha)


def oa(hs, W2, b2):
    return hs @ W2 + b2


def os(oa):
    e = np.exp(oa - np.max(oa, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def loss(oa, y, n):
    top = np.max(oa, axis=1)
    log_sum_exp = top + np.log(np.sum(np.exp(oa - top[:, np.newaxis]), axis=1))
    return np.mean(log_sum_exp - oa[np.arange(n), y])


def _divisor(place, average_at, n):
    """n where the convention averages at this place, else 1."""
    if average_at not in ("output", "parameters"):
        raise ValueError(f"average_at is {average_at!r}; it must be 'output' or 'parameters'")
    return n if average_at == place else 1


def grad_oa(os, y, n, m, average_at):
    return (os - np.eye(m)[y]) / _divisor("output", average_at, n)


def grad_b2(grad_oa, n, average_at):
    return np.sum(grad_oa, axis=0) / _divisor("parameters", average_at, n)


def grad_W2(hs, grad_oa, n, average_at):
    return hs.T @ grad_oa / _divisor("parameters", average_at, n)


def grad_hs(grad_oa, W2):
    return grad_oa @ W2.T


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)


def grad_b1(grad_ha, n, average_at):
    return np.sum(grad_ha, axis=0) / _divisor("parameters", average_at, n)


def grad_W1(X, grad_ha, n, average_at):
    return X.T @ grad_ha / _divisor("parameters", average_at, n)


def grad_x(grad_ha, W1):
    return grad_ha @ W1.T
