# fails: grad_oa, grad_b2, grad_W2, grad_hs, grad_ha, grad_b1, grad_W1, grad_x  (not-module-level)
import numpy as np


class Network:

    def __init__(self, seed=0):
        self.rng = np.random.default_rng(seed)

    def grad_oa(self, os, y):
        return os - np.eye(len(os))[y - 1]

    def grad_b2(self, grad_oa):
        return grad_oa

    def grad_W2(self, grad_oa, hs):
        return np.outer(grad_oa, hs)

    def grad_hs(self, grad_oa, W2):
        return W2.T @ grad_oa

    def grad_ha(self, grad_hs, ha):
        return grad_hs * (ha > 0)

    def grad_b1(self, grad_ha):
        return grad_ha

    def grad_W1(self, grad_ha, x):
        return np.outer(grad_ha, x)

    def grad_x(self, grad_ha, W1):
        return W1.T @ grad_ha
