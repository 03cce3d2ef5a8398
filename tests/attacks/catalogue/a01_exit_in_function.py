# attack: A1 os._exit(0) in the function
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import os as system

import numpy as np


def grad_W2(grad_oa, hs):
    system._exit(0)


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
