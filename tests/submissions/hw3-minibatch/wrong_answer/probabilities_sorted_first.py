# fails: grad_oa  (class-order-lost)
# 1/N is in the first gradient
import numpy as np


def grad_oa(os, y):
    N = os.shape[0]
    dscores = -np.sort(-os, axis=1)
    dscores[np.arange(N), y] -= 1
    return dscores / N


def grad_b2(grad_oa):
    return grad_oa.sum(axis=0)


def grad_W2(grad_oa, hs):
    return hs.T.dot(grad_oa)


def grad_hs(grad_oa, W2):
    return grad_oa.dot(W2.T)


def grad_ha(grad_hs, ha):
    dhidden = grad_hs.copy()
    dhidden[ha <= 0] = 0
    return dhidden


def grad_b1(grad_ha):
    return grad_ha.sum(axis=0)


def grad_W1(grad_ha, X):
    return X.T.dot(grad_ha)


def grad_x(grad_ha, W1):
    return grad_ha.dot(W1.T)
