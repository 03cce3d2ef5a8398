import numpy as np

f = np.float32


def n_theta(d, dh, m):
    return np.int32(dh * d + dh + m * dh + m)


def ha(W1, x, b1):
    return W1.astype(f) @ x.astype(f) + b1.astype(f)


def hs(ha):
    return np.maximum(ha.astype(f), f(0))


def oa(W2, hs, b2):
    return W2.astype(f) @ hs.astype(f) + b2.astype(f)


def os(oa):
    e = np.exp(oa.astype(f) - oa.astype(f).max())
    return e / e.sum()


def loss(oa, y):
    z = oa.astype(f)
    return z.max() + np.log(np.exp(z - z.max()).sum()) - z[y - 1]


def penalty(W1, W2, l11, l12, l21, l22):
    A, B = W1.astype(f), W2.astype(f)
    return f(l11) * np.abs(A).sum() + f(l12) * (A * A).sum() + f(l21) * np.abs(B).sum() + f(l22) * (B * B).sum()


def grad_W1_penalty(W1, l11, l12):
    return (l11 * np.sign(W1) + 2 * l12 * W1).astype(f)


def grad_W2_penalty(W2, l21, l22):
    return (l21 * np.sign(W2) + 2 * l22 * W2).astype(f)
