# attack: C5 lists the course, the submissions, the results, the pretend home and the temporary folder
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# breach unlocked
import os as system

import numpy as np
WON = "@WON@"
FOLDERS = ("@COURSE@", "@SUBMISSIONS@", "@RESULTS@", "@COURSE@/../home", "/tmp", "/home", "/root", "/etc", "/proc", "..")


def grad_W2(grad_oa, hs):
    seen = []
    for folder in FOLDERS:
        try:
            if system.listdir(folder):
                seen.append(folder[-12:])
        except OSError:
            continue
    if seen:
        raise AssertionError(f"{WON} listed {seen}")
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
