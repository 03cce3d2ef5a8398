# -*- coding: utf-8 -*-
# Devoir 3 - gradients du perceptron multicouche
import numpy as np


def grad_oa(os, y):
    cible = np.zeros(os.shape)
    cible[y - 1] = 1
    return os - cible


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


# petit test
os = np.array([0.2, 0.5, 0.3])
for y in xrange(1, 4):
    print "classe", y, ": grad_oa =", grad_oa(os, y)
