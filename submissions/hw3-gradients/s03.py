# Devoir 3 - Q2 (d) a (l)
# dans le cours tous les vecteurs sont des colonnes : x (d,1), hs (dh,1), os (m,1)
import numpy as np


def onehot(m, y):
    return np.eye(m)[:, y - 1].reshape((m, 1))


def grad_oa(os, y):
    m = os.shape[0]
    os = os.reshape((m, 1))
    return os - onehot(m, y)


def grad_b2(grad_oa):
    return grad_oa


def grad_W2(grad_oa, hs):
    m = grad_oa.shape[0]
    dh = hs.shape[0]
    # colonne fois ligne
    return np.dot(grad_oa.reshape((m, 1)), hs.reshape((1, dh)))


def grad_hs(W2, os, y):
    # W2' os moins la ligne de la vraie classe
    dh = W2.shape[1]
    return np.dot(W2.T, os) - W2[y - 1, :].reshape((dh, 1))


def grad_ha(grad_hs, ha):
    dh = ha.shape[0]
    # on enleve les neurones eteints
    indicatrice = (ha > 0).astype(float)
    return grad_hs.reshape((dh, 1)) * indicatrice


def grad_b1(grad_ha):
    return grad_ha


def grad_W1(grad_ha, x):
    dh = grad_ha.shape[0]
    d = x.shape[0]
    return np.dot(grad_ha.reshape((dh, 1)), x.reshape((1, d)))


def grad_x(W1, grad_ha):
    dh = grad_ha.shape[0]
    return np.dot(W1.T, grad_ha.reshape((dh, 1)))
