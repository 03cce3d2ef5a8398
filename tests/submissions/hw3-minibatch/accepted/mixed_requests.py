# some functions take what comes from above, others start over from os and y (mean at the output)
import numpy as np
from numpy import arange, newaxis


def delta(os, y):
    return (os - (arange(os.shape[1])[newaxis] == y[:, newaxis])) / y.size


def grad_oa(*, os, y):
    return delta(os, y)


def grad_b2(y, os):
    return delta(os, y).sum(0)


def grad_W2(os, hs, y):
    return hs.T @ delta(os, y)


def grad_hs(W2, *, grad_oa):
    return grad_oa @ W2.T


def grad_ha(os, y, W2, hs):
    g = delta(os, y) @ W2.T
    g[hs == 0] = 0
    return g


def grad_b1(grad_hs, ha):
    return (grad_hs * (ha > 0)).sum(0)


def grad_W1(X, grad_hs, hs):
    return X.T @ np.where(hs > 0, grad_hs, 0)


def grad_x(grad_oa, W1, W2, X, b1):
    return ((grad_oa @ W2.T) * (X @ W1 + b1 > 0)) @ W1.T
