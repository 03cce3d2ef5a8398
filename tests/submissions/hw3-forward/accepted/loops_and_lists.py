from math import exp, log


def n_theta(d, dh, m):
    count = 0
    for rows, columns in ((dh, d), (m, dh)):
        for _ in range(rows):
            count += columns + 1
    return count


def _affine(W, v, b):
    return [sum(w * a for w, a in zip(row, v)) + c for row, c in zip(W, b)]


def ha(W1, x, b1):
    return _affine(W1, x, b1)


def hs(ha):
    return [a if a > 0 else 0.0 for a in ha]


def oa(W2, hs, b2):
    return _affine(W2, hs, b2)


def os(oa):
    top = max(oa)
    e = [exp(a - top) for a in oa]
    return [v / sum(e) for v in e]


def loss(oa, y):
    top = max(oa)
    return top + log(sum(exp(a - top) for a in oa)) - oa[y - 1]


def penalty(W1, W2, l11, l12, l21, l22):
    one = lambda W: sum(abs(w) for row in W for w in row)
    two = lambda W: sum(w * w for row in W for w in row)
    return l11 * one(W1) + l12 * two(W1) + l21 * one(W2) + l22 * two(W2)


def _slope(w, one, two):
    return one * ((w > 0) - (w < 0)) * 1.0 + 2 * two * w if w else 0.0


def grad_W1_penalty(W1, l11, l12):
    return [[l11 * (1 if w > 0 else -1 if w < 0 else 0) + 2 * l12 * w for w in row] for row in W1.tolist()]


def grad_W2_penalty(W2, l21, l22):
    return [[_slope(w, l21, l22) for w in row] for row in W2.tolist()]
