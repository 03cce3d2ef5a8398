"""The zygote: Python with the libraries imported, and nothing else, from which every child is forked.

It takes orders from one socket, one child at a time: CALLS with a file that holds the calls of a homework; FORK with
the child's four descriptors, answered by a descriptor of the child's process; then WAIT for how the child ended. It
never sees a submission or a result: the child reads and writes them itself, after the fork. When the grader goes, the
socket ends, and the last child is killed.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import socket
import struct
import traceback
from typing import Any

from . import child, libraries
from .calls import Calls
from .lock import Lock, LockError, prepare

CALLS, FORK, WAIT, STAY = b"C", b"F", b"W", b"S"
REPLY = struct.Struct("<q")


def main(descriptor: int, settings: dict[str, Any]) -> None:
    """Import, prepare the locks, say so, and serve until the grader closes the socket."""
    orders = socket.socket(fileno=descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the grader; it then closes the socket
    try:
        with libraries.without_fork_hooks() if settings["locked"] else contextlib.nullcontext():
            libraries.import_all(settings["packages"], usual=settings["locked"] and not settings["landlock"])
        libraries.offer_only(settings["packages"])
        lock = prepare(settings["locked"], settings["readable"], settings["landlock"])
    except (libraries.MissingPackageError, LockError) as error:
        orders.send(json.dumps({"refused": str(error), "package": type(error) is not LockError}).encode())
        return
    _settle()
    orders.send(json.dumps({"layers": lock.words()}).encode())
    _serve(orders, lock)


def _settle() -> None:
    """Leave nothing for a child's collector to look at: what it looks at, it writes to, and the system copies."""
    gc.collect()
    gc.freeze()


def _serve(orders: socket.socket, lock: Lock) -> None:
    running, calls = 0, None
    while True:
        order, descriptors, _, _ = socket.recv_fds(orders, 4096, 4)
        if order[:1] == CALLS:
            cold = calls is None
            with open(descriptors[0], "rb") as file:
                calls = Calls(file.read())
            if cold:  # other calls take the same path, which is warm from then on
                child.rehearse(calls)
            _settle()
            orders.send(REPLY.pack(len(calls.functions)))
        elif order[:1] == FORK:
            running = _fork(order[1:], descriptors, orders, lock, calls)
            process = os.pidfd_open(running)
            socket.send_fds(orders, [REPLY.pack(running)], [process])
            os.close(process)
        elif order[:1] == WAIT:
            _, status = os.waitpid(running, 0)
            running = 0
            orders.send(REPLY.pack(os.waitstatus_to_exitcode(status)))
        elif order[:1] == STAY:
            with contextlib.suppress(OSError):  # taken from us since then: it goes where there is room
                os.sched_setaffinity(0, {int(order[1:])})
            orders.send(REPLY.pack(0))
        else:
            if running:
                os.kill(running, signal.SIGKILL)
            os._exit(0)


def _fork(folder: bytes, descriptors: list[int], orders: socket.socket, lock: Lock, calls: Calls | None) -> int:
    """The number of the new child; the child itself does not return."""
    parent = os.getpid()
    number = os.fork()
    if number:
        for descriptor in descriptors:
            os.close(descriptor)
        return number
    try:
        for place, descriptor in enumerate(descriptors):
            os.dup2(descriptor, place)
        orders.detach()
        if lock.rules >= 0:
            lock.rules = os.dup2(lock.rules, 4)
        os.closerange(4 if lock.rules < 0 else 5, os.sysconf("SC_OPEN_MAX"))
        os.chdir(folder)
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        child.main(lock, parent, 3, calls)
    except BaseException:
        traceback.print_exc()
    finally:  # also where nothing can be printed any more
        os._exit(70)
