# devoir 3, gradients
# version sans outer, avec des boucles while
import numpy as np


def grad_oa(os, y):
    grad = os * 1.0
    grad[y - 1] -= 1
    return grad


def grad_b2(grad_oa):
    return grad_oa


def grad_W2(grad_oa, hs):
    m = grad_oa.shape[0]
    dh = hs.shape[0]
    grad = np.zeros((m, dh))
    k = 0
    while k < m:
        j = 0
        while j < dh:
            grad[k, j] = grad_oa[k] * hs[j]
            j += 1
        k += 1
    return grad


def grad_hs(grad_oa, W2):
    return np.dot(grad_oa, W2)


def grad_ha(grad_hs, ha):
    return (ha > 0) * grad_hs


def grad_b1(grad_ha):
    return grad_ha


def grad_W1(grad_ha, x):
    dh = grad_ha.shape[0]
    d = x.shape[0]
    grad = np.zeros((dh, d))
    j = 0
    while j < dh:
        i = 0
        while i < d:
            grad[j, i] = grad_ha[j] * x[i]
            i += 1
    return grad


def grad_x(grad_ha, W1):
    return np.dot(grad_ha, W1)
