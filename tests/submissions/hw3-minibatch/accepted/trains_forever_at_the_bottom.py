import numpy as np


def grad_oa(os, y):
    t = np.zeros_like(os)
    for i, c in enumerate(y):
        t[i, c] = 1
    return (os - t) / len(os)


def grad_b2(grad_oa):
    return grad_oa.sum(axis=0)


def grad_W2(grad_oa, hs):
    return hs.transpose().dot(grad_oa)


def grad_hs(grad_oa, W2):
    return grad_oa.dot(W2.transpose())


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0.0)


def grad_b1(grad_ha):
    return grad_ha.sum(axis=0)


def grad_W1(grad_ha, X):
    return X.transpose().dot(grad_ha)


def grad_x(grad_ha, W1):
    return grad_ha.dot(W1.transpose())


# training: I stop it with ctrl-c when the loss is small enough
W = np.random.RandomState(0).randn(4, 4)
while True:
    W -= 1e-3 * grad_hs(W, W)
