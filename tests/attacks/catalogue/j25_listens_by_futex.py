# attack: J11 waits for a classmate who is graded at the same time, at a word of a library that both have mapped
# gains nothing: grad_W2
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


def word():
    """The address of a word of a file that every student can read, mapped so that it is the same for all."""
    descriptor = system.open(np.__file__, system.O_RDONLY)
    libc.mmap.restype = ctypes.c_void_p
    address = libc.mmap(None, 4096, 1, 1, descriptor, 0)
    system.close(descriptor)
    return ctypes.c_void_p(address), ctypes.c_uint32.from_address(address).value


def wait(seconds):
    address, value = word()
    until = (ctypes.c_long * 2)(int(seconds), int(seconds % 1 * 10**9))
    return call((202, 98), address, 0, value, until, None, 0)


if wait(1.5) == 0:
    raise AssertionError(WON + " a classmate said something")


def grad_W2(grad_oa, hs):
    return np.zeros((len(grad_oa), len(hs)))
