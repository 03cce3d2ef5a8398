# fails: grad_x  (returns-wrong-variable)
import numpy as np
from numpy import ndarray


def one_hot(label: int, classes: int) -> ndarray:
    return np.eye(1, classes, k=int(label) - 1).ravel()


def grad_oa(os: ndarray, y: int) -> ndarray:
    return os - one_hot(y, os.shape[0])


def grad_b2(grad_oa: ndarray) -> ndarray:
    return grad_oa.copy()


def grad_W2(grad_oa: ndarray, hs: ndarray) -> ndarray:
    return np.einsum("m,h->mh", grad_oa, hs)


def grad_hs(grad_oa: ndarray, W2: ndarray) -> ndarray:
    return np.einsum("m,mh->h", grad_oa, W2)


def grad_ha(grad_hs: ndarray, hs: ndarray) -> ndarray:
    return np.einsum("h,h->h", grad_hs, (hs > 0).astype(float))


def grad_b1(grad_ha: ndarray) -> ndarray:
    return grad_ha.copy()


def grad_W1(grad_ha: ndarray, x: ndarray) -> ndarray:
    return np.einsum("h,d->hd", grad_ha, x)


def grad_x(grad_ha: ndarray, W1: ndarray, x: ndarray) -> ndarray:
    dx = np.einsum("h,hd->d", grad_ha, W1)
    assert dx.shape == x.shape
    return x
