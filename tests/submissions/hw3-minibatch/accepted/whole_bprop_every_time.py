from collections import namedtuple

import numpy as np

Grads = namedtuple("Grads", "x W1 b1 ha hs W2 b2 oa")


def bprop(X, y, W1, b1, W2, b2):
    K = X.shape[0]
    # fprop
    ha = X.dot(W1) + b1
    hs = np.maximum(ha, 0.)
    oa = hs.dot(W2) + b2
    expo = np.exp(oa - oa.max(axis=1)[:, None])
    os = expo / expo.sum(axis=1)[:, None]
    # bprop, one gradient per example
    oh = np.zeros_like(os)
    oh[np.arange(K), y] = 1.
    goa = os - oh
    ghs = goa.dot(W2.T)
    gha = np.where(ha > 0, ghs, 0.)
    return Grads(oa=goa, b2=goa.mean(axis=0), W2=hs.T.dot(goa) / K, hs=ghs, ha=gha,
                 b1=gha.mean(axis=0), W1=X.T.dot(gha) / K, x=gha.dot(W1.T))


def grad_oa(X, y, W1, b1, W2, b2): return bprop(X, y, W1, b1, W2, b2).oa
def grad_b2(X, y, W1, b1, W2, b2): return bprop(X, y, W1, b1, W2, b2).b2
def grad_W2(X, y, W1, b1, W2, b2): return bprop(X, y, W1, b1, W2, b2).W2
def grad_hs(X, y, W1, b1, W2, b2): return bprop(X, y, W1, b1, W2, b2).hs
def grad_ha(X, y, W1, b1, W2, b2): return bprop(X, y, W1, b1, W2, b2).ha
def grad_b1(X, y, W1, b1, W2, b2): return bprop(X, y, W1, b1, W2, b2).b1
def grad_W1(X, y, W1, b1, W2, b2): return bprop(X, y, W1, b1, W2, b2).W1
def grad_x(X, y, W1, b1, W2, b2): return bprop(X, y, W1, b1, W2, b2).x
