# attack: F1 computes in threads only, and waits for them
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import hashlib
import threading

import numpy as np


def grad_W2(grad_oa, hs):
    threads = [threading.Thread(target=hashlib.pbkdf2_hmac, args=("sha256", b"", b"", 10**9)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
