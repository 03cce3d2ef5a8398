"""
Devoir 3 - calcul des gradients
Reseau : x -> ha -> hs -> oa -> os
"""
import numpy as np


def one_hot(y, m):
    """Retourne le vecteur onehot_m(y), y commence a 1."""
    resultat = np.zeroes(m)
    resultat[y - 1] = 1
    return resultat


def relu_prime(a):
    """1 quand a est strictement positif"""
    return (a > 0) * 1.0


def grad_oa(os, y):
    """dL/doa, taille (m,)"""
    m = len(os)
    return os - one_hot(y, m)


def grad_b2(grad_oa):
    """dL/db2, taille (m,)"""
    return grad_oa


def grad_W2(os, hs, y):
    """dL/dW2, taille (m, dh)"""
    m = len(os)
    delta = os - one_hot(y, m)
    return np.outer(delta, hs)


def grad_hs(grad_oa, W2):
    """dL/dhs, taille (dh,)"""
    return W2.T.dot(grad_oa)


def grad_ha(grad_hs, ha):
    """dL/dha, taille (dh,)"""
    return grad_hs * relu_prime(ha)


def grad_b1(grad_ha):
    """dL/db1, taille (dh,)"""
    return grad_ha


def grad_W1(grad_ha, x):
    """dL/dW1, taille (dh, d)"""
    return np.outer(grad_ha, x)


def grad_x(grad_ha, W1):
    """dL/dx, taille (d,)"""
    return W1.T.dot(grad_ha)
