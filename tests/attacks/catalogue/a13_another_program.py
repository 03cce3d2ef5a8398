# attack: A13 execve: another program takes the place of the student's process
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# breach unlocked
import os as system

import numpy as np
DROP = "@DROP@"


def grad_W2(grad_oa, hs):
    system.execv("/bin/sh", ["sh", "-c", f"echo it ran > {DROP}/exec"])


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
