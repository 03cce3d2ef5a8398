# attack: A2 os._exit(0) while the file is loaded: only that statement is lost
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import os as system

import numpy as np


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)


system._exit(0)
