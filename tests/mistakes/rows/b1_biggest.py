import numpy as np


def delta_out(os, y):
    """dJ/doa, J being the mean loss of the minibatch"""
    n, m = os.shape
    labels = np.zeros((n, m))
    for i in range(n):
        labels[i, y[i]] = 1
    return (os - labels) / n


def grad_oa(os, y):
    return delta_out(os, y)


def grad_b2(os, y):
    return delta_out(os, y).sum(axis=0)


def grad_W2(os, y, hs):
    return hs.T @ delta_out(os, y)


def grad_hs(os, y, W2):
    return delta_out(os, y) @ W2.T


def grad_ha(grad_hs, ha):
    return grad_hs * np.where(ha > 0, 1, 0)


def grad_b1(grad_hs, ha):
    return grad_ha(grad_hs, ha).max(axis=0)


def grad_W1(grad_hs, ha, X):
    return X.T @ grad_ha(grad_hs, ha)


def grad_x(grad_hs, ha, W1):
    return grad_ha(grad_hs, ha) @ W1.T
