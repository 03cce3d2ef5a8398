"""Every local Jacobian as a tensor with the example first, then one contraction."""
import numpy as np


def J_oa_log(os):
    n, m = os.shape
    return os[:, None, :] * np.ones((1, m, 1)) - np.eye(m)[None]  # [i, class, k]


def grad_oa(os, y):
    J = J_oa_log(os)
    return np.take_along_axis(J, y.reshape(-1, 1, 1), axis=1)[:, 0, :] / len(y)


def grad_b2(grad_oa):
    J = np.broadcast_to(np.eye(grad_oa.shape[1]), (grad_oa.shape[0],) + 2 * (grad_oa.shape[1],))
    return np.tensordot(grad_oa, J, axes=([0, 1], [0, 1]))


def grad_W2(grad_oa, hs):
    return np.tensordot(hs, grad_oa, axes=(0, 0))


def grad_hs(grad_oa, W2):
    return np.tensordot(grad_oa, W2, axes=(1, 1))


def grad_ha(grad_hs, ha):
    n, dh = ha.shape
    J = np.zeros((n, dh, dh))
    i, j = np.where(ha > 0)
    J[i, j, j] = 1
    return np.matmul(grad_hs[:, None, :], J).reshape(n, dh)


def grad_b1(grad_ha):
    J = np.broadcast_to(np.eye(grad_ha.shape[1]), (grad_ha.shape[0],) + 2 * (grad_ha.shape[1],))
    return np.tensordot(grad_ha, J, axes=([0, 1], [0, 1]))


def grad_W1(grad_ha, X):
    return np.tensordot(X, grad_ha, axes=(0, 0))


def grad_x(grad_ha, W1):
    return np.tensordot(grad_ha, W1, axes=(1, 1))
