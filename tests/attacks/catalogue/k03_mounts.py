# attack: K3 mount, remount, chroot, pivot_root, and the new calls for mounts
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# not unlocked
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
ROOT = ctypes.c_char_p(b"/")
TMPFS = ctypes.c_char_p(b"tmpfs")


def grad_W2(grad_oa, hs):
    attempts = {
        "mount": call((165, 40), TMPFS, ctypes.c_char_p(b"@DROP@"), TMPFS, 0, None),
        "remount": call((165, 40), None, ROOT, None, 0x20 | 0x1000, None),
        "umount": call((166, 39), ctypes.c_char_p(b"/proc"), 2),
        "chroot": call((161, 51), ROOT),
        "pivot_root": call((155, 41), ROOT, ROOT),
        "open_tree": call((428, 428), -100, ROOT, 1),
        "fsopen": call((430, 430), TMPFS, 0),
        "mount_setattr": call((442, 442), -100, ROOT, 0, (ctypes.c_uint64 * 4)(), 32),
    }
    won = [name for name, result in attempts.items() if result >= 0]
    if won:
        raise AssertionError(f"{WON} {won}")
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
