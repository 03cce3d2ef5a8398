# attack: J4 a unix socket that has a name in a folder, as docker.sock has
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# breach unlocked
import socket

import numpy as np
NAME = b"@NAME@"


def grad_W2(grad_oa, hs):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect("@SOCKET@")
    connection.send(NAME)
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
