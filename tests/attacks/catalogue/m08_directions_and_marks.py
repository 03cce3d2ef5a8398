# attack: M6 overrides of direction, characters without width, a flood of combining marks, fillers, tags
# gains nothing: grad_oa, grad_b2, grad_W2
# full marks: grad_ha
import numpy as np


def grad_oa(os, y):
    raise ValueError("\u202e\u2066\u200f02 fo 02\u202c\u2069 \u200b\u200d\ufeff\u00ad\u034f\u3164\U000e0041")


def grad_b2(grad_oa):
    raise ValueError("z" + "\u0300\u0489\u20dd" * 3000)


def grad_W2(grad_oa, hs):
    return "\u2028\u2029" * 50 + "\u202e" * 1000


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
