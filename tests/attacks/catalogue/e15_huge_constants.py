# attack: E8 numbers, powers and repetitions that a compiler might work out
# gains nothing: grad_W2
import numpy as np

HEX = 0x@HEX@


def grad_W2(grad_oa, hs):
    return np.zeros((len(grad_oa), len(hs)))


def never():
    return 9**9**9, "x" * 10**10, (1,) * 10**10, 1 << 10**10, -(2**64) ** 2**30
