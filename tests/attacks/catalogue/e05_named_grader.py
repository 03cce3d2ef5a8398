# attack: E1 a hand-in that is called grader.py
# student: grader
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import builtins

DROP = "@DROP@"
if __name__ != "submission":
    builtins.open(DROP + "/imported", "w").write(__name__)
import numpy as np


def grad_W2(grad_oa, hs):
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
