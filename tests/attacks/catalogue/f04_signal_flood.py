# attack: F4 a timer that fires a million times a second
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import signal

import numpy as np


def grad_W2(grad_oa, hs):
    signal.signal(signal.SIGALRM, lambda *_: None)
    signal.signal(signal.SIGPROF, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 1e-6, 1e-6)
    signal.setitimer(signal.ITIMER_PROF, 1e-6, 1e-6)
    while True:
        pass


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
