import numpy as np


def to_categorical(labels, num_classes):
    return (labels.reshape(-1, 1) == np.arange(num_classes)).astype(float)


def drect(a):
    return 1.0 - (a < 0)


def weight_gradient(inputs, delta):
    batch_size = inputs.shape[0]
    return np.matmul(inputs.T, delta) / batch_size


def bias_gradient(delta):
    return np.sum(delta, axis=0) / delta.shape[0]


def backward_through(weights, delta):
    return np.matmul(delta, weights.T)


def grad_oa(os, y):
    return os - to_categorical(y, os.shape[1])


def grad_b2(grad_oa):
    return bias_gradient(grad_oa)


def grad_W2(hs, grad_oa):
    return weight_gradient(hs, grad_oa)


def grad_hs(W2, grad_oa):
    return backward_through(W2, grad_oa)


def grad_ha(ha, grad_hs):
    return grad_hs * drect(ha)


def grad_b1(grad_ha):
    return bias_gradient(grad_ha)


def grad_W1(X, grad_ha):
    return weight_gradient(X, grad_ha)


def grad_x(W1, grad_ha):
    return backward_through(W1, grad_ha)
