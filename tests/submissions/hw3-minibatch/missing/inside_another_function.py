# fails: grad_hs, grad_ha, grad_x
import numpy as np


def grad_oa(os, y):
    return os - np.eye(os.shape[1])[y]


def grad_b2(grad_oa):
    return grad_oa.mean(axis=0)


def grad_W2(grad_oa, hs):
    def grad_hs(W2):
        return grad_oa @ W2.T

    def grad_ha(ha, W2):
        return grad_hs(W2) * (ha > 0)

    return np.moveaxis(hs, 0, 1) @ grad_oa / len(hs)


def grad_b1(grad_ha):
    return grad_ha.mean(axis=0)


def grad_W1(grad_ha, X):
    def grad_x(W1):
        return grad_ha @ W1.T

    return np.moveaxis(X, 0, 1) @ grad_ha / len(X)
