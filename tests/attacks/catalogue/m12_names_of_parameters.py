# attack: M6 parameters and functions with letters that look like others, and with names of ten thousand letters
# gains nothing: grad_b2, grad_W2, grad_hs, grad_oa
# full marks: grad_ha
import numpy as np


def grad_b2(grаd_oa, ｇrad_oa_, ªºﬁ, ℌℯ):
    return grаd_oa


def grad_W2(@LONGNAME@, hs):
    return np.zeros(1)


def grad_hs(*, script, alert, pwned):
    return 0


def ｇrad_oа(os, y):
    return 0 * os


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
