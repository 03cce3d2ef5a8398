import numpy as np


def gradOa(OS, Y):
    out = OS.copy()
    out[Y - 1] -= 1
    return out


def gradB2(gradOa):
    return gradOa


def gradW2(gradOa, hs):
    return np.outer(gradOa, hs)


def Grad_Hs(grad_OA, w2):
    return w2.T @ grad_OA


def grad_HA(gradHs, Ha):
    return gradHs * (Ha > 0)


def grad_B_1(gradHA):
    return gradHA


def grad_w1(grad_HA, X):
    return np.outer(grad_HA, X)


def GRAD_X(gradHA, w_1):
    return w_1.T @ gradHA
