"""Devoir 3, partie pratique : un reseau a une couche cachee."""
import numpy as np


def softmax(oa):
    # on soustrait le maximum de chaque ligne
    e = np.exp(oa - np.max(oa, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def onehot(y, m):
    res = np.zeros((len(y), m))
    res[np.arange(len(y)), y] = 1
    return res


class Network:
    def __init__(self, n_in, n_hidden, n_out, l11=0, l12=0, l21=0, l22=0, lr=0.05, K=10, epochs=100, loop=False):
        self.m = n_out
        self.l11, self.l12, self.l21, self.l22 = l11, l12, l21, l22
        self.lr, self.K, self.epochs, self.loop = lr, K, epochs, loop
        borne1, borne2 = 1 / np.sqrt(n_in), 1 / np.sqrt(n_hidden)
        self.W1 = np.random.uniform(-borne1, borne1, (n_in, n_hidden))
        self.b1 = np.zeros(n_hidden)
        self.W2 = np.random.uniform(-borne2, borne2, (n_hidden, n_out))
        self.b2 = np.zeros(n_out)

    def fprop(self, X):
        if self.loop:  # un exemple a la fois
            self.ha = np.array([np.dot(x, self.W1) + self.b1 for x in X])
            self.hs = np.array([np.maximum(0, a) for a in self.ha])
            self.oa = np.array([np.dot(h, self.W2) + self.b2 for h in self.hs])
        else:
            self.ha = np.dot(X, self.W1) + self.b1
            self.hs = np.maximum(0, self.ha)
            self.oa = np.dot(self.hs, self.W2) + self.b2
        self.os = softmax(self.oa)
        return self.os

    def bprop(self, X, y):
        grad_oa = self.os - onehot(y, self.m)
        n = len(X)
        if self.loop:
            grad_ha = np.array([np.dot(self.W2, g) * (a > 0) for g, a in zip(grad_oa, self.ha)])
            self.grad_W2 = sum(np.outer(h, g) for h, g in zip(self.hs, grad_oa)) / n
            self.grad_W1 = sum(np.outer(x, g) for x, g in zip(X, grad_ha)) / n
        else:
            grad_ha = np.dot(grad_oa, self.W2.T) * (self.ha > 0)
            self.grad_W2 = np.dot(self.hs.T, grad_oa) / n
            self.grad_W1 = np.dot(X.T, grad_ha) / n
        self.grad_b2 = np.mean(grad_oa, axis=0)
        self.grad_b1 = np.mean(grad_ha, axis=0)
        self.grad_W1 += self.l11 * np.sign(self.W1) + 2 * self.l12 * self.W1
        self.grad_W2 += self.l21 * np.sign(self.W2) + 2 * self.l22 * self.W2

    def minibatches(self, X, y, K):
        ordre = np.random.permutation(len(X))
        for debut in range(0, len(X), K):
            choisis = ordre[debut : debut + K]
            yield X[choisis], y[choisis]

    def train(self, X, y):
        for epoque in range(self.epochs):
            for Xk, yk in self.minibatches(X, y, self.K):
                self.fprop(Xk)
                self.bprop(Xk, yk)
                for nom in ("W1", "b1", "W2", "b2"):
                    setattr(self, nom, getattr(self, nom) - self.lr * getattr(self, "grad_" + nom))
