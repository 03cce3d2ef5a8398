"""loop=True: the slow version of part 1; loop=False: the matrix version of part 2. Same numbers."""
import numpy as np

LOOP = True


def grad_oa(os, y, loop=LOOP):
    if not loop:
        return os - np.eye(os.shape[1])[y]
    rows = []
    for i in range(os.shape[0]):
        r = os[i].copy()
        r[y[i]] -= 1
        rows.append(r)
    return np.vstack(rows)


def grad_b2(grad_oa, loop=LOOP):
    if not loop:
        return np.mean(grad_oa, axis=0)
    acc = np.zeros(grad_oa.shape[1])
    for row in grad_oa:
        acc += row
    return acc / grad_oa.shape[0]


def grad_W2(grad_oa, hs, loop=LOOP):
    if not loop:
        return np.dot(hs.T, grad_oa) / hs.shape[0]
    acc = np.zeros((hs.shape[1], grad_oa.shape[1]))
    for i in range(hs.shape[0]):
        for j in range(hs.shape[1]):
            acc[j] += hs[i, j] * grad_oa[i]
    return acc / hs.shape[0]


def grad_hs(grad_oa, W2, loop=LOOP):
    if not loop:
        return np.dot(grad_oa, W2.T)
    acc = np.zeros((grad_oa.shape[0], W2.shape[0]))
    for i in range(acc.shape[0]):
        for j in range(acc.shape[1]):
            acc[i, j] = np.dot(grad_oa[i], W2[j])
    return acc


def grad_ha(grad_hs, ha, loop=LOOP):
    if not loop:
        return grad_hs * (ha > 0)
    acc = grad_hs.copy()
    for i, j in np.ndindex(ha.shape):
        if not ha[i, j] > 0:
            acc[i, j] = 0
    return acc


def grad_b1(grad_ha, loop=LOOP):
    return grad_b2(grad_ha, loop)


def grad_W1(grad_ha, X, loop=LOOP):
    return grad_W2(grad_ha, X, loop)


def grad_x(grad_ha, W1, loop=LOOP):
    return grad_hs(grad_ha, W1, loop)
