# fails: grad_b2, grad_W2  (depends-on-global-state)
import numpy as np

delta = np.zeros((1, 1, 1))


def grad_oa(os, y):
    global delta
    delta = os.copy()
    delta[y - 1] -= 1
    return delta.copy()


def grad_b2():
    return delta


def grad_W2(hs):
    return np.outer(delta, hs)


def grad_hs(grad_oa, W2):
    return np.dot(grad_oa, W2)


def grad_ha(grad_hs, ha):
    return np.where(ha > 0, grad_hs, 0)


def grad_b1(grad_ha):
    return grad_ha


def grad_W1(grad_ha, x):
    return np.outer(grad_ha, x)


def grad_x(grad_ha, W1):
    return np.dot(grad_ha, W1)
