import numpy as np

# cs231n style: the 1/N goes in right at the scores


def grad_oa(os, y):
    N = os.shape[0]
    dscores = os.copy()
    dscores[range(N), y] -= 1
    dscores /= N
    return dscores


def grad_b2(grad_oa):
    return np.sum(grad_oa, axis=0)


def grad_W2(grad_oa, hs):
    return hs.T.dot(grad_oa)


def grad_hs(grad_oa, W2):
    return grad_oa.dot(W2.T)


def grad_ha(grad_hs, hs):
    dhidden = grad_hs.copy()
    dhidden[hs <= 0] = 0
    return dhidden


def grad_b1(grad_ha):
    return np.mean(grad_ha, axis=0)


def grad_W1(grad_ha, X):
    return X.T.dot(grad_ha)


def grad_x(grad_ha, W1):
    return grad_ha.dot(W1.T)
