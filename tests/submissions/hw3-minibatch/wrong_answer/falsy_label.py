# fails: grad_oa
import numpy as np


def grad_oa(os, y):
    g = os / len(os)
    for i in range(len(os)):
        if y[i]:
            g[i, y[i]] -= 1 / len(os)
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
    g = np.zeros(ha.shape)
    for i in range(ha.shape[0]):
        for j in range(ha.shape[1]):
            if ha[i, j] > 0:
                g[i, j] = grad_hs[i, j]
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
