# attack: A12 SIGSTOP to itself, so that the grader waits for ever
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import os as system
import signal

import numpy as np


def grad_W2(grad_oa, hs):
    system.kill(system.getpid(), signal.SIGSTOP)
    signal.raise_signal(signal.SIGSTOP)
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
