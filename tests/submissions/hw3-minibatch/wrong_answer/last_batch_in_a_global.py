# fails: grad_hs, grad_W1  (depends-on-global-state)
import numpy as np

etat = {"goa": np.zeros((0, 0)), "gha": np.zeros((0, 0))}


def grad_oa(os, y):
    g = os - np.eye(os.shape[1])[y]
    etat["goa"] = g.copy()
    return g


def grad_b2(grad_oa):
    return grad_oa.sum(axis=0) / len(grad_oa)


def grad_W2(grad_oa, hs):
    return hs.T @ grad_oa / len(hs)


def grad_hs(W2):
    g = np.resize(etat["goa"], (len(etat["goa"]), W2.shape[1]))
    return g @ W2.T


def grad_ha(grad_hs, ha):
    g = grad_hs * (ha > 0)
    etat["gha"] = g.copy()
    return g


def grad_b1(grad_ha):
    return grad_ha.sum(axis=0) / len(grad_ha)


def grad_W1(X, b1):
    g = np.resize(etat["gha"], (len(X), len(b1)))
    return X.T @ g / len(X)


def grad_x(grad_ha, W1):
    return grad_ha @ W1.T
