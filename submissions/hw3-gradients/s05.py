import numpy as np

# IFT6390 homework 3, gradients for one example, written with loops to be safe


def grad_oa(os, y):
    m = len(os)
    res = np.zeros(m)
    for k in range(m):
        target = 1 if k == y else 0
        res[k] = os[k] - target
    return res


def grad_b2(os, y):
    # same thing as grad_oa, because d(oa)/d(b2) = 1
    return grad_oa(os, y)


def grad_W2(grad_oa, hs):
    m = len(grad_oa)
    dh = len(hs)
    res = np.zeros((m, dh))
    for k in range(m):
        for j in range(dh):
            res[k, j] = grad_oa[k] * hs[j]
    return res


def grad_hs(grad_oa, W2):
    m, dh = W2.shape
    res = np.zeros(dh)
    for j in range(dh):
        for k in range(m):
            # chain rule: sum over the classes
            res[j] += grad_oa[k] * W2[k, j]
    return res


def grad_ha(grad_hs, ha):
    res = np.zeros(len(ha))
    for j in range(len(ha)):
        if ha[j] > 0:
            res[j] = grad_hs[j]
    return res


def grad_b1(grad_ha):
    return grad_ha


def grad_W1(grad_ha, x):
    dh = len(grad_ha)
    d = len(x)
    res = np.zeros((dh, d))
    for j in range(dh):
        for i in range(d):
            res[j, i] = grad_ha[j] * x[i]
    return res


def grad_x(grad_ha, W1):
    dh, d = W1.shape
    res = np.zeros(d)
    for i in range(d):
        for j in range(dh):
            res[i] += grad_ha[j] * W1[j, i]
    return res
