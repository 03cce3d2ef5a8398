# attack: F8 overflows the stack of C code: nested lists, tuples in tuples, a chain of iterators
# gains nothing: grad_b2, grad_W2, grad_hs
# full marks: grad_oa, grad_ha
import sys

import numpy as np


def nested(kind, _seen={}):
    seen = _seen.setdefault(kind, [])
    while len(seen) < 3 * 10**5:
        seen.append(kind(seen[-1:]))
    return seen[-1]


def grad_b2(grad_oa):
    return nested(list)


def grad_W2(grad_oa, hs):
    sys.setrecursionlimit(10**9)
    return hash(nested(tuple))


def grad_hs(grad_oa, W2):
    chain = iter([1.0])
    for _ in range(10**5):
        chain = map(float, chain)
    return list(chain)


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
