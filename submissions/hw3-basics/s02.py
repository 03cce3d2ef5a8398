"""Question 1. Each function is written for one number, and numpy does the rest."""
from math import exp, log1p, tanh

import numpy as np


def entry_by_entry(f):
    return np.vectorize(f, otypes=[float])


@entry_by_entry
def sigmoid(z):
    if z >= 0:
        return 1 / (1 + exp(-z))
    return exp(z) / (1 + exp(z))


@entry_by_entry
def softplus(z):
    if z > 0:
        return z + log1p(exp(-z))
    return log1p(exp(z))


@entry_by_entry
def log_sigmoid(z):
    return -float(softplus(-z))


@entry_by_entry
def dsigmoid(z):
    s = float(sigmoid(z))
    return s * (1 - s)


@entry_by_entry
def dtanh(z):
    return 1 - tanh(z) ** 2


@entry_by_entry
def sign(z):
    return (z > 0) - (z < 0)


dabs = sign


@entry_by_entry
def rect(z):
    return max(0, z)


@entry_by_entry
def drect(z):
    return 1 if z > 0 else 0


@entry_by_entry
def grad_sq_l2(z):
    return 2 * z


grad_l1 = sign
