import numpy as np


def loss(X, Y, W, lam):
    total = lam * sum(abs(w) for w in W.flat)
    for x, y in zip(X, Y):
        e = x @ W - y
        total += e @ e
    return total


def grad_W(X, Y, W, lam):
    per_example = [np.outer(x, 2 * (x @ W - y)) for x, y in zip(X, Y)]
    return np.sum(per_example, axis=0) + lam * np.select([W > 0, W < 0], [1.0, -1.0], 0.0)
