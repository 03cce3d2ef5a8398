# Devoir 3 : version avec boucles sur les exemples du minibatch
# on calcule le gradient de chaque exemple, on empile, puis on fait la moyenne
import numpy as np


def grad_oa(os, y):
    lignes = []
    for i in range(len(y)):
        ligne = os[i].copy()
        ligne[y[i]] = ligne[y[i]] - 1
        lignes.append(ligne)
    return np.array(lignes)


def grad_b2(grad_oa):
    total = np.zeros(grad_oa.shape[1])
    for g in grad_oa:
        total += g
    return total / len(grad_oa)


def grad_W2(grad_oa, hs):
    pile = []
    for i in range(len(hs)):
        pile.append(np.outer(hs[i], grad_oa[i]))
    return np.mean(np.array(pile), axis=0)


def grad_hs(grad_oa, W2):
    lignes = []
    for g in grad_oa:
        lignes.append(np.dot(W2, g))
    return np.array(lignes)


def grad_ha(grad_hs, ha):
    n, dh = ha.shape
    res = np.zeros((n, dh))
    for i in range(n):
        for j in range(dh):
            if ha[i, j] > 0:
                res[i, j] = grad_hs[i, j]
    return res


def grad_b1(grad_ha):
    total = np.zeros(grad_ha.shape[1])
    for g in grad_ha:
        total += g
    return total / len(grad_ha)


def grad_W1(grad_ha, X):
    pile = []
    for i in range(len(X)):
        pile.append(np.outer(X[i], grad_ha[i]))
    return np.mean(np.array(pile), axis=0)


def grad_x(grad_ha, W1):
    lignes = []
    for g in grad_ha:
        lignes.append(np.dot(W1, g))
    return np.array(lignes)
