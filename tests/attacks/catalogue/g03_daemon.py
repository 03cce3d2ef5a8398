# attack: G3 a daemon: forks twice, leads a session of its own, closes everything, and stays
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# breach unlocked
import os as system
import time

import numpy as np
NAME = "@NAME@"


def grad_W2(grad_oa, hs):
    if system.fork() == 0:
        system.setsid()
        if system.fork() == 0:
            system.closerange(0, 256)
            open("/proc/self/comm", "w").write(NAME[:15])
            time.sleep(300)
        system.abort()
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
