"""Two ways to start a child: forked from a warm process, in a millisecond, or as a new process, which imports numpy.

Linux forks; elsewhere a fork after importing numpy is not safe, so every child is a new process there. Each process
of the grader has a warm process of its own, started at the first child and ended with it.
"""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import IO, Protocol

from grader.errors import SandboxError
from grader.sandbox.inside.zygote import FORK, REPLY, WAIT

_ROOM = str(Path(__file__).parent)
_BOOT = "import sys; sys.path.insert(0, sys.argv[1]); import inside.{0} as it; del sys.path[0]; it.main({1})"
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_FIXED = {
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "Agg",
    **dict.fromkeys(_THREADS, "1"),  # a forked child could not use a pool of threads, and would wait for it
}


class Started(Protocol):
    """A running child."""

    pid: int

    def kill(self) -> None:
        """End it, whatever it is doing. It may have ended already."""
        ...

    def wait(self) -> int:
        """Its exit code, or minus the number of the signal that ended it."""
        ...


def start(request: IO[bytes], answers: int, trace: IO[bytes], folder: str) -> Started:
    """A child that reads `request`, writes frames to `answers` and its last words to `trace`, in an empty folder.

    Raises SandboxError if there is none to be had.
    """
    try:
        if sys.platform == "linux":
            return _Forked(_warm_process(), request, answers, trace, folder)
        return _New(request, answers, trace, folder)
    except OSError as error:
        raise SandboxError(f"no process could be started for the student's code: {error}") from error


def environment() -> dict[str, str]:
    """Nothing of the grader's own environment but what Windows can not start a process without."""
    return {**{name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}, **_FIXED}


def _command(module: str, argument: str = "") -> list[str]:
    return [sys.executable, "-s", "-P", "-B", "-c", _BOOT.format(module, argument), _ROOM]


class _New:
    """A child that is a new process."""

    def __init__(self, request: IO[bytes], answers: int, trace: IO[bytes], folder: str) -> None:
        self._process = subprocess.Popen(
            _command("child"), stdin=request, stdout=answers, stderr=trace, cwd=folder, env=environment()
        )
        self.pid = self._process.pid

    def kill(self) -> None:
        self._process.kill()

    def wait(self) -> int:
        return self._process.wait()


class _Forked:
    """A child of the warm process. Its number stays its own until it has been waited for."""

    def __init__(self, warm: WarmProcess, request: IO[bytes], answers: int, trace: IO[bytes], folder: str) -> None:
        self._warm = warm
        self._code: int | None = None
        self.pid = warm.order(FORK + os.fsencode(folder), [request.fileno(), answers, trace.fileno()])

    def kill(self) -> None:
        if self._code is None:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        if self._code is None:
            self._code = self._warm.order(WAIT)
        return self._code


class WarmProcess:
    """The grader's end of a zygote: one order at a time, one number in return."""

    def __init__(self) -> None:
        self._orders, other = socket.socketpair()
        with other:
            self._process = subprocess.Popen(
                _command("zygote", str(other.fileno())),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=[other.fileno()],
                env=environment(),
                cwd="/",
            )

    def order(self, order: bytes, descriptors: list[int] | None = None) -> int:
        """Send an order and return the answer. Raises SandboxError if the warm process is no more."""
        try:
            if descriptors is None:
                self._orders.send(order)
            else:
                socket.send_fds(self._orders, [order], descriptors)
            reply = self._orders.recv(REPLY.size)
        except OSError as error:
            reply = str(error).encode()[:0]
        if len(reply) != REPLY.size:
            raise SandboxError(f"the process that students' code is forked from ended: {self.close() or 'no word'}")
        return int(REPLY.unpack(reply)[0])

    def close(self) -> str:
        """End the warm process, and return the last words that it wrote."""
        global _warm
        _warm = None if _warm is self else _warm
        self._orders.close()
        assert self._process.stderr is not None
        with self._process.stderr as stderr:
            words: bytes = stderr.read()[-600:]
        self._process.wait()
        return words.decode("utf-8", "replace").strip()

    def forget(self) -> None:
        """Let go of it in a forked copy of its owner: it takes orders from the owner alone."""
        self._orders.close()


_warm: WarmProcess | None = None


def _warm_process() -> WarmProcess:
    global _warm
    if _warm is None:
        _warm = WarmProcess()
    return _warm


def end_warm_process() -> None:
    """End this process's warm process, if it has one."""
    if _warm is not None:
        _warm.close()


def _in_forked_copy() -> None:
    global _warm
    if _warm is not None:
        _warm.forget()
        _warm = None


atexit.register(end_warm_process)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_forked_copy)
