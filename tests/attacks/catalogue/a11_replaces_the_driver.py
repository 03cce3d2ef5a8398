# attack: A11 replaces the driver's functions, found by frames, modules and the collector, by ones that lie
# gains nothing: grad_W2, grad_hs, grad_x
import gc
import sys
import types

import numpy as np


def lie(*_, **__):
    return True


def lies_for(namespace):
    for name in ("_same", "compare", "judge", "allclose", "isclose", "array_equal", "run", "score"):
        if name in namespace:
            namespace[name] = lie


def take_over():
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_globals is not globals():
            lies_for(frame.f_globals)
        frame = frame.f_back
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").partition(".")[0] in ("inside", "grader", "__main__"):
            lies_for(vars(module))
    for found in gc.get_objects():
        if isinstance(found, types.FunctionType) and found.__name__ in ("_same", "compare", "judge"):
            try:
                found.__code__ = lie.__code__
            except (ValueError, TypeError):
                pass


def grad_W2(grad_oa, hs):
    take_over()
    return np.full((len(grad_oa), len(hs)), np.nan)


def grad_hs(grad_oa, W2):
    return np.full(W2.shape[1], np.nan)


def grad_x(grad_ha, W1):
    return np.full(W1.shape[1], np.inf)
