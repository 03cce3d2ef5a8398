"""n = batch, i = input, j = hidden, k = class"""
from numpy import einsum, eye


def grad_oa(os, y, n, m):
    t = eye(m)[y]
    return (os - t) * (1.0 / n)


def grad_b2(grad_oa):
    return einsum('nk->k', grad_oa)


def grad_W2(grad_oa, hs):
    return einsum('nj,nk->jk', hs, grad_oa)


def grad_hs(grad_oa, W2):
    return einsum('nk,jk->nj', grad_oa, W2)


def grad_ha(grad_hs, ha):
    return einsum('nj,nj->nj', grad_hs, 1.0 * (ha > 0))


def grad_b1(grad_ha):
    return einsum('nj->n', grad_ha)


def grad_W1(grad_ha, X):
    return einsum('ni,nj->ij', X, grad_ha)


def grad_x(grad_ha, W1):
    return einsum('nj,ij->ni', grad_ha, W1)
