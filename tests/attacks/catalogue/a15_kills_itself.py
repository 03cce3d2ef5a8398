# attack: A1 SIGKILL to itself, which looks like a machine that ran out of memory: unknown must not be had by choice
# gains nothing: grad_b2, grad_W2
# full marks: grad_oa, grad_ha
import os as system
import signal
import threading

import numpy as np


def grad_b2(grad_oa):
    try:
        signal.raise_signal(signal.SIGKILL)
    except OSError:
        pass
    signal.pthread_kill(threading.get_ident(), signal.SIGKILL)


def grad_W2(grad_oa, hs):
    system.kill(system.getpid(), signal.SIGKILL)


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
