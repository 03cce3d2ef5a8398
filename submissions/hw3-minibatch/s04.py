import numpy as np

# Devoir 3, implementation matricielle


def relu(z):
    return z * (z > 0)


def relu_backward(z):
    # derivee de la relu
    z[z <= 0] = 0
    z[z > 0] = 1
    return z


def encode(y, m):
    Y = np.zeros((len(y), m))
    for i, c in enumerate(y):
        Y[i, c] = 1.
    return Y


def grad_oa(os, y, m):
    return os - encode(y, m)


def grad_b2(grad_oa, n):
    return 1. / n * np.sum(grad_oa, axis=0)


def grad_W2(hs, grad_oa, n):
    return 1. / n * hs.T.dot(grad_oa)


def grad_hs(grad_oa, W2):
    return grad_oa.dot(W2.T)


def grad_ha(grad_hs, ha):
    return grad_hs * relu_backward(ha)


def grad_b1(grad_ha, n):
    return 1. / n * np.sum(grad_ha, axis=0)


def grad_W1(X, grad_ha, n):
    return 1. / n * X.T.dot(grad_ha)


def grad_x(grad_ha, W1):
    return grad_ha.dot(W1.T)


# verification sur un petit exemple
z = np.array([[1., -1., 0.]])
print('relu', relu(z))
print('derivee', relu_backward(z))
