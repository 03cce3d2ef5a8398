# attack: I8 changes a classmate's file, the rubric and the reference, so that others lose points
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# breach unlocked
import os as system

import numpy as np
NAME = "@NAME@"


def grad_W2(grad_oa, hs):
    for path in ("@OTHER@", "@REFERENCE@", "@RUBRIC@"):
        try:
            with open(path, "a") as file:
                file.write(f"# {NAME}\n")
        except OSError:
            pass
        try:
            descriptor = system.open(path, system.O_WRONLY | system.O_APPEND)
            system.write(descriptor, f"# {NAME}\n".encode())
        except OSError:
            pass
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
