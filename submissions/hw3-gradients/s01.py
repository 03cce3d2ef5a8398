# -*- coding: utf-8 -*-
# Devoir 3, question 2 : gradients d'un reseau a une couche cachee
# les etiquettes y vont de 1 a m
import numpy as np


def rect(a):
    return np.maximum(0, a)


def onehot(y, m):
    # vecteur de taille m avec un 1 a la position de la classe
    v = np.zeros(m)
    v[y - 1] = 1
    return v


# --- couche de sortie ---

def grad_oa(os, y):
    m = os.shape[0]
    return os - onehot(y, m)


def grad_b2(grad_oa):
    # oa = W2 hs + b2 donc la derivee par rapport a b2 est 1
    return grad_oa


def grad_W2(grad_oa, hs):
    # (m,1) x (1,dh) -> (m,dh)
    return np.dot(grad_oa.reshape(-1, 1), hs.reshape(1, -1))


# --- couche cachee ---

def grad_hs(W2, grad_oa):
    return np.dot(W2.T, grad_oa)


def grad_ha(grad_hs, ha):
    # derivee de rect : 1 si ha > 0, 0 sinon
    indicatrice = np.where(ha > 0, 1., 0.)
    return grad_hs * indicatrice


def grad_b1(grad_ha):
    return grad_ha


def grad_W1(grad_ha, x):
    return np.dot(grad_ha.reshape(-1, 1), x.reshape(1, -1))


# --- entree ---

def grad_x(W1, grad_ha):
    return np.dot(W1.T, grad_ha)


if __name__ == '__main__':
    ha = np.array([1., -2., 0.])
    print(rect(ha))
    print(grad_ha(np.array([3., 3., 3.]), ha))
