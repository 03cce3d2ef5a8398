# TP gradients - version sans (presque) numpy, avec des listes
import numpy as np


def grad_oa(os, y):
    return np.array([p - 1.0 if k == y else p for k, p in enumerate(os)])


def grad_b2(grad_oa):
    return np.array([g for g in grad_oa])


def grad_W2(grad_oa, hs):
    # une ligne par classe
    return np.array([[g * h for h in hs] for g in grad_oa])


def grad_hs(grad_oa, W2):
    return np.array([sum(g * w for g, w in zip(grad_oa, colonne)) for colonne in zip(*W2)])


def grad_ha(grad_hs, ha):
    return np.array([g if a > 0 else 0.0 for g, a in zip(grad_hs, ha)])


def grad_b1(grad_ha):
    return np.array([g for g in grad_ha])


def grad_W1(grad_ha, x):
    return np.array([[g * xi for xi in x] for g in grad_ha])


def grad_x(grad_ha, W1):
    return np.array([sum(g * w for g, w in zip(grad_ha, colonne)) for colonne in zip(*W1)])
