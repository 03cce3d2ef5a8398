import numpy as np


def grad_oa(os, y):
    return os - np.identity(os.shape[1])[list(y)]


def grad_b2(grad_oa):
    unos = np.ones((grad_oa.shape[0], 1)) / grad_oa.shape[0]
    return grad_oa.T @ unos


def grad_W2(grad_oa, hs):
    n = hs.shape[0]
    return np.hstack([hs.T @ grad_oa[:, [k]] for k in range(grad_oa.shape[1])]) / n


def grad_hs(grad_oa, W2):
    return np.hstack([grad_oa @ W2[[j]].T for j in range(W2.shape[0])])


def grad_ha(grad_hs, ha):
    return grad_hs * np.ceil(np.clip(np.sign(ha), 0, None))


def grad_b1(grad_ha):
    unos = np.ones((grad_ha.shape[0], 1)) / grad_ha.shape[0]
    return grad_ha.T @ unos


def grad_W1(grad_ha, X):
    n = X.shape[0]
    return np.hstack([X.T @ grad_ha[:, [j]] for j in range(grad_ha.shape[1])]) / n


def grad_x(grad_ha, W1):
    return np.hstack([grad_ha @ W1[[i]].T for i in range(W1.shape[0])])
