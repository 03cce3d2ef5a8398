import numpy as np


def grad_oa(os, y, *_, **__):
    return os - np.eye(len(os), dtype=int)[y - 1]


def grad_b2(grad_oa, *args):
    return np.concatenate([grad_oa, *args]) if args else grad_oa


def grad_W2(grad_oa, hs, **options):
    order = options.get("order", "C")
    return np.array(np.outer(grad_oa, hs), order=order)


def grad_hs(grad_oa, W2, *extra_terms):
    g = W2.T @ grad_oa
    for term in extra_terms:
        g = g + term
    return g


def grad_ha(grad_hs, ha, eps=0.0, derivative=lambda a, eps: (a > eps) * 1.0):
    return derivative(ha, eps) * grad_hs


def grad_b1(grad_ha, *args):
    return np.concatenate([grad_ha, *args]) if args else grad_ha


def grad_W1(grad_ha, x, **options):
    order = options.get("order", "F")
    return np.array(np.outer(grad_ha, x), order=order)


def grad_x(grad_ha, W1, *extra_terms):
    g = W1.T @ grad_ha
    for term in extra_terms:
        g = g + term
    return g
