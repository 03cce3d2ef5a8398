# everything with loops so I can follow the indices of the formulas
import numpy as np


def grad_oa(os, y):
    m = len(os)
    delta = np.zeros(m)
    for k in range(m):
        delta[k] = os[k]
    delta[y - 1] = delta[y - 1] - 1
    return delta


def grad_b2(grad_oa):
    db2 = np.zeros(len(grad_oa))
    for k in range(len(grad_oa)):
        db2[k] = grad_oa[k]
    return db2


def grad_W2(grad_oa, hs):
    m = len(grad_oa)
    dh = len(hs)
    dW2 = np.zeros((m, dh))
    for k in range(m):
        for j in range(dh):
            dW2[k, j] = grad_oa[k] * hs[j]
    return dW2


def grad_hs(grad_oa, W2):
    m, dh = W2.shape
    out = np.zeros(dh)
    for j in range(dh):
        for k in range(m):
            out[j] += W2[k, j] * grad_oa[k]
    return out


def grad_ha(grad_hs, ha):
    out = np.zeros(len(ha))
    for j in range(len(ha)):
        if ha[j] > 0:
            out[j] = grad_hs[j]
        else:
            out[j] = 0
    return out


def grad_b1(grad_ha):
    db1 = np.zeros(len(grad_ha))
    for j in range(len(grad_ha)):
        db1[j] = grad_ha[j]
    return db1


def grad_W1(grad_ha, x):
    dW1 = np.zeros((len(grad_ha), len(x)))
    for j in range(len(grad_ha)):
        for i in range(len(x)):
            dW1[j, i] = grad_ha[j] * x[i]
        return dW1


def grad_x(grad_ha, W1):
    dh, d = W1.shape
    dx = np.zeros(d)
    for j in range(dh):
        for i in range(d):
            dx[i] += W1[j, i] * grad_ha[j]
    return dx
