from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    Vecteur = NDArray[np.float64]
    Matrice = NDArray[np.float64]


def grad_oa(os: Vecteur, y: int) -> Vecteur:
    basis: Matrice = np.eye(os.shape[0])
    return os - np.take(basis, y - 1, axis=0)


def grad_b2(grad_oa: Vecteur) -> Vecteur:
    return grad_oa


def grad_W2(grad_oa: Vecteur, hs: Vecteur) -> Matrice:
    return np.einsum("i,j->ij", grad_oa, hs)


def grad_hs(grad_oa: Vecteur, W2: Matrice) -> Vecteur:
    return np.einsum("ij,i->j", W2, grad_oa)


def grad_ha(grad_hs: Vecteur, ha: Vecteur) -> Vecteur:
    return np.einsum("j,j->j", grad_hs, np.heaviside(ha, 0))


def grad_b1(grad_ha: Vecteur) -> Vecteur:
    return grad_ha


def grad_W1(grad_ha: Vecteur, x: Vecteur) -> Matrice:
    return np.einsum("i,j->ij", grad_ha, x)


def grad_x(grad_ha: Vecteur, W1: Matrice) -> Vecteur:
    return np.einsum("ij,i->j", W1, grad_ha)
