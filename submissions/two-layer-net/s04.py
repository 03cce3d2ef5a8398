"""Devoir : réseau à deux couches. Pas fini, la rétropropagation s'arrête à la couche cachée."""
import numpy as np


def z2(X, W1, b1):
    return X.dot(W1) + b1


def a2(z2):
    return np.maximum(0., z2)


def z3(a2, W2, b2):
    return a2.dot(W2) + b2


def J(z3, y, W1, W2, lam):
    # softmax stable : on enlève le max de chaque ligne
    maxi = z3.max(axis=1)
    log_somme = maxi + np.log(np.exp(z3 - maxi.reshape(-1, 1)).sum(axis=1))
    perte = np.mean(log_somme - z3[np.arange(len(y)), y])
    return perte + lam * ((W1 ** 2).sum() + (W2 ** 2).sum())


def grad_z3(p3, y):
    delta = np.zeros_like(p3)
    delta[np.arange(len(y)), y] = 1
    return (p3 - delta) / len(y)


def grad_W2(a2, grad_z3, W2, lam):
    return a2.T.dot(grad_z3) + 2 * lam * W2


def grad_b2(grad_z3):
    return grad_z3.sum(axis=0)


def grad_a2(grad_z3, W2):
    return grad_z3.dot(W2.T)


def grad_z2(grad_a2, z2):
    # dJ/dz2 = dJ/da2 * da2/dz2 = ...
    pass


def grad_W1(X, grad_z2, W1, lam):
    raise NotImplementedError
