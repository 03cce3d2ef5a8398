# attack: F3 waits for ever without computing
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import threading

import numpy as np


def grad_W2(grad_oa, hs):
    try:
        input("your answer? ")
    except EOFError:
        pass
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
