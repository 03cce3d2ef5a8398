# fails: grad_W1, grad_b1  (accumulates-across-calls)
import numpy as np


class Accumulator:
    def __init__(self):
        self.total = {}

    def add(self, g):
        self.total[g.shape] = self.total.get(g.shape, 0.0) + g
        return self.total[g.shape]


acc = Accumulator()


def grad_oa(os, y):
    n, m = os.shape
    return (os - (np.arange(m) == y[..., np.newaxis])) / n


def grad_b2(grad_oa):
    return grad_oa.sum(-2)


def grad_W2(grad_oa, hs):
    return hs.transpose(1, 0).dot(grad_oa)


def grad_hs(grad_oa, W2):
    return grad_oa.dot(W2.transpose(1, 0))


def grad_ha(grad_hs, ha):
    return (ha > 0) * grad_hs


def grad_b1(grad_ha):
    return acc.add(grad_ha.sum(-2))


def grad_W1(grad_ha, X):
    return acc.add(X.transpose(1, 0).dot(grad_ha))


def grad_x(grad_ha, W1):
    return grad_ha.dot(W1.transpose(1, 0))
