# attack: E6 replaces the module's own builtins, name, file and dictionary, and deletes what a loader needs
# gains nothing: grad_W2, grad_hs
# full marks: grad_oa, grad_ha
import sys

import numpy as np


class Space(dict):
    def get(self, *_):
        raise SystemExit

    __getitem__ = __contains__ = get


def grad_W2(grad_oa, hs):
    return np.zeros((len(grad_oa), len(hs)))


def grad_hs(grad_oa, W2):
    return np.zeros(W2.shape[1])


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)


__builtins__ = Space()
__name__ = Space()
__file__ = "/etc/passwd"
__spec__ = __loader__ = __package__ = __path__ = Space
sys.modules["submission"] = None
globals()[5] = globals()[None] = globals()["grad\ud800_b1"] = print
