# fails: grad_W2, grad_b2, grad_W1, grad_b1, gradient_check, elastic_net_check, loops, one_step, twenty_steps, smaller_last_batch, circles_with_100, circles_with_5
import numpy as np

class Network:
    def __init__(self, n_in, n_hidden, n_out, lr=0.1, l1=0.0, l2=0.0, batch_size=10, epochs=10):
        self.lr, self.l1, self.l2, self.K, self.epochs = lr, l1, l2, batch_size, epochs
        b = 1 / np.sqrt(n_in)
        self.W1 = np.random.uniform(-b, b, (n_in, n_hidden))
        self.b1 = np.zeros(n_hidden)
        b = 1 / np.sqrt(n_hidden)
        self.W2 = np.random.uniform(-b, b, (n_hidden, n_out))
        self.b2 = np.zeros(n_out)

    def softmax(self, oa):
        e = np.exp(oa - oa.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def fprop(self, X, loop=False):
        if loop:
            self.ha = np.array([x @ self.W1 + self.b1 for x in X])
        else:
            self.ha = X @ self.W1 + self.b1
        self.hs = np.maximum(0, self.ha)
        self.oa = self.hs @ self.W2 + self.b2
        self.os = self.softmax(self.oa)
        return self.os

    def bprop(self, X, y, loop=False):
        n = len(X)
        g = self.os.copy()
        g[np.arange(n), y] -= 1
        self.grad_W2 = self.hs.T @ g + self.l1 * np.sign(self.W2) + 2 * self.l2 * self.W2
        self.grad_b2 = g.sum(axis=0)
        gh = (g @ self.W2.T) * (self.ha > 0)
        self.grad_W1 = X.T @ gh + self.l1 * np.sign(self.W1) + 2 * self.l2 * self.W1
        self.grad_b1 = gh.sum(axis=0)

    def minibatches(self, X, y, K):
        order = np.random.permutation(len(X))
        for i in range(0, len(X), K):
            yield X[order[i:i + K]], y[order[i:i + K]]

    def train(self, X, y):
        for epoch in range(self.epochs):
            for xb, yb in self.minibatches(X, y, self.K):
                self.fprop(xb)
                self.bprop(xb, yb)
                self.W1 -= self.lr * self.grad_W1
                self.b1 -= self.lr * self.grad_b1
                self.W2 -= self.lr * self.grad_W2
                self.b2 -= self.lr * self.grad_b2
