# coding: utf-8
# Devoir 3 - partie theorique, code des gradients
import numpy as np

# ---------- fonctions de base (question 1) ----------


def signe(x):
    # sign(x) = x / |x|
    return x / np.abs(x)


def rect(x):
    # rect(x) = (x + |x|) / 2
    return (x + np.abs(x)) / 2


def drect(x):
    # -1 devient 0, +1 reste 1
    return np.clip(signe(x), 0, 1)


def softmax(a):
    e = np.exp(a - a.max())
    return e / e.sum()


# ---------- gradients (question 2) ----------


def grad_oa(os, y):
    g = np.copy(os)
    g[y - 1] = g[y - 1] - 1
    return g


def grad_b2(grad_oa):
    return grad_oa


def grad_W2(grad_oa, hs):
    return grad_oa[:, None] * hs[None, :]


def grad_hs(grad_oa, W2):
    return np.matmul(W2.transpose(), grad_oa)


def grad_ha(grad_hs, ha):
    return np.multiply(grad_hs, drect(ha))


def grad_b1(grad_ha):
    return grad_ha


def grad_W1(grad_ha, x):
    return grad_ha[:, None] * x[None, :]


def grad_x(grad_ha, W1):
    return np.matmul(W1.transpose(), grad_ha)


print('rect  :', rect(np.array([-2., 1., 3.])))
print('drect :', drect(np.array([-2., 1., 3.])))
print('softmax :', softmax(np.array([1., 1.])))
