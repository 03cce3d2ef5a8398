from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Mat: TypeAlias = npt.NDArray[np.float64]
AXIS_EXAMPLES: Final = 0


def grad_oa(os: Mat, y: npt.NDArray[np.int_], n: int, m: int) -> Mat:
    """(os - onehot) / n, shape (n, m)"""
    onehot: Mat = np.eye(m, dtype=np.float64).take(y, axis=AXIS_EXAMPLES)
    return (os - onehot) / n


def grad_b2(grad_oa: Mat, m: int) -> Mat:
    return np.einsum("nk->k", grad_oa).reshape(1, m)


def grad_W2(grad_oa: Mat, hs: Mat, dh: int, m: int) -> Mat:
    result = np.einsum("nj,nk->jk", hs, grad_oa)
    assert result.shape == (dh, m)
    return result


def grad_hs(grad_oa: Mat, W2: Mat) -> Mat:
    return np.einsum("nk,jk->nj", grad_oa, W2)


def grad_ha(grad_hs: Mat, ha: Mat) -> Mat:
    return np.einsum("nj,nj->nj", grad_hs, np.greater(ha, 0))


def grad_b1(grad_ha: Mat, dh: int) -> Mat:
    return np.einsum("nj->j", grad_ha).reshape(1, dh)


def grad_W1(grad_ha: Mat, X: Mat, d: int, dh: int) -> Mat:
    result = np.einsum("ni,nj->ij", X, grad_ha)
    assert result.shape == (d, dh)
    return result


def grad_x(grad_ha: Mat, W1: Mat, n: int, d: int) -> Mat:
    return np.einsum("nj,ij->ni", grad_ha, W1).reshape(n, d)
