"""Two layer net, minibatch version. The loss is the mean over the batch."""
import numpy as np


def relu(z):
    return np.maximum(z, 0)


class Cache(dict):
    """just a dict with attributes, handy for the backward pass"""

    def __getattr__(self, name):
        return self[name]


def forward(X, W1, b1, W2, b2):
    cache = Cache()
    cache['z2'] = X @ W1 + b1
    cache['a2'] = relu(cache.z2)
    cache['scores'] = cache.a2 @ W2 + b2
    shifted = cache.scores - cache.scores.max(axis=1, keepdims=True)
    exp_scores = np.exp(shifted)
    cache['probs'] = exp_scores / exp_scores.sum(axis=1, keepdims=True)
    return cache


def grad_oa(probs, y):
    N = probs.shape[0]
    dscores = probs.copy()
    dscores[range(N), y] -= 1
    dscores /= N
    return dscores


def grad_b2(grad_oa):
    return grad_oa.sum(axis=0)


def grad_W2(grad_oa, hs):
    return hs.T @ grad_oa


def grad_hs(grad_oa, W2):
    return grad_oa @ W2.T


def grad_ha(grad_hs, hs):
    dhidden = grad_hs.copy()
    dhidden[hs <= 0] = 0
    return dhidden


def grad_b1(grad_ha):
    return grad_ha.sum(axis=0, keepdims=True)


def grad_W1(grad_ha, X):
    return X.T @ grad_ha


def grad_x(grad_ha, W1):
    return grad_ha @ W1.T


if __name__ == "__main__":
    rng = np.random.RandomState(0)
    X, y = rng.randn(5, 3), np.array([0, 1, 1, 0, 1])
    cache = forward(X, rng.randn(3, 4), np.zeros(4), rng.randn(4, 2), np.zeros(2))
    print(cache.probs)
    print("sum of the gradient:", grad_oa(cache.probs, y).sum())
