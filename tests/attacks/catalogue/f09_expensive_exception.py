# attack: F9 exceptions of millions of characters, of ten thousand causes, with ten thousand notes
# gains nothing: grad_b2, grad_W2, grad_hs
# full marks: grad_oa, grad_ha
import numpy as np


def grad_b2(grad_oa):
    raise ValueError("x" * 3 * 10**6)


def grad_W2(grad_oa, hs):
    error = None
    for _ in range(10**4):
        following = ValueError("again")
        following.__cause__, following.__context__ = error, error
        error = following
    raise error


def grad_hs(grad_oa, W2):
    error = ValueError("\u202e" * 10**5)
    for _ in range(10**3):
        error.add_note("note " * 100)
    raise ExceptionGroup("group", [error] * 1000)


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
