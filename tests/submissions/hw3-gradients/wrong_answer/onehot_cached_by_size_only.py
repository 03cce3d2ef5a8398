# fails: grad_oa  (stale-cache)
from functools import lru_cache

import numpy as np


class Label:
    """compares equal to every other label, which makes the cache so fast"""

    def __init__(self, y):
        self.y = int(y)

    def __hash__(self):
        return 0

    def __eq__(self, other):
        return isinstance(other, Label)


@lru_cache(maxsize=None)
def target(label, m):
    return (np.arange(1, m + 1) == label.y).astype(float)


def grad_oa(os, y):
    return os - target(Label(y), len(os))


def grad_b2(grad_oa):
    return grad_oa


def grad_W2(grad_oa, hs):
    return grad_oa[..., None] @ hs[None, ...]


def grad_hs(grad_oa, W2):
    return (grad_oa[None] @ W2).squeeze(0)


def grad_ha(grad_hs, ha):
    return grad_hs * (0 < ha)


def grad_b1(grad_ha):
    return grad_ha


def grad_W1(grad_ha, x):
    return grad_ha[..., None] @ x[None, ...]


def grad_x(grad_ha, W1):
    return (grad_ha[None] @ W1).squeeze(0)
