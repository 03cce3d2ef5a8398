# grad_w2 and grad_w1 (lower case) are helpers for ONE example; grad_W2 and grad_W1 are the answers
import numpy as np


def grad_w2(goa_i, hs_i):
    return np.outer(hs_i, goa_i)


def grad_w1(gha_i, x_i):
    return np.outer(x_i, gha_i)


def gradoa(os_i, y_i):
    return os_i - np.eye(os_i.size)[y_i]


def grad_oa(os, y):
    return np.vstack([gradoa(o, c) for o, c in zip(os, y)])


def grad_b2(grad_oa, n):
    return grad_oa.sum(axis=0) / n


def grad_W2(grad_oa, hs, n):
    return sum(grad_w2(*pair) for pair in zip(grad_oa, hs)) / n


def grad_hs(grad_oa, W2):
    return np.dot(W2, grad_oa.T).T


def grad_ha(grad_hs, ha):
    return np.multiply(grad_hs, (np.asarray(ha) > 0).astype(np.int8))


def grad_b1(grad_ha, n):
    return grad_ha.sum(axis=0) / n


def grad_W1(grad_ha, X, n):
    return sum(grad_w1(*pair) for pair in zip(grad_ha, X)) / n


def grad_x(grad_ha, W1):
    return np.dot(W1, grad_ha.T).T
