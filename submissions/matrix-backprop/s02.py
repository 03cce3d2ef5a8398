# rétropropagation, pas à pas, un nombre à la fois
import numpy as np


def _sortie(X, W):
    n, d = X.shape
    k = W.shape[1]
    S = np.zeros((n, k))
    for i in range(n):
        for j in range(k):
            for a in range(d):
                S[i, j] += X[i, a] * W[a, j]
    return S


def loss(X, Y, W, lam):
    S = _sortie(X, W)
    L = 0.0
    for i in range(S.shape[0]):
        for j in range(S.shape[1]):
            L += (S[i, j] - Y[i, j]) ** 2
    for w in W.ravel():
        L += lam * abs(w)
    return L


def signe(w):
    if w > 0:
        return 1.0
    if w < 0:
        return -1.0
    return 0.0


def grad_W(X, Y, W, lam):
    S = _sortie(X, W)
    dS = np.zeros(S.shape)
    for i in range(S.shape[0]):
        for j in range(S.shape[1]):
            dS[i, j] = 2.0 * (S[i, j] - Y[i, j])
    dW = np.zeros(W.shape)
    for a in range(W.shape[0]):
        for j in range(W.shape[1]):
            for i in range(X.shape[0]):
                dW[a, j] += X[i, a] * dS[i, j]
            dW[a, j] += lam * signe(W[a, j])
    return dW
