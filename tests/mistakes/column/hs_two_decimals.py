import numpy as np

es = np.einsum


def grad_oa(os, y):
    target = np.eye(os.size)[y - 1]
    return es('k->k', os) - target


def grad_b2(grad_oa):
    return es('k->k', grad_oa)


def grad_W2(grad_oa, hs):
    return es('k,j->kj', grad_oa, hs)


def grad_hs(grad_oa, W2):
    return np.round(es('k,kj->j', grad_oa, W2), 2)


def grad_ha(grad_hs, ha):
    return es('j,j->j', grad_hs, (ha > 0).astype(float))


def grad_b1(grad_ha):
    return es('j->j', grad_ha)


def grad_W1(grad_ha, x):
    return es('j,i->ji', grad_ha, x)


def grad_x(grad_ha, W1):
    return es('j,ji->i', grad_ha, W1)
