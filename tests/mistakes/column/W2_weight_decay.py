import numpy as np
from numpy import ndarray


def one_hot(label: int, size: int) -> ndarray:
    vec = np.zeros(size, dtype=float)
    vec.put(label - 1, 1.0)
    return vec


def grad_oa(os: ndarray, y: int) -> ndarray:
    """Gradient at the output activations."""
    return np.subtract(os, one_hot(y, os.shape[0]))


def grad_b2(grad_oa: ndarray) -> ndarray:
    return np.array(grad_oa, copy=True)


def grad_W2(grad_oa: ndarray, hs: ndarray, W2: ndarray, lambda2: float = 0.1) -> ndarray:
    return np.multiply.outer(grad_oa, hs) + 2 * lambda2 * W2


def grad_hs(grad_oa: ndarray, W2: ndarray) -> ndarray:
    return np.tensordot(grad_oa, W2, axes=(0, 0))


def grad_ha(grad_hs: ndarray, ha: ndarray) -> ndarray:
    gate = np.greater(ha, 0).astype(np.float64)
    return np.multiply(grad_hs, gate)


def grad_b1(grad_ha: ndarray) -> ndarray:
    return np.array(grad_ha, copy=True)


def grad_W1(grad_ha: ndarray, x: ndarray) -> ndarray:
    return np.multiply.outer(grad_ha, x)


def grad_x(grad_ha: ndarray, W1: ndarray) -> ndarray:
    return np.tensordot(grad_ha, W1, axes=(0, 0))
