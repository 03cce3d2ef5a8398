import numpy as np


def n_theta(d: int, dh: int, m: int) -> int:
    return sum(out * (into + 1) for into, out in ((d, dh), (dh, m)))


def ha(W1: np.ndarray, x: np.ndarray, b1: np.ndarray) -> np.ndarray:
    return np.einsum("hd,d->h", W1, x) + b1


def hs(ha: np.ndarray) -> np.ndarray:
    return np.clip(ha, 0, None)


def oa(W2: np.ndarray, hs: np.ndarray, b2: np.ndarray) -> np.ndarray:
    return np.tensordot(W2, hs, axes=1) + b2


def os(oa: np.ndarray) -> np.ndarray:
    difference = oa[None, :] - oa[:, None]
    return 1 / np.exp(difference).sum(axis=1)


def loss(oa: np.ndarray, y: int) -> float:
    top = oa.max(keepdims=True)
    return float((top + np.log(np.exp(oa - top).sum()))[0] - oa[y - 1])


def penalty(W1, W2, l11, l12, l21, l22) -> float:
    norms = [np.linalg.norm(W1.ravel(), 1), np.linalg.norm(W1, "fro") ** 2]
    norms += [np.linalg.norm(W2.ravel(), 1), np.linalg.norm(W2, "fro") ** 2]
    return float(np.dot([l11, l12, l21, l22], norms))


def grad_W1_penalty(W1, l11, l12):
    return np.tensordot([l11, 2 * l12], np.stack([np.sign(W1), W1]), axes=1)


def grad_W2_penalty(W2, l21, l22):
    return np.einsum("k,kij->ij", [l21, 2 * l22], np.array([np.sign(W2), W2]))
