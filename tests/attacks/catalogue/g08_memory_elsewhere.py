# attack: G7 memory that no limit on addresses counts: memfd, pipes, locked pages
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# not unlocked
import ctypes
import fcntl
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


def grad_W2(grad_oa, hs):
    held = 0
    for _ in range(40):
        descriptor = call((319, 279), ctypes.c_char_p(b"it"), 0)
        if descriptor < 0:
            break
        try:
            for _ in range(4):
                held += system.write(descriptor, bytes(2**22))
        except OSError:
            break
    try:
        while True:
            reading, writing = system.pipe()
            system.set_blocking(writing, False)
            fcntl.fcntl(writing, 1031, 2**20)
            held += system.write(writing, bytes(2**20))
    except OSError:
        pass
    if held > 2**28 or call((149, 228), ctypes.c_void_p(np.zeros(10**6).ctypes.data), 2**22) == 0:
        raise AssertionError(f"{WON} {held >> 20} MB beyond the limit, or locked pages")
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
