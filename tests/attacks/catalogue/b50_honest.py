# attack: none, an honest hand-in with loops
# full marks: all
import numpy as np


def grad_oa(os, y):
    result = np.array(os, dtype=float)
    result[int(y) - 1] -= 1
    return result


def grad_b2(grad_oa):
    return grad_oa.copy()


def grad_W2(grad_oa, hs):
    result = np.zeros((len(grad_oa), len(hs)))
    for i in range(len(grad_oa)):
        for j in range(len(hs)):
            result[i, j] = grad_oa[i] * hs[j]
    return result


def grad_hs(grad_oa, W2):
    return [sum(W2[k, j] * grad_oa[k] for k in range(len(grad_oa))) for j in range(W2.shape[1])]


def grad_ha(grad_hs, ha):
    return np.where(ha > 0, grad_hs, 0.0)


def grad_b1(grad_ha):
    return 1.0 * grad_ha


def grad_W1(grad_ha, x):
    return grad_ha.reshape(-1, 1) @ x.reshape(1, -1)


def grad_x(grad_ha, W1):
    return np.einsum("ij,i->j", W1, grad_ha)
