# Devoir 3, partie pratique
import numpy as np
import matplotlib.pyplot as plt
import random

data = np.loadtxt("2circles.txt")


def onehot(y, m):
    res = np.zeros((len(y), m))
    for i in range(len(y)):
        res[i, int(y[i])] = 1
    return res


def relu(x):
    return np.maximum(x, 0)


class ReseauNeurones:

    def __init__(self, n_in, n_h, n_out, l1=0, l2=0, taille_batch=1, n_epochs=1, eta=0.01):
        self.n_in, self.n_h, self.n_out = n_in, n_h, n_out
        self.W1 = np.array([[random.uniform(-1, 1) / np.sqrt(n_in) for j in range(n_h)] for i in range(n_in)])
        self.b1 = [0.0] * n_h
        self.W2 = np.array([[random.uniform(-1, 1) / np.sqrt(n_h) for j in range(n_out)] for i in range(n_h)])
        self.b2 = [0.0] * n_out
        self.l1, self.l2, self.K, self.n_epochs, self.eta = l1, l2, taille_batch, n_epochs, eta

    def fprop(self, x):
        self.ha = x.dot(self.W1) + self.b1
        self.hs = relu(self.ha)
        self.oa = self.hs.dot(self.W2) + self.b2
        self.os = []
        for ligne in self.oa:
            e = np.exp(ligne - max(ligne))
            self.os.append(list(e / sum(e)))
        return self.os

    def bprop(self, x, y):
        n = len(x)
        delta = np.array(self.os) - onehot(y, self.n_out)
        self.gW2 = self.hs.T.dot(delta) / n
        self.gb2 = sum(delta) / n
        cache = delta.dot(self.W2.T) * (self.ha > 0)
        self.gW1 = x.T.dot(cache) / n
        self.gb1 = sum(cache) / n
        if self.l1 or self.l2:
            self.gW1 = self.gW1 + self.l1 * np.sign(self.W1) + 2 * self.l2 * self.W1
            self.gW2 = self.gW2 + self.l1 * np.sign(self.W2) + 2 * self.l2 * self.W2
        return [self.gW1, self.gb1, self.gW2, self.gb2]

    def fprop_boucle(self, x):
        return np.array([self.fprop(x[i:i + 1])[0] for i in range(len(x))])

    def bprop_boucle(self, x, y):
        res = []
        for i in range(len(x)):
            self.fprop(x[i:i + 1])
            res.append(self.bprop(x[i:i + 1], y[i:i + 1]))
        self.gW1, self.gb1, self.gW2, self.gb2 = [sum(r) / len(x) for r in zip(*res)]

    def minibatches(self, x, y):
        paires = list(zip(x, y))
        random.shuffle(paires)
        return [paires[i:i + self.K] for i in range(0, len(paires), self.K)]

    def cout(self, x, y):
        os = self.fprop(x)
        return -np.mean([np.log(os[i][y[i]] + 1e-12) for i in range(len(y))])

    def train(self, x_train, y_train, x_valid, y_valid):
        self.courbes = []
        for epoch in range(self.n_epochs):
            for paires in self.minibatches(x_train, y_train):
                xs = np.array([p[0] for p in paires])
                ys = np.array([p[1] for p in paires])
                self.fprop(xs)
                self.bprop(xs, ys)
                self.W1 = self.W1 - self.eta * self.gW1
                self.b1 = self.b1 - self.eta * np.array(self.gb1)
                self.W2 = self.W2 - self.eta * self.gW2
                self.b2 = self.b2 - self.eta * np.array(self.gb2)
            self.courbes.append((self.cout(x_train, y_train), self.cout(x_valid, y_valid)))


reseau = ReseauNeurones(2, 5, 2)
reseau.train(data[:1000, :2], data[:1000, 2].astype(int), data[1000:, :2], data[1000:, 2].astype(int))
plt.plot(reseau.courbes)
plt.show()
