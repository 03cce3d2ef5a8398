# fails: grad_hs, grad_ha, grad_b1, grad_W1, grad_x
import numpy as np


def grad_oa(os, y):
    return os - np.arange(1, len(os) + 1).__eq__(y)


def grad_b2(grad_oa):
    return np.ravel(grad_oa)


def grad_W2(grad_oa, hs):
    return np.ravel(grad_oa).reshape(-1, 1) @ np.ravel(hs).reshape(1, -1)


if __name__ == "__main__":
    def grad_hs(grad_oa, W2):
        return W2.T @ grad_oa

    def grad_ha(grad_hs, ha):
        return grad_hs * (ha > 0)

    grad_b1 = grad_b2
    grad_W1 = grad_W2
    grad_x = grad_hs
    print(grad_hs(np.ones(2), np.ones((2, 3))))
