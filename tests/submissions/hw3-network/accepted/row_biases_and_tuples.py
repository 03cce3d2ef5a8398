import numpy as np


class MLP:
    def __init__(self, D, H, C):
        self.D, self.H, self.C = D, H, C
        self.lambda1 = 0.0
        self.lambda2 = 0.0
        self.init_params()

    def init_params(self):
        s1, s2 = self.D ** -0.5, self.H ** -0.5
        self.w1 = np.random.uniform(-s1, s1, size=[self.D, self.H])
        self.b_1 = np.zeros([1, self.H])
        self.w2 = np.random.uniform(-s2, s2, size=[self.H, self.C])
        self.b_2 = np.zeros([1, self.C])

    def forward(self, x):
        ha = np.matmul(x, self.w1) + self.b_1
        hs = np.where(ha > 0, ha, 0)
        oa = np.matmul(hs, self.w2) + self.b_2
        e = np.exp(oa - oa.max(1).reshape(-1, 1))
        os = e / e.sum(1).reshape(-1, 1)
        return ha, hs, oa, os

    def backward(self, x, y, lambda1=0.0, lambda2=0.0):
        ha, hs, oa, os = self.forward(x)
        target = np.eye(self.C)[y]
        delta = (os - target) / x.shape[0]
        dw2 = np.matmul(hs.T, delta) + lambda1 * np.sign(self.w2) + 2 * lambda2 * self.w2
        db2 = delta.sum(0, keepdims=True)
        dh = np.matmul(delta, self.w2.T) * np.heaviside(ha, 0)
        dw1 = np.matmul(x.T, dh) + lambda1 * np.sign(self.w1) + 2 * lambda2 * self.w1
        db1 = dh.sum(0, keepdims=True)
        return dw2, db2, dw1, db1

    def forward_loop(self, x):
        rows = [self.forward(x[i:i + 1]) for i in range(len(x))]
        return tuple(np.concatenate(part) for part in zip(*rows))

    def backward_loop(self, x, y):
        rows = [self.backward(x[i:i + 1], y[i:i + 1]) for i in range(len(x))]
        return tuple(sum(part) / len(x) for part in zip(*rows))

    def batches(self, x, y, k):
        n = len(x)
        order = np.arange(n)
        np.random.shuffle(order)
        out = []
        while len(order):
            out.append(order[:k])
            order = order[k:]
        return out

    def train(self, x, y, eta, k, n_epochs, lambda1=0.0, lambda2=0.0):
        for _ in range(n_epochs):
            for b in self.batches(x, y, k):
                dw2, db2, dw1, db1 = self.backward(x[b], y[b], lambda1, lambda2)
                self.w1 = self.w1 - eta * dw1
                self.b_1 = self.b_1 - eta * db1
                self.w2 = self.w2 - eta * dw2
                self.b_2 = self.b_2 - eta * db2
        return self
