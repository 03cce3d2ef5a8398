# attack: A1 the first thread ends alone, and another one goes on: the process neither runs nor is gone
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import ctypes
import os as system
import threading

import numpy as np


libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
PLACE = {"x86_64": 0, "aarch64": 1}[system.uname().machine]


def call(numbers, *arguments):
    """One system call; its numbers on x86-64 and on aarch64, None where there is no such call."""
    if numbers[PLACE] is None:
        return -1
    given = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return libc.syscall(ctypes.c_long(numbers[PLACE]), *given)


def spin():
    while True:
        pass


def grad_W2(grad_oa, hs):
    threading.Thread(target=spin).start()
    call((60, 93), 0)


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
