# fails: grad_oa, grad_b2, grad_W2, grad_hs, grad_ha, grad_b1, grad_W1, grad_x  (python2-syntax)
import numpy as np


def grad_oa(os, y):
    onehot = np.zeros(os.shape)
    onehot[y - 1] = 1
    return os - onehot


def grad_b2(grad_oa):
    return grad_oa


def grad_W2(grad_oa, hs):
    return np.outer(grad_oa, hs)


def grad_hs(grad_oa, W2):
    return np.dot(W2.T, grad_oa)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)


def grad_b1(grad_ha):
    return grad_ha


def grad_W1(grad_ha, x):
    return np.outer(grad_ha, x)


def grad_x(grad_ha, W1):
    return np.dot(W1.T, grad_ha)


for f in (grad_oa, grad_b2):
    print "ok", f.__name__
