import numpy as np
from collections import namedtuple

Grads = namedtuple("Grads", "W1 b1 W2 b2")


def minibatches(X, y, batch_size=32, rng=np.random.default_rng()):
    """Two lists: the data, and the labels."""
    order = rng.permutation(len(y))
    cuts = list(range(batch_size, len(y), batch_size))
    return np.split(X[order], cuts), np.split(y[order], cuts)


class Reseau:
    W1 = None
    b1 = None
    W2 = None
    b2 = None

    def __init__(self, *, n_input, n_hidden, n_output, seed=None, l1_reg=0.0, l2_reg=0.0):
        self.sizes = n_input, n_hidden, n_output
        self.rng = np.random.default_rng(seed)
        self.l1_reg, self.l2_reg = l1_reg, l2_reg

    def initialize(self):
        d, h, m = self.sizes
        self.W1 = self.rng.uniform(-1, 1, (d, h)) / d ** 0.5
        self.b1 = np.zeros(h)
        self.W2 = self.rng.uniform(-1, 1, (h, m)) / h ** 0.5
        self.b2 = np.zeros(m)

    def fprop(self, X, matrix=True):
        if not matrix:
            return np.stack([self.fprop(x[None])[0] for x in X])
        self._ha = X @ self.W1 + self.b1
        z = np.clip(self._ha, 0, None) @ self.W2 + self.b2
        z = z - z.max(axis=-1, keepdims=True)
        return np.exp(z - np.log(np.exp(z).sum(axis=-1, keepdims=True)))

    def bprop(self, X, y, matrix=True):
        n = len(y)
        if not matrix:
            each = [self._data_grads(X[i:i + 1], y[i:i + 1]) for i in range(n)]
            g = [sum(part) / n for part in zip(*each)]
        else:
            g = self._data_grads(X, y)
        return Grads(
            g[0] + self.l1_reg * np.sign(self.W1) + 2 * self.l2_reg * self.W1,
            g[1],
            g[2] + self.l1_reg * np.sign(self.W2) + 2 * self.l2_reg * self.W2,
            g[3],
        )

    def _data_grads(self, X, y):
        p = self.fprop(X)
        delta = (p - (y[:, None] == np.arange(p.shape[1]))) / len(y)
        back = delta @ self.W2.T * (self._ha > 0)
        return X.T @ back, back.sum(0), np.maximum(self._ha, 0).T @ delta, delta.sum(0)

    def train(self, X, y, epochs=10, lr=0.1, batch_size=32, callback=None):
        for _ in range(epochs):
            for xb, yb in zip(*minibatches(X, y, batch_size, self.rng)):
                grads = self.bprop(xb, yb)
                for name, grad in grads._asdict().items():
                    setattr(self, name, getattr(self, name) - lr * grad)
