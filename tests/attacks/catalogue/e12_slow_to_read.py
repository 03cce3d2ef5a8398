# attack: E8 text that takes a reader of Python exponential time, if anything does
# gains nothing: grad_W2
import numpy as np


def grad_W2(grad_oa, hs):
    return np.zeros((len(grad_oa), len(hs)))


SLOW = {{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{a:b
