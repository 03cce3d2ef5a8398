# fails: grad_oa, grad_b2  (unstable-softmax)
import numpy as np


def moyenne(liste):
    return np.sum(liste, axis=0) / len(liste)


def probabilites(X, W1, b1, W2, b2):
    scores = np.maximum(X.dot(W1) + b1, 0).dot(W2) + b2
    return np.exp(scores - np.log(np.exp(scores).sum(axis=1, keepdims=True)))


def grad_oa(X, y, W1, b1, W2, b2):
    p = probabilites(X, W1, b1, W2, b2)
    p[range(len(y)), y] -= 1
    return p


def grad_b2(X, y, W1, b1, W2, b2):
    p = probabilites(X, W1, b1, W2, b2)
    p[range(len(y)), y] -= 1
    return moyenne(p)


def grad_W2(grad_oa, hs):
    return moyenne([np.outer(h, g) for h, g in zip(hs, grad_oa)])


def grad_hs(grad_oa, W2):
    return np.stack([np.matmul(W2, g) for g in grad_oa])


def grad_ha(grad_hs, ha):
    return np.stack([np.multiply(g, a > 0) for g, a in zip(grad_hs, ha)])


def grad_b1(grad_ha):
    return moyenne(grad_ha)


def grad_W1(grad_ha, X):
    return moyenne([np.outer(v, g) for v, g in zip(X, grad_ha)])


def grad_x(grad_ha, W1):
    return np.stack([np.matmul(W1, g) for g in grad_ha])
