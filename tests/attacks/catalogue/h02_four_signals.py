# attack: H2 abort, an illegal instruction, a division by zero in C, a bus error
# gains nothing: grad_b2, grad_W2, grad_hs, grad_x
# full marks: grad_oa, grad_ha
import ctypes
import os as system
import signal

import numpy as np


def grad_b2(grad_oa):
    system.abort()


def grad_W2(grad_oa, hs):
    signal.raise_signal(signal.SIGILL)
    return 0 * np.outer(grad_oa, hs)


def grad_hs(grad_oa, W2):
    signal.raise_signal(signal.SIGFPE)
    return 0 * W2[0]


def grad_x(grad_ha, W1):
    signal.raise_signal(signal.SIGBUS)
    ctypes.CDLL(None).abort()


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
