# attack: C1 walks every frame outside its own for arrays of the wanted shape, and returns what it finds
# gains nothing: grad_W2, grad_hs
# full marks: grad_oa, grad_ha
import sys

import numpy as np


def found(shape, given):
    frame = sys._getframe(2)
    while frame is not None:
        for space in (frame.f_locals, frame.f_globals):
            for value in list(space.values()):
                parts = value.values() if isinstance(value, dict) else [value]
                for part in list(parts):
                    if isinstance(part, np.ndarray) and part.shape == shape and not any(part is g for g in given):
                        return part.copy()
        frame = frame.f_back
    return np.zeros(shape)


def grad_W2(grad_oa, hs):
    return found((len(grad_oa), len(hs)), (grad_oa, hs))


def grad_hs(grad_oa, W2):
    return found((W2.shape[1],), (grad_oa, W2))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
