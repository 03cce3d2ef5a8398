# attack: A3 SystemExit, KeyboardInterrupt and GeneratorExit, raised in functions
# gains nothing: grad_b2, grad_W2, grad_hs
# full marks: grad_oa, grad_ha
import sys

import numpy as np


def grad_b2(grad_oa):
    sys.exit(0)


def grad_W2(grad_oa, hs):
    raise KeyboardInterrupt


def grad_hs(grad_oa, W2):
    raise GeneratorExit("full marks")


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
