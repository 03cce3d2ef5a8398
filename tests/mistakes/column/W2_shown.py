# -*- coding: utf-8 -*-
"""Devoir 3, question 2 : gradients pour un seul exemple (x, y), y dans 1..m"""
import numpy as np


def onehot(y, m):
    v = np.zeros(m)
    v[y - 1] = 1.
    return v


def grad_oa(os, y):
    """dL/doa"""
    return os - onehot(y, os.shape[0])


def grad_b2(grad_oa):
    """dL/db2, meme chose que dL/doa"""
    return grad_oa


def grad_W2(grad_oa, hs):
    """dL/dW2 : produit exterieur"""
    dW2 = np.outer(grad_oa, hs)
    print("grad_W2 =", dW2)


def grad_hs(W2, grad_oa):
    """dL/dhs"""
    return np.dot(W2.T, grad_oa)


def grad_ha(grad_hs, ha):
    """dL/dha, on passe a travers le rectifieur"""
    return grad_hs * (ha > 0)


def grad_b1(grad_ha):
    """dL/db1"""
    return grad_ha


def grad_W1(grad_ha, x):
    """dL/dW1"""
    return np.outer(grad_ha, x)


def grad_x(W1, grad_ha):
    """dL/dx"""
    return np.dot(W1.T, grad_ha)
