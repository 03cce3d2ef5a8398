# attack: D12 returns one array for ever, and changes what it returned from a thread
# gains nothing: grad_b2, grad_W2
import threading

import numpy as np
results = {}


def change():
    while True:
        for value in list(results.values()):
            value += 1


def grad_b2(grad_oa):
    return results.setdefault(grad_oa.shape, np.zeros(grad_oa.shape))


def grad_W2(grad_oa, hs):
    if threading.active_count() == 1:
        threading.Thread(target=change, daemon=True).start()
    return results.setdefault((len(grad_oa), len(hs)), np.zeros((len(grad_oa), len(hs))))
