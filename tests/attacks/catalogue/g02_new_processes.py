# attack: G2 a new process by fork, vfork, clone, clone3, posix_spawn and subprocess
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# breach unlocked
import ctypes
import os as system
import subprocess

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


def by(name, start):
    try:
        if start() == 0:
            open(f"{DROP}/{name}", "w").write("a new process")
            call((231, 94), 0)
    except (OSError, ValueError):
        pass


def grad_W2(grad_oa, hs):
    touch = ["/bin/sh", "-c", f"echo > {DROP}/shell"]
    by("fork", system.fork)
    by("rawfork", lambda: call((57, None)))
    by("clone", lambda: call((56, 220), 17, 0, 0, 0, 0))
    by("clone3", lambda: call((435, 435), (ctypes.c_uint64 * 11)(0, 0, 0, 0, 17), 88))
    by("spawn", lambda: system.posix_spawn(touch[0], touch, {}) and None)
    by("subprocess", lambda: subprocess.run(touch, check=False) and None)
    by("system", lambda: system.system(" ".join(touch)) and None)
    by("popen", lambda: system.popen(touch[2]).read() and None)
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
