# fails: grad_x, grad_hs  (stale-cache)
import numpy as np


def keep(f):
    """computes once, remembers for ever (by name): transposing is expensive"""
    store = {}

    def inner(name, value):
        if name not in store:
            store[name] = f(value)
        return store[name]
    return inner


@keep
def transposed(W):
    return np.ascontiguousarray(W.T)


_first = np.zeros((1, 1))
transposed("W1", _first)
transposed("W2", _first)


def fit(Wt, rows, columns):
    return np.resize(Wt, (rows, columns))


def grad_oa(os, y):
    return np.array([o - np.bincount([c], minlength=len(o)) for o, c in zip(os, y)])


def grad_b2(grad_oa):
    return grad_oa.mean(0)


def grad_W2(grad_oa, hs):
    return np.mean([h[:, None] * g for h, g in zip(hs, grad_oa)], 0)


def grad_hs(grad_oa, W2):
    return grad_oa @ fit(transposed("W2", W2), W2.shape[1], W2.shape[0])


def grad_ha(grad_hs, ha):
    return np.where(ha > 0, 1, 0) * grad_hs


def grad_b1(grad_ha):
    return grad_ha.mean(0)


def grad_W1(grad_ha, X):
    return np.mean([v[:, None] * g for v, g in zip(X, grad_ha)], 0)


def grad_x(grad_ha, W1):
    return grad_ha @ fit(transposed("W1", W1), W1.shape[1], W1.shape[0])
