"""Two-layer net: forward, loss, backward. Mean over the batch, L2 penalty on W1 and W2."""
import numpy as np


def z2(X, W1, b1):
    return X @ W1 + b1


def a2(z2):
    return np.maximum(z2, 0)


def z3(a2, W2, b2):
    return a2 @ W2 + b2


def softmax(scores):
    scores = scores - scores.max(axis=1, keepdims=True)
    e = np.exp(scores)
    return e / e.sum(axis=1, keepdims=True)


def J(z3, y, W1, W2, lam):
    n = z3.shape[0]
    shifted = z3 - z3.max(axis=1, keepdims=True)
    log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    data_loss = -log_probs[np.arange(n), y].mean()
    return data_loss + lam * (np.sum(W1 * W1) + np.sum(W2 * W2))


def grad_z3(z3, y):
    n = z3.shape[0]
    g = softmax(z3)
    g[np.arange(n), y] -= 1
    return g / n


def grad_W2(a2, grad_z3, W2, lam):
    return a2.T @ grad_z3 + 2 * lam * W2


def grad_b2(grad_z3):
    return grad_z3.sum(axis=0)


def grad_a2(grad_z3, W2):
    return grad_z3 @ W2.T


def grad_z2(grad_a2, z2):
    return grad_a2 * (z2 > 0)


def grad_W1(X, grad_z2, W1, lam):
    return X.T @ grad_z2 + 2 * lam * W1


def grad_b1(grad_z2):
    return grad_z2.sum(axis=0)
