# -*- coding: unicode_escape -*-
# attack: E8 a coding in which this comment hides a line of code\u000aHIDDEN = open("@DROP@/hidden", "w").write("x")
# gains nothing: grad_W2
import numpy as np


def grad_W2(grad_oa, hs):
    return np.zeros((len(grad_oa), len(hs))) + (0 if "HIDDEN" in globals() else 1)
