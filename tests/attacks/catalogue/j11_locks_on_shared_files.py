# attack: J11 locks, leases and watches on files that every student can read: a way to talk to another one
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# breach unlocked
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
    won = []
    for path in (np.__file__, system.__file__, "/dev/null"):
        try:
            descriptor = system.open(path, system.O_RDONLY)
        except OSError:
            continue
        for name, attempt in (
            ("flock", lambda: fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)),
            ("lockf", lambda: fcntl.lockf(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)),
            ("lease", lambda: fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)),
            ("notify", lambda: fcntl.fcntl(descriptor, fcntl.F_NOTIFY, fcntl.DN_ACCESS)),
            ("get lock", lambda: fcntl.fcntl(descriptor, fcntl.F_GETLK, bytes(32))),
        ):
            try:
                attempt()
                won.append(name)
            except OSError:
                pass
    if call((294, 26), 0) >= 0 or call((300, 262), 0x200, 0) >= 0:
        won.append("inotify or fanotify")
    if won:
        raise AssertionError(f"{WON} {won}")
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
