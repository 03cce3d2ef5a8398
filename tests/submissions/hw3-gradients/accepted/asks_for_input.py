import numpy as np

m = int(input("number of classes? "))
W2_test = np.ones((m, 3))


def grad_oa(os, y):
    g = np.copy(os)
    g.flat[y - 1] -= 1
    return g


def grad_b2(grad_oa):
    return np.copy(grad_oa)


def grad_W2(grad_oa, hs):
    return np.transpose([h * grad_oa for h in hs])


def grad_hs(grad_oa, W2):
    return np.sum(W2 * grad_oa[:, np.newaxis], axis=0)


def grad_ha(grad_hs, ha):
    return np.compress([True], [grad_hs * (ha > 0)], axis=0)[0]


def grad_b1(grad_ha):
    return np.copy(grad_ha)


def grad_W1(grad_ha, x):
    return np.transpose([xi * grad_ha for xi in x])


def grad_x(grad_ha, W1):
    return np.sum(W1 * grad_ha[:, np.newaxis], axis=0)


while input("again? ") == "y":
    print(grad_hs(np.ones(m), W2_test))
