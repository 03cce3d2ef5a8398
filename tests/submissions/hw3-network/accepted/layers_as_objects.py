import numpy as np


class Linear:
    def __init__(self, fan_in, fan_out):
        bound = np.sqrt(1 / fan_in)
        self.W = np.random.uniform(low=-bound, high=bound, size=(fan_in, fan_out))
        self.b = np.zeros((fan_out,))

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, g):
        self.dW = self.x.T @ g
        self.db = np.sum(g, axis=0)
        return g @ self.W.T


class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, g):
        return g * self.mask


class Network:
    def __init__(self, d, dh, m, l1=0.0, l2=0.0, loop=False):
        self.layer1 = Linear(d, dh)
        self.relu = Relu()
        self.layer2 = Linear(dh, m)
        self.l1, self.l2 = l1, l2
        self.loop = loop

    def fprop(self, X):
        if self.loop and len(X) > 1:
            return np.concatenate([self._whole(X[i : i + 1]) for i in range(len(X))])
        return self._whole(X)

    def _whole(self, X):
        scores = self.layer2.forward(self.relu.forward(self.layer1.forward(X)))
        scores -= scores.max(axis=1, keepdims=True)
        exps = np.exp(scores)
        self.probs = exps / exps.sum(axis=1, keepdims=True)
        return self.probs

    def bprop(self, X, y):
        parts = [(X[i : i + 1], y[i : i + 1]) for i in range(len(X))] if self.loop else [(X, y)]
        totals = [0.0] * 4
        for xs, ys in parts:
            g = self._whole(xs).copy()
            g[np.arange(len(ys)), ys] -= 1.0
            self.layer1.backward(self.relu.backward(self.layer2.backward(g / len(X))))
            grads = [self.layer1.dW, self.layer1.db, self.layer2.dW, self.layer2.db]
            totals = [t + q for t, q in zip(totals, grads)]
        self.layer1.dW, self.layer1.db, self.layer2.dW, self.layer2.db = totals
        for layer in (self.layer1, self.layer2):
            layer.dW = layer.dW + self.l1 * np.sign(layer.W) + 2 * self.l2 * layer.W

    def minibatches(self, X, y, K):
        perm = np.random.permutation(X.shape[0])
        n_full = X.shape[0] // K
        for j in range(n_full):
            yield X[perm[j * K : (j + 1) * K]], y[perm[j * K : (j + 1) * K]]
        if n_full * K < X.shape[0]:
            yield X[perm[n_full * K :]], y[perm[n_full * K :]]

    def train(self, X, y, epochs, lr, K):
        for _ in range(epochs):
            for Xb, yb in self.minibatches(X, y, K):
                self.fprop(Xb)
                self.bprop(Xb, yb)
                for layer in (self.layer1, self.layer2):
                    layer.W -= lr * layer.dW
                    layer.b -= lr * layer.db
