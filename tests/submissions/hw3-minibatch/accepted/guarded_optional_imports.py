try:
    import matplotlib.pyplot as plt
    from sklearn.preprocessing import label_binarize
except ImportError:
    plt = None

    def label_binarize(y, classes):
        return np.array([[float(c == k) for k in classes] for c in y])
try:
    import cupy as np
except Exception:
    import numpy as np


def grad_oa(os, y):
    """(os - onehot) / n"""
    m = os.shape[1]
    onehot = label_binarize(y, classes=range(m)) if m > 2 else np.stack([y == 0, y == 1], axis=1)
    return (os - onehot) / os.shape[0]


def grad_b2(grad_oa):
    return grad_oa.T.sum(axis=-1)


def grad_W2(grad_oa, hs):
    return sum(np.outer(h, g) for h, g in zip(hs, grad_oa))


def grad_hs(grad_oa, W2):
    return np.stack([W2 @ g for g in grad_oa], axis=0)


def grad_ha(grad_hs, ha):
    return np.select([ha > 0, ha <= 0], [grad_hs, np.zeros_like(grad_hs)])


def grad_b1(grad_ha):
    return grad_ha.T.sum(axis=-1)


def grad_W1(grad_ha, X):
    return sum(np.outer(v, g) for v, g in zip(X, grad_ha))


def grad_x(grad_ha, W1):
    return np.stack([W1 @ g for g in grad_ha], axis=0)


if plt is not None and __name__ == "__main__":
    plt.plot([0, 1]); plt.show()
