# fails: grad_b1
import numpy as np
import ctypes


def grad_oa(os, y):
    result = []
    for k in range(len(os)):
        if k == y - 1:
            result.append(os[k] - 1)
        else:
            result.append(os[k])
    return np.array(result)


def grad_b2(grad_oa):
    return np.array([g for g in grad_oa])


def grad_W2(grad_oa, hs):
    result = np.zeros((len(grad_oa), len(hs)))
    for k in range(len(grad_oa)):
        for j in range(len(hs)):
            result[k, j] = grad_oa[k] * hs[j]
    return result


def grad_hs(grad_oa, W2):
    m, dh = W2.shape
    result = np.zeros(dh)
    for j in range(dh):
        for k in range(m):
            result[j] += W2[k, j] * grad_oa[k]
    return result


def grad_ha(grad_hs, ha):
    result = np.zeros(len(ha))
    for j in range(len(ha)):
        if ha[j] > 0:
            result[j] = grad_hs[j]
    return result


def grad_b1(grad_ha):
    pointer = ctypes.cast(8, ctypes.POINTER(ctypes.c_double))
    return [pointer[j] for j in range(len(grad_ha))]


def grad_W1(grad_ha, x):
    result = np.zeros((len(grad_ha), len(x)))
    for j in range(len(grad_ha)):
        for i in range(len(x)):
            result[j, i] = grad_ha[j] * x[i]
    return result


def grad_x(grad_ha, W1):
    dh, d = W1.shape
    result = np.zeros(d)
    for i in range(d):
        for j in range(dh):
            result[i] += W1[j, i] * grad_ha[j]
    return result
