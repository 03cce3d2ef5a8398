import sys

import numpy as np

data = np.loadtxt(open('cercles.txt', 'r'))
train, test = data[:1000, :], data[1000:, :]
print(train.shape, test.shape)


def grad_oa(os, y):
    return os - np.bincount([int(y) - 1], minlength=os.shape[0])


def grad_b2(grad_oa):
    return grad_oa


def grad_W2(grad_oa, hs):
    return np.dot(np.atleast_2d(grad_oa).T, np.atleast_2d(hs))


def grad_hs(grad_oa, W2):
    return np.dot(np.atleast_2d(grad_oa), W2).flatten()


def grad_ha(grad_hs, ha):
    return np.multiply(grad_hs, ha > 0)


def grad_b1(grad_ha):
    return grad_ha


def grad_W1(grad_ha, x):
    return np.dot(np.atleast_2d(grad_ha).T, np.atleast_2d(x))


def grad_x(grad_ha, W1):
    return np.dot(np.atleast_2d(grad_ha), W1).flatten()


print(grad_oa(np.array([0.2, 0.8]), 1))
sys.exit(0)
