# attack: J10 a key in the user's keyring, which the next student finds
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
NAME = "@NAME@"


def grad_W2(grad_oa, hs):
    words = [ctypes.c_char_p(word) for word in (b"user", f"{WON}-{NAME}".encode(), b"secret")]
    key = -1
    for ring in (-4, -5, -3):
        key = max(key, call((248, 217), words[0], words[1], words[2], 6, ring))
        call((250, 219), 15, key, 300)
    if key >= 0 or call((250, 219), 0, -4, 0) >= 0 or call((249, 218), words[0], words[1], None, 0) >= 0:
        raise AssertionError(f"{WON} the keyrings answer")
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
