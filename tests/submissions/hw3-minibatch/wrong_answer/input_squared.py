# fails: grad_W1  (extra-factor)
import numpy as np


def grad_oa(os, y):
    """un gradient par exemple, la moyenne vient plus tard"""
    cible = np.eye(os.shape[1])[y]
    return os - cible


def grad_b2(grad_oa):
    return np.mean(grad_oa, axis=0)


def grad_W2(grad_oa, hs):
    taille = len(hs)
    return np.dot(hs.T, grad_oa) / taille


def grad_hs(grad_oa, W2):
    return np.dot(grad_oa, W2.T)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)


def grad_b1(grad_ha):
    return np.mean(grad_ha, axis=0)


def grad_W1(grad_ha, X):
    taille = len(X)
    return np.dot((X ** 2).T, grad_ha) / taille


def grad_x(grad_ha, W1):
    return np.dot(grad_ha, W1.T)
