# devoir 3 partie 3 (remis en retard, desole)
import numpy as np


def un_parmi_m(y, m):
    # une ligne de l'identite par exemple
    return np.eye(m)[y - 1]


def grad_oa(os, y):
    g = os - un_parmi_m(y, os.shape[1])
    print('grad_oa', g.shape)
    return g


def grad_b2(grad_oa):
    n = grad_oa.shape[0]
    return np.sum(grad_oa) / n


def grad_W2(grad_oa, hs):
    n = grad_oa.shape[0]
    g = np.dot(hs.T, grad_oa) / n
    print('grad_W2', g.shape)
    return g


def grad_hs(grad_oa, W2):
    return np.dot(grad_oa, W2.T)


def grad_ha(grad_hs, ha):
    g = grad_hs.copy()
    g[ha <= 0] = 0
    return g


def grad_b1(grad_ha):
    n = grad_ha.shape[0]
    return np.sum(grad_ha) / n


def grad_W1(grad_ha, X):
    n = grad_ha.shape[0]
    g = np.dot(X.T, grad_ha) / n
    print('grad_W1', g.shape)
    return g
