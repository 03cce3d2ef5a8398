"""W and b are lists, one entry a layer; single precision; labels one-hot where they are used."""
import numpy as np
import math


class NeuralNetwork:
    def __init__(self, n_in, n_hidden, n_out, l1=0., l2=0.):
        sizes = [n_in, n_hidden, n_out]
        self.W, self.b = [], []
        for a, b in zip(sizes, sizes[1:]):
            r = 1.0 / math.sqrt(a)
            self.W.append(np.random.uniform(-r, r, (a, b)).astype(np.float32))
            self.b.append(np.zeros(b, dtype=np.float32))
        self.l1, self.l2 = l1, l2

    def fprop(self, X, loop=False):
        if loop:
            outs = []
            acts = []
            for x in X:
                self.fprop(x.reshape(1, -1))
                outs.append(self.probs[0])
                acts.append([a[0] for a in self.acts])
            self.probs = np.array(outs)
            self.acts = [np.array(a) for a in zip(*acts)]
            return
        self.acts = [X]
        h = X
        for i, (W, b) in enumerate(zip(self.W, self.b)):
            h = np.dot(h, W) + b
            if i == 0:
                h = np.maximum(h, 0)
                self.acts.append(h)
        e = np.exp(h - np.amax(h, axis=1)[:, np.newaxis])
        self.probs = e / np.sum(e, axis=1)[:, np.newaxis]

    def bprop(self, X, onehot, loop=False):
        n = X.shape[0]
        self.dW, self.db = [None, None], [None, None]
        delta = self.probs - onehot
        if loop:
            back = np.array([np.dot(self.W[1], delta[i]) * (self.acts[1][i] > 0) for i in range(n)])
            self.dW[1] = np.mean([np.outer(self.acts[1][i], delta[i]) for i in range(n)], axis=0)
            self.dW[0] = np.mean([np.outer(X[i], back[i]) for i in range(n)], axis=0)
        else:
            back = np.dot(delta, self.W[1].T)
            back[self.acts[1] == 0] = 0
            self.dW[1] = np.dot(self.acts[1].T, delta) / n
            self.dW[0] = np.dot(X.T, back) / n
        self.db = [back.mean(axis=0), delta.mean(axis=0)]
        for i in range(2):
            self.dW[i] = self.dW[i] + self.l1 * np.sign(self.W[i]) + self.l2 * 2 * self.W[i]

    def get_batches(self, data, batch_size):
        np.random.shuffle(data)
        return [data[i:i + batch_size] for i in range(0, len(data), batch_size)]

    def minibatches(self, X, y, batch_size):
        return self.get_batches(np.column_stack([X, y]), batch_size)

    def train(self, X, y, n_epochs, batch_size, learning_rate):
        m = len(self.b[-1])
        for epoch in range(n_epochs):
            for batch in self.minibatches(X, y, batch_size):
                Xb, yb = batch[:, :-1], batch[:, -1].astype(int)
                self.fprop(Xb)
                self.bprop(Xb, np.eye(m)[yb])
                for i in range(2):
                    self.W[i] = self.W[i] - learning_rate * self.dW[i]
                    self.b[i] = self.b[i] - learning_rate * self.db[i]
