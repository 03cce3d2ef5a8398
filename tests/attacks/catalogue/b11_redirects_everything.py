# attack: B11 puts another file, and a pipe that nobody reads, in the place of every descriptor
# gains nothing: grad_b2, grad_W2
# full marks: grad_oa, grad_ha
import os as system

import numpy as np


def grad_b2(grad_oa):
    here = system.open("/dev/null", system.O_RDWR)
    for descriptor in range(64):
        if descriptor != here:
            system.dup2(here, descriptor)
    return 0 * grad_oa


def grad_W2(grad_oa, hs):
    _, writing = system.pipe()
    for descriptor in range(64):
        if descriptor != writing:
            system.dup2(writing, descriptor)
    return 0 * np.outer(grad_oa, hs)


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
