# fails: grad_b2, grad_b1  (divides-by-wrong-count)
import numpy as np


def moyenne(liste):
    return np.sum(liste, axis=0) / len(liste)


def grad_oa(os, y):
    lignes = []
    for sortie, etiquette in zip(os, y):
        e = np.zeros_like(sortie)
        e[etiquette] = 1
        lignes.append(sortie - e)
    return np.stack(lignes)


def grad_b2(grad_oa):
    return np.sum(grad_oa, axis=0) / (len(grad_oa) + 1)


def grad_W2(grad_oa, hs):
    return moyenne([np.outer(h, g) for h, g in zip(hs, grad_oa)])


def grad_hs(grad_oa, W2):
    return np.stack([np.matmul(W2, g) for g in grad_oa])


def grad_ha(grad_hs, ha):
    return np.stack([np.multiply(g, a > 0) for g, a in zip(grad_hs, ha)])


def grad_b1(grad_ha):
    return np.sum(grad_ha, axis=0) / (len(grad_ha) + 1)


def grad_W1(grad_ha, X):
    return moyenne([np.outer(v, g) for v, g in zip(X, grad_ha)])


def grad_x(grad_ha, W1):
    return np.stack([np.matmul(W1, g) for g in grad_ha])
