import numpy as np

_onehots = {}


def onehot(labels, m):
    key = (tuple(int(c) for c in labels), m)
    if key not in _onehots:
        table = np.zeros((len(labels), m))
        table[np.arange(len(labels)), labels] = 1
        _onehots[key] = table
    return _onehots[key].copy()


class _MeanOverBatch:
    """remembers only the last weights 1/n and checks that n has not changed"""
    w = None

    @classmethod
    def weights(cls, n):
        if cls.w is None or cls.w.shape != (1, n):
            cls.w = np.full((1, n), 1.0 / n)
        return cls.w


def grad_oa(os, y):
    t = onehot(y, os.shape[1])
    t *= -1
    t += os
    return t


def grad_b2(grad_oa):
    return _MeanOverBatch.weights(len(grad_oa)) @ grad_oa


def grad_W2(grad_oa, hs):
    return (hs.T * _MeanOverBatch.weights(len(hs))) @ grad_oa


def grad_hs(grad_oa, W2):
    return grad_oa @ W2.T


def grad_ha(grad_hs, ha):
    return np.clip(np.sign(ha), 0, 1) * grad_hs


def grad_b1(grad_ha):
    return _MeanOverBatch.weights(len(grad_ha)) @ grad_ha


def grad_W1(grad_ha, X):
    return (X.T * _MeanOverBatch.weights(len(X))) @ grad_ha


def grad_x(grad_ha, W1):
    return grad_ha @ W1.T
