"""The warm process: Python with numpy imported, and nothing else, from which every child is forked.

It takes orders from one socket, one child at a time: FORK with the child's three descriptors and its folder, then
WAIT for how the child ended. It never sees a submission, an input or a result: the child reads them itself, after
the fork. When the grader goes, the socket ends, and the last child is killed.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import struct
import traceback

from . import child

FORK, WAIT = b"F", b"W"
REPLY = struct.Struct("<q")


def main(descriptor: int) -> None:
    """Serve until the grader closes the socket."""
    orders = socket.socket(fileno=descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the grader; it then closes the socket
    gc.collect()
    gc.freeze()
    running = 0
    while True:
        order, descriptors, _, _ = socket.recv_fds(orders, 4096, 3)
        if order[:1] == FORK:
            running = _fork(order[1:], descriptors, orders)
            orders.send(REPLY.pack(running))
        elif order[:1] == WAIT:
            _, status = os.waitpid(running, 0)
            running = 0
            orders.send(REPLY.pack(os.waitstatus_to_exitcode(status)))
        else:
            if running:
                os.kill(running, signal.SIGKILL)
            os._exit(0)


def _fork(folder: bytes, descriptors: list[int], orders: socket.socket) -> int:
    """The number of the new child; the child itself does not return."""
    number = os.fork()
    if number:
        for descriptor in descriptors:
            os.close(descriptor)
        return number
    try:
        for place, descriptor in enumerate(descriptors):
            os.dup2(descriptor, place)
        orders.detach()
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        os.chdir(folder)
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        child.main()
    except BaseException:
        traceback.print_exc()
    os._exit(70)
