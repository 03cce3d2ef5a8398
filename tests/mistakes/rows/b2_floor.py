import numpy as np


def grad_oa(os: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(n, m) gradient of each example's loss."""
    target = np.zeros_like(os)
    np.put_along_axis(target, y[:, None], 1.0, axis=1)
    return np.subtract(os, target)


def grad_b2(grad_oa: np.ndarray, n: int) -> np.ndarray:
    return np.add.reduce(grad_oa) // n


def grad_W2(grad_oa: np.ndarray, hs: np.ndarray, n: int) -> np.ndarray:
    return np.divide(np.matmul(np.transpose(hs), grad_oa), n)


def grad_hs(grad_oa: np.ndarray, W2: np.ndarray) -> np.ndarray:
    return np.matmul(grad_oa, np.transpose(W2))


def grad_ha(grad_hs: np.ndarray, ha: np.ndarray) -> np.ndarray:
    active = np.greater(ha, 0.0)
    return np.multiply(grad_hs, active)


def grad_b1(grad_ha: np.ndarray, n: int) -> np.ndarray:
    return np.add.reduce(grad_ha) / n


def grad_W1(grad_ha: np.ndarray, X: np.ndarray, n: int) -> np.ndarray:
    return np.divide(np.matmul(np.transpose(X), grad_ha), n)


def grad_x(grad_ha: np.ndarray, W1: np.ndarray) -> np.ndarray:
    return np.matmul(grad_ha, np.transpose(W1))
