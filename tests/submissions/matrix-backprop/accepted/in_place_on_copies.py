import numpy as np


def loss(X, Y, W, lam):
    E = X @ W
    E -= Y
    E *= E
    V = W.copy()
    V[V < 0] *= -1
    return E.sum() + lam * V.sum()


def grad_W(X, Y, W, lam):
    S = W.copy()
    S[S > 0] = 1
    S[S < 0] = -1
    S *= lam
    E = X @ W
    E -= Y
    S += X.T @ E
    S += X.T @ E
    return S
