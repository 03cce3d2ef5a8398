# attack: F7 recursion without a limit
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import sys

import numpy as np


def grad_W2(grad_oa, hs):
    sys.setrecursionlimit(2**31 - 1)
    return grad_W2(grad_oa, hs)


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
