import numpy as np


def grad_oa(p, t):
    q = p.copy()
    q[t - 1] -= 1.0
    return q


def grad_b2(delta):
    return delta


def grad_W2(delta, act):
    return np.outer(delta, act)


def grad_hs(delta, poids):
    return poids.T @ delta


def grad_ha(signal, pre):
    return signal * (pre > 0)


def grad_b1(erreur):
    return erreur


def grad_W1(erreur, entree):
    return np.outer(erreur, entree)


def grad_x(erreur, poids):
    return poids.T @ erreur
