# I never need grad_oa as an argument: os, hs and y say it all
import numpy as np
from numpy import outer


def grad_oa(oa, y):
    e = np.exp(oa - oa.max())
    p = e / e.sum()
    p[y - 1] -= 1
    return p


def grad_b2(y, os):
    r = os.copy()
    r[y - 1] = r[y - 1] - 1
    return r


def grad_W2(os, hs, y):
    r = outer(os, hs)
    r[y - 1, :] -= hs
    return r


def grad_hs(os, y, W2):
    return W2.T.dot(os) - W2[y - 1, :]


def grad_ha(os, y, W2, hs):
    return (W2.T.dot(os) - W2[y - 1, :]) * np.sign(hs)


def grad_b1(grad_hs, ha):
    return grad_hs * (ha > 0)


def grad_W1(*, grad_hs, hs, x):
    return outer(grad_hs * (hs > 0), x)


def grad_x(grad_hs, ha, W1):
    on = ha > 0
    return W1[on].T.dot(grad_hs[on])
