# attack: H2 a handler for SIGSEGV that comes back, so that the fault happens again and again
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import ctypes
import faulthandler
import signal

import numpy as np


def grad_W2(grad_oa, hs):
    faulthandler.disable()
    signal.signal(signal.SIGSEGV, lambda *_: None)
    ctypes.string_at(0)


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
