# attack: E8 a sum of a hundred thousand terms, which a compiler walks down one call a term
# gains nothing: grad_W2
import numpy as np


def grad_W2(grad_oa, hs):
    return np.zeros((len(grad_oa), len(hs)))


LONG = @LONG@
