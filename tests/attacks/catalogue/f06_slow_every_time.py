# attack: F6 every call stays just below the limit
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import time

import numpy as np


def grad_W2(grad_oa, hs):
    end = time.process_time() + 0.15
    while time.process_time() < end:
        pass
    return 0 * np.outer(grad_oa, hs)


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
