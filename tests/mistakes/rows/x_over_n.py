import numpy as np


def grad_oa(os, y):
    n = os.shape[0]
    m = os.shape[1]
    g = np.zeros((n, m))
    for i in range(n):
        for k in range(m):
            indicator = 1 if y[i] == k else 0
            g[i][k] = (os[i][k] - indicator) / n
    return g


def grad_b2(grad_oa):
    n, m = grad_oa.shape
    g = np.zeros(m)
    for k in range(m):
        for i in range(n):
            g[k] += grad_oa[i][k]
    return g


def grad_W2(grad_oa, hs):
    n, m = grad_oa.shape
    dh = hs.shape[1]
    g = np.zeros((dh, m))
    for i in range(n):
        for j in range(dh):
            for k in range(m):
                g[j][k] += hs[i][j] * grad_oa[i][k]
    return g


def grad_hs(grad_oa, W2):
    n, m = grad_oa.shape
    dh = W2.shape[0]
    g = np.zeros((n, dh))
    for i in range(n):
        for j in range(dh):
            for k in range(m):
                g[i][j] += grad_oa[i][k] * W2[j][k]
    return g


def grad_ha(grad_hs, ha):
    n, dh = ha.shape
    g = np.zeros((n, dh))
    for i in range(n):
        for j in range(dh):
            g[i][j] = grad_hs[i][j] if ha[i][j] > 0 else 0
    return g


def grad_b1(grad_ha):
    n, dh = grad_ha.shape
    g = np.zeros(dh)
    for j in range(dh):
        for i in range(n):
            g[j] += grad_ha[i][j]
    return g


def grad_W1(grad_ha, X):
    n, dh = grad_ha.shape
    d = X.shape[1]
    g = np.zeros((d, dh))
    for i in range(n):
        for p in range(d):
            for j in range(dh):
                g[p][j] += X[i][p] * grad_ha[i][j]
    return g


def grad_x(grad_ha, W1):
    n, dh = grad_ha.shape
    d = W1.shape[0]
    g = np.zeros((n, d))
    for i in range(n):
        for p in range(d):
            for j in range(dh):
                g[i][p] += grad_ha[i][j] * W1[p][j] / n
    return g
