# -*- coding: utf-8 -*-
# Devoir 3, partie pratique : mini-lots, un exemple par ligne
import numpy as np


def onehot(y, m):
    T = np.zeros((len(y), m))
    T[np.arange(len(y)), y] = 1
    return T


def grad_oa(os, y):
    # un gradient par exemple, on fait la moyenne plus tard
    return os - onehot(y, os.shape[1])


def grad_b2(grad_oa):
    # moyenne sur le lot
    return np.mean(grad_oa, axis=0)


def grad_W2(grad_oa, hs):
    n = hs.shape[0]
    return np.dot(hs.T, grad_oa) / n


def grad_hs(grad_oa, W2):
    return np.dot(grad_oa, W2.T)


def grad_ha(grad_hs, ha):
    # derivee du rectifieur : 1 si ha > 0, sinon 0
    return grad_hs * (ha > 0)


def grad_b1(grad_hs):
    return np.mean(grad_hs, axis=0)


def grad_W1(grad_ha, X):
    n = X.shape[0]
    return np.dot(X.T, grad_ha) / n


def grad_x(grad_ha, W1):
    return np.dot(grad_ha, W1.T)
