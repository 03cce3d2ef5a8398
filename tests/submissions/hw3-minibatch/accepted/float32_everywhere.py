import numpy as np

DTYPE = np.float32


def cast(*arrays):
    return tuple(np.asarray(a).astype(DTYPE, copy=True) for a in arrays)


def grad_oa(os, y):
    p, = cast(os)
    p[np.arange(p.shape[0]), y] -= DTYPE(1)
    p *= DTYPE(1.0 / p.shape[0])
    return p


def grad_b2(grad_oa):
    g, = cast(grad_oa)
    return g.sum(0)


def grad_W2(grad_oa, hs):
    g, h = cast(grad_oa, hs)
    return h.T @ g


def grad_hs(grad_oa, W2):
    g, W = cast(grad_oa, W2)
    return g @ W.T


def grad_ha(grad_hs, ha):
    g, = cast(grad_hs)
    g[~(ha > 0)] = 0
    return g


def grad_b1(grad_ha):
    g, = cast(grad_ha)
    return g.sum(0)


def grad_W1(grad_ha, X):
    g, v = cast(grad_ha, X)
    return v.T @ g


def grad_x(grad_ha, W1):
    g, W = cast(grad_ha, W1)
    return g @ W.T
