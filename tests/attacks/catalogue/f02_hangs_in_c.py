# attack: F2 calls into C that hold the interpreter's lock: a regular expression, a power
# gains nothing: grad_b2, grad_W2
# full marks: grad_oa, grad_ha
import re

import numpy as np


def grad_b2(grad_oa):
    re.match(r"(a|a)+$", "a" * 64 + "b")


def grad_W2(grad_oa, hs):
    return 3 ** 10**9


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
