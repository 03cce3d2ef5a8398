"""Homework 3: backprop by hand, one example."""
import numpy as np

# network:
#   ha = W1 x + b1
#   hs = relu(ha)
#   oa = W2 hs + b2
#   os = softmax(oa)
#   L  = -log os[y-1]


def fprop(x, W1, b1, W2, b2):
    ha = W1.dot(x) + b1
    hs = np.maximum(ha, 0)
    oa = W2.dot(hs) + b2
    e = np.exp(oa - np.max(oa))
    os = e / np.sum(e)
    return ha, hs, oa, os


def loss(os, y):
    return -np.log(os[y - 1])


def grad_oa(os, y):
    target = np.array([float(k == y) for k in range(1, len(os) + 1)])
    return os - target


def grad_b2(grad_oa):
    return 1.0 * grad_oa


def grad_W2(grad_oa, hs):
    return np.einsum('i,j->ij', grad_oa, hs)


def grad_hs(grad_oa, W2):
    return np.einsum('ij,i->j', W2, grad_oa)


def grad_ha(grad_hs, ha):
    # hs_j = max(0, ha_j), so d hs_j / d ha_j = ...
    # TODO finish, ask at office hours
    pass
