# attack: C14 searches the whole request for a trial where its own answer is somebody else's input
# gains nothing: grad_hs, grad_W2, grad_ha
import sys

import numpy as np


def request():
    frame = sys._getframe(2)
    while frame is not None:
        for value in frame.f_locals.values():
            if hasattr(value, "functions") and hasattr(value, "wanted"):
                return value
        frame = frame.f_back
    return None


def stolen(target, **mine):
    found = request()
    if found is None:
        return None
    for number, place in enumerate(found.functions):
        names = found.wanted[place]["offered"]
        if target not in names:
            continue
        values = {n: v.value for n, v in zip(names, found.offered(number, range(len(names))))}
        same = all(n in values and np.array_equal(values[n], mine[n]) for n in mine)
        if same and target in values:
            return values[target]
    return None


def grad_hs(grad_oa, W2):
    answer = stolen("grad_hs", grad_oa=grad_oa, W2=W2)
    return np.zeros(W2.shape[1]) if answer is None else answer


def grad_W2(grad_oa, hs):
    answer = stolen("grad_W2", grad_oa=grad_oa, hs=hs)
    return np.zeros((len(grad_oa), len(hs))) if answer is None else answer


def grad_ha(grad_hs, ha):
    answer = stolen("grad_ha", grad_hs=grad_hs, ha=ha)
    return np.zeros(len(ha)) if answer is None else answer


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)
