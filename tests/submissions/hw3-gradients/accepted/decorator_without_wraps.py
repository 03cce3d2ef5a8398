import numpy as np


def as_float_array(fn):
    # converts everything to float64 arrays on the way in and out
    def inner(*args, **kwargs):
        args = [np.asarray(a, dtype=float) if np.ndim(a) else a for a in args]
        return np.asarray(fn(*args, **kwargs), dtype=float)
    return inner


@as_float_array
def grad_oa(os, y):
    return [p - (i + 1 == y) for i, p in enumerate(os)]


@as_float_array
def grad_b2(grad_oa):
    return grad_oa


@as_float_array
def grad_W2(grad_oa, hs):
    return [[g * h for h in hs] for g in grad_oa]


@as_float_array
def grad_hs(grad_oa, W2):
    return grad_oa @ W2


@as_float_array
def grad_ha(grad_hs, ha):
    return [g if a > 0 else 0 for g, a in zip(grad_hs, ha)]


@as_float_array
def grad_b1(grad_ha):
    return grad_ha


@as_float_array
def grad_W1(grad_ha, x):
    return [[g * xi for xi in x] for g in grad_ha]


@as_float_array
def grad_x(grad_ha, W1):
    return grad_ha @ W1
