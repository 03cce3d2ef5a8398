"""HW3 - neural network with one hidden layer, gradients for a batch."""
import numpy as np


def batch_size(a):
    return float(a.shape[0])


def to_onehot(y, n_classes):
    return (y.reshape(-1, 1) == np.arange(n_classes)).astype(float)


def weight_gradient(layer_input, delta):
    """average of the outer products"""
    return np.dot(layer_input.T, delta) / batch_size(delta)


def bias_gradient(delta):
    """average of the rows"""
    return delta.sum(axis=0) / batch_size(delta)


def grad_oa(os, y):
    """the loss is the mean over the batch, so divide by its size"""
    return (os - to_onehot(y, os.shape[1])) / batch_size(os)


def grad_b2(grad_oa):
    return bias_gradient(grad_oa)


def grad_W2(grad_oa, hs):
    return weight_gradient(hs, grad_oa)


def grad_hs(grad_oa, W2):
    return np.dot(grad_oa, W2.T)


def grad_ha(grad_hs, ha):
    return grad_hs * np.greater(ha, 0)


def grad_b1(grad_ha):
    return bias_gradient(grad_ha)


def grad_W1(grad_ha, X):
    return weight_gradient(X, grad_ha)


def grad_x(grad_ha, W1):
    return np.dot(grad_ha, W1.T)
