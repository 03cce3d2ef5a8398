import numpy as np


def drelu(z):
    return np.heaviside(z, 1.)


def grad_oa(os, y):
    e_y = np.eye(len(os))[:, y - 1]
    return os - e_y


def grad_b2(os, y):
    return grad_oa(os, y)


def grad_W2(os, y, hs):
    delta = grad_oa(os, y)
    return np.outer(delta, hs)


def grad_hs(os, y, W2):
    delta = grad_oa(os, y)
    return W2.T @ delta


def grad_ha(os, y, W2, ha):
    return grad_hs(os, y, W2) * drelu(ha)


def grad_b1(os, y, W2, ha):
    return grad_ha(os, y, W2, ha)


def grad_W1(os, y, W2, ha, x):
    return np.outer(grad_ha(os, y, W2, ha), x)


def grad_x(os, y, W2, ha, W1):
    return W1.T @ grad_ha(os, y, W2, ha)
