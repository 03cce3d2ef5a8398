# attack: C8 process_madvise, migrate_pages, move_pages, kcmp, perf_event_open and get_robust_list of another process
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import ctypes
import os as system

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


WON = "@WON@"
VICTIM = @VICTIM@


def grad_W2(grad_oa, hs):
    one = (ctypes.c_uint64 * 1)(1)
    won = []
    if call((312, 272), system.getpid(), VICTIM, 1, 0, 0) >= 0:
        won.append("kcmp")
    if call((256, 238), VICTIM, 8, one, one) >= 0:
        won.append("migrate_pages")
    if call((279, 239), VICTIM, 0, None, None, None, 0) >= 0:
        won.append("move_pages")
    attributes = (ctypes.c_uint32 * 32)(1, 128, 0)
    if call((298, 241), attributes, VICTIM, -1, -1, 0) >= 0:
        won.append("perf_event_open")
    if won:
        raise AssertionError(f"{WON} {won}")
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
