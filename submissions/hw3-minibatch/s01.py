# -*- coding: utf-8 -*-
# Devoir 3, partie pratique : gradients par minibatch
# une ligne de X = un exemple, les classes commencent a 0
import numpy as np


def onehot(y, m):
    sortie = np.zeros((y.shape[0], m))
    sortie[np.arange(y.shape[0]), y] = 1
    return sortie


def grad_oa(os, y):
    # un gradient par exemple (une ligne chacun)
    m = os.shape[1]
    return os - onehot(y, m)


def grad_b2(grad_oa):
    # moyenne sur le minibatch
    return np.mean(grad_oa, axis=0)


def grad_W2(hs, grad_oa):
    K = grad_oa.shape[0]
    return np.dot(hs.T, grad_oa) / K


def grad_hs(grad_oa, W2):
    return np.dot(grad_oa, W2.T)


def grad_ha(grad_hs, ha):
    # indicatrice de ha > 0, element par element
    return np.multiply(grad_hs, ha > 0)


def grad_b1(grad_ha):
    return np.mean(grad_ha, axis=0)


def grad_W1(X, grad_ha):
    K = grad_ha.shape[0]
    return np.dot(X.T, grad_ha) / K


def grad_x(grad_ha, W1):
    return np.dot(grad_ha, W1.T)
