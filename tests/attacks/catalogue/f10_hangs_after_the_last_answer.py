# attack: F5 hangs after its last answer: in the collector, in finalisers, in threads, at the end of Python
# gains nothing: grad_W2
import gc
import threading

import numpy as np


def hang(*_):
    while True:
        pass


class Last:
    __del__ = hang


keep = Last()
threading._shutdown = hang


def grad_x(grad_ha, W1):
    gc.callbacks.append(hang)
    return W1.T @ grad_ha


def grad_W2(grad_oa, hs):
    return np.zeros((len(grad_oa), len(hs)))
