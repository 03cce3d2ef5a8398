# fails: grad_hs  (missing-transpose)
import numpy as np


def un_parmi_m(y, m):
    """vecteur indicateur, étiquettes 1..m"""
    e = np.zeros(m)
    e[y - 1] = 1.
    return e


def grad_oa(os, y):
    """sortie moins cible"""
    return os - un_parmi_m(y, os.size)


def grad_b2(grad_oa):
    return grad_oa


def grad_W2(grad_oa, hs):
    """produit externe, (m, dh)"""
    return np.outer(grad_oa, hs)


def grad_hs(grad_oa, W2):
    return np.dot(W2, grad_oa.reshape((1, -1)))


def grad_ha(grad_hs, ha):
    """la dérivée du rectificateur est 1 si ha > 0, sinon 0"""
    return grad_hs * (ha > 0)


def grad_b1(grad_ha):
    return grad_ha


def grad_W1(grad_ha, x):
    """produit externe, (dh, d)"""
    return np.outer(grad_ha, x)


def grad_x(grad_ha, W1):
    return np.dot(W1.T, grad_ha)
