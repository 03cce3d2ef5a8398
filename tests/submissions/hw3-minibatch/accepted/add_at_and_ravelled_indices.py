import numpy as np


def grad_oa(os, y):
    n, m = os.shape
    out = os.ravel().copy()
    np.add.at(out, np.ravel_multi_index((np.arange(n), y), (n, m)), -1.0)
    return np.true_divide(out.reshape(n, m), n)


def grad_b2(grad_oa):
    return np.add.reduce(grad_oa, axis=0)


def grad_W2(grad_oa, hs):
    G = np.zeros((hs.shape[1], grad_oa.shape[1]))
    for h_row, g_row in zip(hs, grad_oa):
        np.add(G, np.multiply.outer(h_row, g_row), out=G)
    return G


def grad_hs(grad_oa, W2):
    return np.inner(grad_oa, W2)


def grad_ha(grad_hs, ha):
    out = np.zeros(ha.shape)
    np.copyto(out, grad_hs, where=ha > 0)
    return out


def grad_b1(grad_ha):
    return np.add.reduce(grad_ha, axis=0)


def grad_W1(grad_ha, X):
    G = np.zeros((X.shape[1], grad_ha.shape[1]))
    for x_row, g_row in zip(X, grad_ha):
        np.add(G, np.multiply.outer(x_row, g_row), out=G)
    return G


def grad_x(grad_ha, W1):
    return np.inner(grad_ha, W1)
