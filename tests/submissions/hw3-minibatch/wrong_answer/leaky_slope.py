# fails: grad_ha  (wrong-activation-derivative)
import numpy as np


def grad_oa(os, y):
    n, m = os.shape
    g = np.zeros((n, m))
    for i in range(n):
        for k in range(m):
            g[i, k] = (os[i, k] - (1 if y[i] == k else 0)) / n
    return g


def grad_b2(grad_oa):
    g = np.zeros(grad_oa.shape[1])
    for row in grad_oa:
        g += row
    return g


def grad_W2(grad_oa, hs):
    g = np.zeros((hs.shape[1], grad_oa.shape[1]))
    for i in range(len(hs)):
        g += np.outer(hs[i], grad_oa[i])
    return g


def grad_hs(grad_oa, W2):
    g = np.zeros((len(grad_oa), len(W2)))
    for i in range(len(grad_oa)):
        g[i] = W2.dot(grad_oa[i])
    return g


def grad_ha(grad_hs, ha):
    g = grad_hs.copy()
    for i, j in zip(*np.nonzero(ha < 0)):
        g[i, j] *= 0.01
    g[ha == 0] = 0
    return g


def grad_b1(grad_ha):
    g = np.zeros(grad_ha.shape[1])
    for row in grad_ha:
        g += row
    return g


def grad_W1(grad_ha, X):
    g = np.zeros((X.shape[1], grad_ha.shape[1]))
    for i in range(len(X)):
        g += np.outer(X[i], grad_ha[i])
    return g


def grad_x(grad_ha, W1):
    g = np.zeros((len(grad_ha), len(W1)))
    for i in range(len(grad_ha)):
        g[i] = W1.dot(grad_ha[i])
    return g
