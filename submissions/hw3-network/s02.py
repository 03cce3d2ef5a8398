import numpy as np


class TwoLayerNet(object):
    """A two layer net: parameters in a dict, caches as tuples."""

    def __init__(self, input_size, hidden_size, output_size, reg=0.0, l1=0.0):
        self.params = {}
        self.params["W1"] = (2 * np.random.rand(input_size, hidden_size) - 1) / np.sqrt(input_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = (2 * np.random.rand(hidden_size, output_size) - 1) / np.sqrt(hidden_size)
        self.params["b2"] = np.zeros(output_size)
        self.reg = reg
        self.l1 = l1

    def forward(self, X, use_loop=False):
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]
        if use_loop:
            z1 = np.zeros((X.shape[0], W1.shape[1]))
            scores = np.zeros((X.shape[0], W2.shape[1]))
            for i in range(X.shape[0]):
                z1[i] = X[i].dot(W1) + b1
                scores[i] = np.maximum(z1[i], 0).dot(W2) + b2
        else:
            z1 = X.dot(W1) + b1
            scores = np.maximum(z1, 0).dot(W2) + b2
        scores = scores - np.max(scores, axis=1, keepdims=True)
        probs = np.exp(scores)
        probs /= np.sum(probs, axis=1, keepdims=True)
        cache = (X, z1, probs)
        return probs, cache

    def backward(self, cache, y, use_loop=False):
        X, z1, probs = cache
        N = X.shape[0]
        a1 = np.maximum(z1, 0)
        W1, W2 = self.params["W1"], self.params["W2"]
        dscores = np.array(probs)
        dscores[range(N), y] -= 1
        grads = {"W1": np.zeros_like(W1), "W2": np.zeros_like(W2)}
        if use_loop:
            grads["b1"], grads["b2"] = np.zeros(W1.shape[1]), np.zeros(W2.shape[1])
            for i in range(N):
                dz1 = dscores[i].dot(W2.T) * (z1[i] > 0)
                grads["W2"] += np.outer(a1[i], dscores[i]) / N
                grads["b2"] += dscores[i] / N
                grads["W1"] += np.outer(X[i], dz1) / N
                grads["b1"] += dz1 / N
        else:
            dscores /= N
            dz1 = dscores.dot(W2.T)
            dz1[z1 <= 0] = 0
            grads["W2"], grads["b2"] = a1.T.dot(dscores), dscores.sum(axis=0)
            grads["W1"], grads["b1"] = X.T.dot(dz1), dz1.sum(axis=0)
        for name in ("W1", "W2"):
            grads[name] += 2 * self.reg * self.params[name] + self.l1 * np.sign(self.params[name])
        return grads

    def create_batches(self, X, y, batch_size):
        p = np.random.permutation(len(X))
        return [(X[p[i:i + batch_size]], y[p[i:i + batch_size]]) for i in range(0, len(X), batch_size)]

    def fit(self, X, y, learning_rate=1e-1, num_epochs=100, batch_size=50, verbose=False):
        history = []
        for it in range(num_epochs):
            for Xb, yb in self.create_batches(X, y, batch_size):
                probs, cache = self.forward(Xb)
                history.append(-np.mean(np.log(probs[np.arange(len(yb)), yb] + 1e-300)))
                grads = self.backward(cache, yb)
                for p in self.params:
                    self.params[p] = self.params[p] - learning_rate * grads[p]
            if verbose:
                print(it, history[-1])
        return history
