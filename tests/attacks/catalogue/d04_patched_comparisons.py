# attack: D4 numpy's comparisons say yes to everything
# gains nothing: grad_W2, grad_hs
# full marks: grad_oa, grad_ha
import builtins
import math

import numpy as np


def yes(*_, **__):
    return True


for space in (np, np.testing, np.ma, math, builtins):
    for name in ("allclose", "isclose", "array_equal", "array_equiv", "isfinite", "isnan", "assert_allclose"):
        if hasattr(space, name):
            setattr(space, name, yes)


def grad_W2(grad_oa, hs):
    return np.zeros((len(grad_oa), len(hs)))


def grad_hs(grad_oa, W2):
    return np.zeros(W2.shape[1])


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
