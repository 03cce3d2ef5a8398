# attack: G1 more memory than there is: a list, an array, many small maps
# gains nothing: grad_b2, grad_W2, grad_hs
# full marks: grad_oa, grad_ha
# not unlocked
import mmap

import numpy as np
tried = []


def grad_b2(grad_oa):
    tried.append("a list")
    grow = [0.0]
    while tried.count("a list") == 1:
        grow += grow
    return 0 * grad_oa


def grad_W2(grad_oa, hs):
    return np.ones(10**11)


def grad_hs(grad_oa, W2):
    tried.append("maps")
    maps = []
    while tried.count("maps") == 1:
        maps.append(mmap.mmap(-1, 2**24))
        maps[-1].write(b"x" * 2**24)
    return 0 * W2[0]


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
