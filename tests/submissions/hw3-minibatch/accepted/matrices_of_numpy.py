import numpy as np

M = np.asmatrix


def grad_oa(os, y):
    T = M(np.zeros(os.shape))
    T[range(len(y)), y] = 1
    return (M(os) - T) / len(y)


def grad_b2(grad_oa):
    return M(grad_oa).sum(axis=0)


def grad_W2(grad_oa, hs):
    return M(hs).T * M(grad_oa)


def grad_hs(grad_oa, W2):
    return M(grad_oa) * M(W2).T


def grad_ha(grad_hs, ha):
    return M(np.asarray(grad_hs) * np.asarray(ha > 0))


def grad_b1(grad_ha):
    return M(grad_ha).sum(axis=0)


def grad_W1(grad_ha, X):
    return M(X).T * M(grad_ha)


def grad_x(grad_ha, W1):
    return M(grad_ha) * M(W1).T
