from numpy import array, dot, eye, multiply, outer, transpose, zeros


def indicator(k, m):
    return eye(m)[k - 1]


def grad_oa(os, y):
    return array(os) - indicator(y, len(os))


def grad_b2(grad_oa):
    return array(grad_oa)


def rank_one(rows, cols):
    return rows.reshape(-1, 1) * cols.reshape(1, -1)


def grad_W2(hs, grad_oa):
    return rank_one(grad_oa, hs)


def grad_hs(W2, grad_oa):
    return dot(transpose(W2), grad_oa)


def grad_ha(ha, grad_hs):
    return multiply(ha > 0, grad_hs)


def grad_b1(grad_ha):
    return array(grad_ha)


def grad_W1(x, grad_ha):
    return rank_one(x, grad_ha)


def grad_x(W1, grad_ha):
    return dot(transpose(W1), grad_ha)
