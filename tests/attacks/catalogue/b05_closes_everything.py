# attack: B5 closes every descriptor after it was loaded, and goes on computing
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import os as system

import numpy as np


def grad_W2(grad_oa, hs):
    system.closerange(0, 4096)
    while True:
        sum(range(1000))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
