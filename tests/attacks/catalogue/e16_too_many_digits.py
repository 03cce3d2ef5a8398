# attack: E8 a number of a hundred thousand digits
# gains nothing: grad_W2
import numpy as np

DIGITS = @DIGITS@


def grad_W2(grad_oa, hs):
    return np.zeros((len(grad_oa), len(hs)))
