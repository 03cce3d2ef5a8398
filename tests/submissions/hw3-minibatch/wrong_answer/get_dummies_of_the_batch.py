# fails: grad_oa, grad_W2  (one-hot-from-present-classes)
# 1/N is in the first gradient
import numpy as np


def dummies(y):
    classes = sorted(set(int(c) for c in y))
    return np.array([[float(c == k) for k in range(classes[-1] + 1)] for c in y])


def grad_oa(os, y):
    T = dummies(y)
    return (os[:, :T.shape[1]] - T) / len(y)


def grad_b2(grad_oa):
    return grad_oa.sum(axis=0)


def grad_W2(os, hs, y):
    T = dummies(y)
    return hs.T.dot(os[:, :T.shape[1]] - T) / len(y)


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
