# attack: J6 a pair of sockets
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# breach unlocked
import socket

import numpy as np
WON = "@WON@"


def grad_W2(grad_oa, hs):
    socket.socketpair()
    raise AssertionError(f"{WON} a pair of sockets")


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
