import numpy as np


class TwoLayerNet(object):
    """One hidden layer, ReLU, softmax. Everything is computed in forward() and backward()."""

    def __init__(self, W1, b1, W2, b2, lam=0.0):
        self.params = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}
        self.lam = lam

    def forward(self, X):
        p = self.params
        self.X = X
        self.z2 = X.dot(p['W1']) + p['b1']
        self.a2 = np.where(self.z2 > 0, self.z2, 0)
        self.scores = self.a2.dot(p['W2']) + p['b2']
        return self.scores

    def loss(self, X, y):
        scores = self.forward(X)
        N = X.shape[0]
        top = np.max(scores, axis=1)
        lse = top + np.log(np.sum(np.exp(scores - top[:, None]), axis=1))
        correct = scores[np.arange(N), y]
        reg = sum(np.sum(self.params[k] ** 2) for k in ('W1', 'W2'))
        return np.mean(lse - correct) + self.lam * reg

    def backward(self, X, y):
        scores = self.forward(X)
        N = X.shape[0]
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        probs = e / e.sum(axis=1, keepdims=True)
        grads = {}
        grads['z3'] = probs
        grads['z3'][range(N), y] -= 1
        grads['z3'] /= N
        grads['W2'] = self.a2.T.dot(grads['z3']) + 2 * self.lam * self.params['W2']
        grads['b2'] = grads['z3'].sum(0)
        grads['a2'] = grads['z3'].dot(self.params['W2'].T)
        grads['z2'] = grads['a2'].copy()
        grads['z2'][self.z2 <= 0] = 0
        grads['W1'] = X.T.dot(grads['z2']) + 2 * self.lam * self.params['W1']
        grads['b1'] = grads['z2'].sum(0)
        return grads


def _grads(X, y, W1, b1, W2, b2, lam):
    return TwoLayerNet(W1, b1, W2, b2, lam).backward(X, y)


def z2(X, y, W1, b1, W2, b2, lam):
    net = TwoLayerNet(W1, b1, W2, b2, lam)
    net.forward(X)
    return net.z2


def a2(X, y, W1, b1, W2, b2, lam):
    net = TwoLayerNet(W1, b1, W2, b2, lam)
    net.forward(X)
    return net.a2


def z3(X, y, W1, b1, W2, b2, lam):
    return TwoLayerNet(W1, b1, W2, b2, lam).forward(X)


def J(X, y, W1, b1, W2, b2, lam):
    return TwoLayerNet(W1, b1, W2, b2, lam).loss(X, y)


def grad_z3(X, y, W1, b1, W2, b2, lam):
    return _grads(X, y, W1, b1, W2, b2, lam)['z3']


def grad_W2(X, y, W1, b1, W2, b2, lam):
    return _grads(X, y, W1, b1, W2, b2, lam)['W2']


def grad_b2(X, y, W1, b1, W2, b2, lam):
    return _grads(X, y, W1, b1, W2, b2, lam)['b2']


def grad_a2(X, y, W1, b1, W2, b2, lam):
    return _grads(X, y, W1, b1, W2, b2, lam)['a2']


def grad_z2(X, y, W1, b1, W2, b2, lam):
    return _grads(X, y, W1, b1, W2, b2, lam)['z2']


def grad_W1(X, y, W1, b1, W2, b2, lam):
    return _grads(X, y, W1, b1, W2, b2, lam)['W1']


def grad_b1(X, y, W1, b1, W2, b2, lam):
    return _grads(X, y, W1, b1, W2, b2, lam)['b1']
