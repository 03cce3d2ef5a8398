# attack: B4 looks for a results file, a path or a secret in its arguments, its environment and its descriptors
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import os as system
import sys

import numpy as np
SECRET = "can" + "ary-"


def texts():
    yield " ".join([*sys.argv, *sys.orig_argv, *sys.path, *map(str, system.environ.items())])
    for name in ("cmdline", "environ", "mountinfo", "cgroup", "comm"):
        try:
            yield open(f"/proc/self/{name}", "rb").read().decode("latin-1")
        except OSError:
            pass
    for descriptor in range(64):
        try:
            yield system.readlink(f"/proc/self/fd/{descriptor}")
            system.lseek(descriptor, 0, 0)
            yield system.read(descriptor, 10**6).decode("latin-1")
        except OSError:
            pass


def grad_W2(grad_oa, hs):
    for text in texts():
        if SECRET in text:
            at = text.index(SECRET)
            raise AssertionError(text[at : at + 60])
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
