import numpy as np


def loss(inputs, targets, weights, strength):
    gap = inputs @ weights - targets
    return np.sum(gap * gap) + strength * np.sum(np.abs(weights))


def grad_W(A, B, V, mu):
    return 2.0 * np.transpose(A) @ (A @ V - B) + mu * np.sign(V)
