def transpose(A):
    return [list(c) for c in zip(*A)]


def matmul(A, B):
    Bt = transpose(B)
    return [[sum(a * b for a, b in zip(row, col)) for col in Bt] for row in A]


def mean_rows(A):
    n = len(A)
    return [sum(c) / n for c in zip(*A)]


def scale(A, s):
    return [[a * s for a in row] for row in A]


def grad_oa(os, y):
    return [[p - 1.0 if k == label else p - 0.0 for k, p in enumerate(row)] for row, label in zip(os, y)]


def grad_b2(grad_oa):
    return mean_rows(grad_oa)


def grad_W2(grad_oa, hs):
    return scale(matmul(transpose(hs), grad_oa), 1 / len(hs))


def grad_hs(grad_oa, W2):
    return matmul(grad_oa, transpose(W2))


def grad_ha(grad_hs, ha):
    return [[g if a > 0 else 0.0 for g, a in zip(gr, ar)] for gr, ar in zip(grad_hs, ha)]


def grad_b1(grad_ha):
    return mean_rows(grad_ha)


def grad_W1(grad_ha, X):
    return scale(matmul(transpose(X), grad_ha), 1 / len(X))


def grad_x(grad_ha, W1):
    return matmul(grad_ha, transpose(W1))
