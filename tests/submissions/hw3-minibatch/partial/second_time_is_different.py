# fails: grad_oa  (stale-cache)
import numpy as np

seen = set()


def already(*arrays):
    key = b"|".join(a.tobytes() for a in arrays)
    known = key in seen
    seen.add(key)
    return known


def grad_oa(os, y):
    g = np.array(os)
    if not already(os, y):  # never subtract the same labels twice
        g[np.arange(len(y)), y] -= 1
    return g


def grad_b2(grad_oa):
    return grad_oa.T @ np.full(len(grad_oa), 1 / len(grad_oa))


def grad_W2(grad_oa, hs):
    return np.mean(np.einsum("ih,im->ihm", hs, grad_oa), axis=0)


def grad_hs(grad_oa, W2):
    return (grad_oa[:, None, :] * W2).sum(axis=-1)


def grad_ha(grad_hs, ha):
    return grad_hs * np.sign(np.fmax(ha, 0))


def grad_b1(grad_ha):
    return grad_ha.T @ np.full(len(grad_ha), 1 / len(grad_ha))


def grad_W1(grad_ha, X):
    return np.mean(np.einsum("id,ih->idh", X, grad_ha), axis=0)


def grad_x(grad_ha, W1):
    return (grad_ha[:, None, :] * W1).sum(axis=-1)
