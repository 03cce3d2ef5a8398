# attack: E6 puts modules of its own in the place of the driver's, for whoever imports them next
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import sys
import types

import numpy as np


class Liar(types.ModuleType):
    def __getattr__(self, name):
        return lambda *_, **__: 0


def grad_W2(grad_oa, hs):
    for name in list(sys.modules):
        if name.partition(".")[0] in ("inside", "grader", "traceback", "linecache", "warnings", "signal", "resource"):
            sys.modules[name] = Liar(name)
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
