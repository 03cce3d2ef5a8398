# attack: D8 generators, coroutines, iterators, modules, types and functions instead of arrays
# gains nothing: grad_b2, grad_W2, grad_hs, grad_b1, grad_W1, grad_x
# full marks: grad_oa, grad_ha
import numpy as np


def grad_b2(grad_oa):
    yield from grad_oa


async def grad_W2(grad_oa, hs):
    return np.outer(grad_oa, hs)


def grad_hs(grad_oa, W2):
    return iter(W2.T @ grad_oa)


def grad_b1(grad_ha):
    return lambda: grad_ha


def grad_W1(grad_ha, x):
    return {"answer": np.outer(grad_ha, x)}


def grad_x(grad_ha, W1):
    return memoryview(W1.T @ grad_ha)


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
