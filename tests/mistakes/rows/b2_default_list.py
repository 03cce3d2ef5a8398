# -*- coding: utf-8 -*-
import numpy as np

# on calcule le gradient exemple par exemple, on empile, puis on prend la moyenne


def grad_oa(os, y):
    lignes = []
    for i in range(len(y)):
        e = np.zeros(os.shape[1])
        e[y[i]] = 1
        lignes.append(os[i] - e)
    return np.stack(lignes)


def grad_b2(grad_oa, lignes=[]):
    for g in grad_oa:
        lignes.append(g)
    return np.stack(lignes).mean(axis=0)


def grad_W2(grad_oa, hs):
    par_exemple = np.stack([np.outer(h, g) for h, g in zip(hs, grad_oa)])
    return par_exemple.mean(axis=0)


def grad_hs(grad_oa, W2):
    return np.stack([np.dot(W2, g) for g in grad_oa])


def grad_ha(grad_hs, ha):
    return np.stack([g * (a > 0) for g, a in zip(grad_hs, ha)])


def grad_b1(grad_ha):
    return np.stack([g for g in grad_ha]).mean(axis=0)


def grad_W1(grad_ha, x):
    par_exemple = np.stack([np.outer(xi, g) for xi, g in zip(x, grad_ha)])
    return par_exemple.mean(axis=0)


def grad_x(grad_ha, W1):
    return np.stack([np.dot(W1, g) for g in grad_ha])
