import numpy as np


def softmax(scores):
    shifted = scores - np.max(scores)
    e = np.exp(shifted)
    return e / np.sum(e, axis=1, keepdims=True)


def grad_oa(oa, y):
    p = softmax(oa)
    p[np.arange(oa.shape[0]), y] -= 1
    return p / oa.shape[0]


def grad_b2(grad_oa):
    return np.sum(grad_oa, axis=0, keepdims=True)


def grad_W2(grad_oa, hs):
    return np.dot(hs.T, grad_oa)


def grad_hs(grad_oa, W2):
    return np.dot(grad_oa, W2.T)


def grad_ha(grad_hs, X, W1, b1):
    z = np.dot(X, W1) + b1
    return grad_hs * (z > 0)


def grad_b1(grad_ha):
    return np.sum(grad_ha, axis=0, keepdims=True)


def grad_W1(grad_ha, X):
    return np.dot(X.T, grad_ha)


def grad_x(grad_ha, W1):
    return np.dot(grad_ha, W1.T)
