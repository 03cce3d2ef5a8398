# -*- coding: utf-8 -*-
import numpy as np


def softmax(a):
    e = np.exp(a - np.max(a, axis=0))
    return e / np.sum(e, axis=0)


def rect(x):
    return x * (x > 0)


class NeuralNet:
    """W est (sortie, entree), les biais sont des colonnes, les exemples aussi a l'interieur."""

    def __init__(self, n_in, n_hidden, n_out, eta=0.1, l11=0, l12=0, l21=0, l22=0, K=10, max_epoch=20):
        self.n_out = n_out
        self.eta, self.K, self.max_epoch = eta, K, max_epoch
        self.l11, self.l12, self.l21, self.l22 = l11, l12, l21, l22
        self.W1 = np.random.uniform(-1 / np.sqrt(n_in), 1 / np.sqrt(n_in), (n_hidden, n_in))
        self.b1 = np.zeros((n_hidden, 1))
        self.W2 = np.random.uniform(-1 / np.sqrt(n_hidden), 1 / np.sqrt(n_hidden), (n_out, n_hidden))
        self.b2 = np.zeros((n_out, 1))

    def fprop(self, X):
        self.ha = self.W1.dot(X.T) + self.b1
        self.hs = rect(self.ha)
        self.oa = self.W2.dot(self.hs) + self.b2
        self.os = softmax(self.oa).T

    def bprop(self, X, y):
        n = X.shape[0]
        onehot = np.zeros((self.n_out, n))
        onehot[y, np.arange(n)] = 1
        grad_oa = self.os.T - onehot
        self.grad_W2 = grad_oa.dot(self.hs.T) / n + self.l21 * np.sign(self.W2) + 2 * self.l22 * self.W2
        self.grad_b2 = np.mean(grad_oa, axis=1, keepdims=True)
        grad_ha = self.W2.T.dot(grad_oa) * (self.ha > 0)
        self.grad_W1 = grad_ha.dot(X) / n + self.l11 * np.sign(self.W1) + 2 * self.l12 * self.W1
        self.grad_b1 = np.mean(grad_ha, axis=1, keepdims=True)

    def fprop_loop(self, X):
        colonnes = []
        for x in X:
            ha = self.W1.dot(x.reshape(-1, 1)) + self.b1
            colonnes.append((ha, rect(ha), self.W2.dot(rect(ha)) + self.b2))
        self.ha, self.hs, self.oa = [np.hstack(c) for c in zip(*colonnes)]
        self.os = softmax(self.oa).T

    def bprop_loop(self, X, y):
        sommes = [0, 0, 0, 0]
        for i in range(len(X)):
            g = self.os[i].reshape(-1, 1).copy()
            g[y[i]] -= 1
            h = self.W2.T.dot(g) * (self.ha[:, [i]] > 0)
            for j, part in enumerate([h.dot(X[[i]]), h, g.dot(self.hs[:, [i]].T), g]):
                sommes[j] = sommes[j] + part
        self.grad_W1, self.grad_b1, self.grad_W2, self.grad_b2 = [s / float(len(X)) for s in sommes]

    def minibatches(self, X, y):
        for debut in range(0, X.shape[0], self.K):
            yield X[debut:debut + self.K, :], y[debut:debut + self.K]

    def train(self, X, y):
        for epoch in range(self.max_epoch):
            ordre = np.random.permutation(X.shape[0])
            for Xk, yk in self.minibatches(X[ordre], y[ordre]):
                self.fprop(Xk)
                self.bprop(Xk, yk)
                self.W1 -= self.eta * self.grad_W1
                self.b1 -= self.eta * self.grad_b1
                self.W2 -= self.eta * self.grad_W2
                self.b2 -= self.eta * self.grad_b2
