# attack: E5 replaces import, the finders, the loaders and numpy itself, in a call
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import builtins
import sys
import types

import numpy as np


class Finder:
    @staticmethod
    def find_spec(*_, **__):
        raise ImportError("nothing can be imported any more")


def grad_W2(grad_oa, hs):
    sys.meta_path[:] = [Finder]
    sys.path_hooks[:] = []
    sys.path[:] = []
    sys.path_importer_cache.clear()
    builtins.__import__ = lambda *_: types.ModuleType("nothing")
    builtins.__build_class__ = builtins.isinstance = builtins.len = lambda *_: 1
    for name in list(sys.modules):
        if name != "submission":
            sys.modules[name] = types.ModuleType(name)
    return np.zeros((2, 2))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
