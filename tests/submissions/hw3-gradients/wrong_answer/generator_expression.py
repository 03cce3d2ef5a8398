# fails: grad_b2, grad_ha, grad_b1
def grad_oa(os, y):
    return tuple(o - (k == y) for k, o in enumerate(os, 1))


def grad_b2(grad_oa):
    return (g for g in grad_oa)


def grad_W2(grad_oa, hs):
    return tuple(tuple(g * h for h in hs) for g in grad_oa)


def grad_hs(grad_oa, W2):
    return tuple(sum(g * w for g, w in zip(grad_oa, col)) for col in W2.T)


def grad_ha(grad_hs, ha):
    for g, a in zip(grad_hs, ha):
        yield g if a > 0 else 0.0


def grad_b1(grad_ha):
    return map(float, grad_ha)


def grad_W1(grad_ha, x):
    return tuple(tuple(g * v for v in x) for g in grad_ha)


def grad_x(grad_ha, W1):
    return tuple(sum(g * w for g, w in zip(grad_ha, col)) for col in W1.T)
