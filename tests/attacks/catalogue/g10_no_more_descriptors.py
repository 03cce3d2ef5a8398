# attack: G9 takes every descriptor there is, and keeps them
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import os as system

import numpy as np
held = []


def grad_W2(grad_oa, hs):
    for _ in range(10**5):
        try:
            held.append(system.dup(1))
        except OSError:
            break
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
