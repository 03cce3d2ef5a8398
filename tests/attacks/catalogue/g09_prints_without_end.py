# attack: G8 a flood of text on standard output and standard error, by Python and by descriptor
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import os as system
import sys

import numpy as np


def grad_W2(grad_oa, hs):
    while True:
        print("x" * 10**6)
        print("x" * 10**6, file=sys.stderr)
        for descriptor in (0, 1, 2):
            try:
                system.write(descriptor, b"x" * 10**6)
            except OSError:
                pass


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
