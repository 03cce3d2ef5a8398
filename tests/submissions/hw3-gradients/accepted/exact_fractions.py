"""Rational arithmetic, so that no rounding at all can be my fault."""
from fractions import Fraction as Q


def q(v):
    return [Q(float(a)) for a in v]


def grad_oa(os, y):
    g = q(os)
    g[int(y) - 1] -= 1
    return list(map(float, g))


def grad_b2(grad_oa):
    return list(map(float, q(grad_oa)))


def grad_W2(grad_oa, hs):
    return [[float(a * b) for b in q(hs)] for a in q(grad_oa)]


def grad_hs(grad_oa, W2):
    g = q(grad_oa)
    return [float(sum(a * b for a, b in zip(g, q(col)))) for col in zip(*W2)]


def grad_ha(grad_hs, ha):
    return [float(g) * int(a > 0) for g, a in zip(grad_hs, q(ha))]


def grad_b1(grad_ha):
    return list(map(float, q(grad_ha)))


def grad_W1(grad_ha, x):
    return [[float(a * b) for b in q(x)] for a in q(grad_ha)]


def grad_x(grad_ha, W1):
    g = q(grad_ha)
    return [float(sum(a * b for a, b in zip(g, q(col)))) for col in zip(*W1)]
