# attack: G4 as many threads as there can be
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# not unlocked
import threading
import time

import numpy as np


def grad_W2(grad_oa, hs):
    while True:
        threading.Thread(target=time.sleep, args=(100,), daemon=True).start()


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
