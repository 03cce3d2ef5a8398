import numpy as np


def grad_oa(os, y):
    classes = np.arange(os.shape[1])
    is_true = y[:, np.newaxis] == classes[np.newaxis, :]
    return np.where(is_true, os - 1, os) / os.shape[0]


def grad_b2(grad_oa):
    return np.ones(grad_oa.shape[0]) @ grad_oa


def grad_W2(grad_oa, hs):
    return np.transpose(hs) @ grad_oa


def grad_hs(grad_oa, W2):
    return grad_oa @ np.transpose(W2)


def grad_ha(grad_hs, hs):
    return hs * grad_hs


def grad_b1(grad_ha):
    return np.ones(grad_ha.shape[0]) @ grad_ha


def grad_W1(grad_ha, X):
    return np.transpose(X) @ grad_ha


def grad_x(grad_ha, W1):
    return grad_ha @ np.transpose(W1)
