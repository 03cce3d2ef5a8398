# attack: M7 halves of surrogate pairs and bytes that are no UTF-8, in exceptions, names and answers
# gains nothing: grad_oa, grad_b2, grad_W2, grad_hs
# full marks: grad_ha
import numpy as np

def grad_oa(os, y):
    raise ValueError("\ud800\udfff\udc80 \uffff\U0010ffff \x00")


def grad_b2(grad_oa):
    raise type("\u00e9" * 100, (Exception,), {})("\udcff" * 5000)


def grad_W2(grad_oa, hs):
    return "\ud800" * 5000


def grad_hs(grad_oa, W2):
    return b"\xff\xfe\x00\x80" * 5000


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
