# attack: A6 ignores and blocks every signal, then goes on for ever
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import signal

import numpy as np


def grad_W2(grad_oa, hs):
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    except (OSError, ValueError):
        pass
    while True:
        pass


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
