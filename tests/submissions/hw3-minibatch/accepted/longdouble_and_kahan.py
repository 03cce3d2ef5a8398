import numpy as np

HP = np.longdouble


def kahan(rows):
    """compensated sum over the examples"""
    total = np.zeros(rows[0].shape, HP)
    c = np.zeros(rows[0].shape, HP)
    for r in rows:
        t = r - c
        s = total + t
        c = (s - total) - t
        total = s
    return total


def grad_oa(os, y):
    q = np.array(os, HP)
    for i in range(q.shape[0]):
        q[i, y[i]] -= HP(1)
    return q / HP(q.shape[0])


def grad_b2(grad_oa):
    return kahan([r.astype(HP) for r in grad_oa])


def grad_W2(grad_oa, hs):
    return kahan([np.outer(h.astype(HP), g.astype(HP)) for h, g in zip(hs, grad_oa)])


def grad_hs(grad_oa, W2):
    return np.dot(grad_oa.astype(HP), W2.astype(HP).T)


def grad_ha(grad_hs, ha):
    return grad_hs.astype(HP) * (ha > 0)


def grad_b1(grad_ha):
    return kahan([r.astype(HP) for r in grad_ha])


def grad_W1(grad_ha, X):
    return kahan([np.outer(v.astype(HP), g.astype(HP)) for v, g in zip(X, grad_ha)])


def grad_x(grad_ha, W1):
    return np.dot(grad_ha.astype(HP), W1.astype(HP).T)
