# attack: E8 brackets, signs and calls that are nested as deep as the reader of Python lets them, and deeper
# gains nothing: grad_W2
import numpy as np


def grad_W2(grad_oa, hs):
    return np.zeros((len(grad_oa), len(hs)))


DEEP = @DEEP@
