import numpy as np


def rectifier_slope(a):
    match a:
        case float() | int() if a > 0:
            return 1.0
        case _:
            return 0.0


def grad_oa(os, y):
    (g := os.copy())[y - 1] -= 1
    return g


def grad_b2(grad_oa):
    match grad_oa.shape:
        case (m,):
            return grad_oa.reshape(m)
        case (m, 1) | (1, m):
            return grad_oa.reshape(m)


def grad_W2(grad_oa, hs):
    if (m := len(grad_oa)) and (dh := len(hs)):
        return np.broadcast_to(grad_oa[:, None], (m, dh)) * np.broadcast_to(hs, (m, dh))


def grad_hs(grad_oa, W2):
    return sum((row := W2[k]) * grad_oa[k] for k in range(len(grad_oa)))


def grad_ha(grad_hs, ha):
    return np.array([rectifier_slope(float(a)) * g for a, g in zip(ha, grad_hs)])


def grad_b1(grad_ha):
    match grad_ha.ndim:
        case 1:
            return grad_ha
        case n:
            raise ValueError(f"{n} dimensions")


def grad_W1(grad_ha, x):
    if (dh := len(grad_ha)) and (d := len(x)):
        return np.broadcast_to(grad_ha[:, None], (dh, d)) * np.broadcast_to(x, (dh, d))


def grad_x(grad_ha, W1):
    return sum(g * row for g, row in zip(grad_ha, W1))
