# attack: J11 says something to a classmate who is graded at the same time, at a word of a library that both have mapped
# gains nothing: grad_W2
import ctypes
import os as system
import time

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


def word():
    """The address of a word of a file that every student can read, mapped so that it is the same for all."""
    descriptor = system.open(np.__file__, system.O_RDONLY)
    libc.mmap.restype = ctypes.c_void_p
    address = libc.mmap(None, 4096, 1, 1, descriptor, 0)
    system.close(descriptor)
    return ctypes.c_void_p(address)


def speak(seconds):
    address, end = word(), time.monotonic() + seconds
    while time.monotonic() < end:
        for operation in (1, 3, 4, 5, 10):
            ctypes.set_errno(0)
            if call((202, 98), address, operation, 1, 1, address, 0) > 0:
                return True
            if ctypes.get_errno() == 1:
                return False
        time.sleep(0.005)
    return False


if speak(1.5):
    raise AssertionError(WON + " a classmate heard it")


def grad_W2(grad_oa, hs):
    return np.zeros((len(grad_oa), len(hs)))
