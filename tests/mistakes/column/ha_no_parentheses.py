from numpy import array, dot, eye, multiply, outer, transpose, zeros


def indicator(k, m):
    return eye(m)[k - 1]


def grad_oa(os, y):
    return array(os) - indicator(y, len(os))


def grad_b2(grad_oa):
    return array(grad_oa)


def grad_W2(hs, grad_oa):
    return outer(grad_oa, hs)


def grad_hs(W2, grad_oa):
    return dot(transpose(W2), grad_oa)


def grad_ha(ha, grad_hs):
    return array(grad_hs * ha > 0, dtype=float)


def grad_b1(grad_ha):
    return array(grad_ha)


def grad_W1(x, grad_ha):
    return outer(grad_ha, x)


def grad_x(W1, grad_ha):
    return dot(transpose(W1), grad_ha)
