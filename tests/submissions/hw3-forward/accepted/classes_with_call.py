import numpy as np


class Affine:
    def __init__(self, name):
        self.name = name

    def __call__(self, W, v, b):
        return np.dot(W, v) + b


_first, _second = Affine("first"), Affine("second")


def ha(W1, x, b1):
    return _first(W1, x, b1)


def oa(W2, hs, b2):
    return _second(W2, hs, b2)


class Relu:
    def __call__(self, ha):
        out = np.zeros_like(ha)
        out[ha > 0] = ha[ha > 0]
        return out


hs = Relu()


class Softmax:
    def __call__(self, oa):
        shifted = oa - oa[oa.argmax()]
        return np.exp(shifted) / np.exp(shifted).sum()

    def loss(self, os, y):
        return -np.log(os.take(y - 1))


os = Softmax()
loss = os.loss


class ElasticNet:
    def __init__(self, one, two):
        self.one, self.two = one, two

    def value(self, W):
        return self.one * np.abs(W).sum() + self.two * np.square(W).sum()

    def gradient(self, W):
        return self.one * np.sign(W) + 2 * self.two * W


def penalty(W1, W2, l11, l12, l21, l22):
    return ElasticNet(l11, l12).value(W1) + ElasticNet(l21, l22).value(W2)


def grad_W1_penalty(W1, l11, l12):
    return ElasticNet(l11, l12).gradient(W1)


def grad_W2_penalty(W2, l21, l22):
    return ElasticNet(l21, l22).gradient(W2)


def n_theta(d, dh, m):
    return int(np.prod([dh, d]) + dh + np.prod([m, dh]) + m)
