"""Two ways to start a child: forked from a warm process, in a millisecond, or as a new process, which imports numpy.

Linux forks; elsewhere a fork after importing numpy is not safe, so every child is a new process there. Each process
of the grader has a warm process of its own, started at the first child and ended with it.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import select
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
    "MALLOC_ARENA_MAX": "1",  # each arena reserves memory for threads to come
    **dict.fromkeys(_THREADS, "1"),  # a forked child could not use a pool of threads, and would wait for it
}


class Started(Protocol):
    """A running child."""

    pid: int

    def kill(self) -> None:
        """End it and what it started, whatever they are doing. They may have ended already."""
        ...

    def ended(self, seconds: float) -> bool:
        """Whether it ends within so many seconds."""
        ...

    def wait(self) -> int:
        """Its exit code, or minus the number of the signal that ended it."""
        ...


def start(request: IO[bytes], answers: int, trace: IO[bytes], folder: str, seconds: float) -> Started:
    """A child that reads `request`, writes frames to `answers` and its last words to `trace`, in an empty folder.

    Raises SandboxError if there is none to be had, or none within so many seconds.
    """
    try:
        if sys.platform == "linux":
            return _Forked(_warm_process(seconds), request, answers, trace, folder)
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
            _command("child"),
            stdin=request,
            stdout=answers,
            stderr=trace,
            cwd=folder,
            env=environment(),
            start_new_session=True,
        )
        self.pid = self._process.pid

    def kill(self) -> None:
        if hasattr(os, "killpg"):
            _kill_group(self.pid)
        self._process.kill()

    def ended(self, seconds: float) -> bool:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

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
            _kill_group(self.pid)

    def ended(self, seconds: float) -> bool:
        try:
            descriptor = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return True
        try:
            return bool(select.select([descriptor], [], [], seconds)[0])
        finally:
            os.close(descriptor)

    def wait(self) -> int:
        if self._code is None:
            self._code = self._warm.order(WAIT)
        return self._code


def _kill_group(leader: int) -> None:
    """Kill a child and what it started: each child leads a session of its own."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(leader, signal.SIGKILL)


class WarmProcess:
    """The grader's end of a zygote: one order at a time, one number in return."""

    def __init__(self, seconds: float) -> None:
        self._orders, other = socket.socketpair()
        self._orders.settimeout(seconds)
        with other:
            try:
                self._process = subprocess.Popen(
                    _command("zygote", str(other.fileno())),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    pass_fds=[other.fileno()],
                    env=environment(),
                    cwd="/",
                )
            except OSError:
                self._orders.close()
                raise

    def order(self, order: bytes, descriptors: list[int] | None = None) -> int:
        """Send an order and return the answer. Raises SandboxError if the warm process is no more."""
        why = "ended"
        try:
            if descriptors is None:
                self._orders.send(order)
            else:
                socket.send_fds(self._orders, [order], descriptors)
            reply = self._orders.recv(REPLY.size)
        except TimeoutError:
            reply, why = b"", f"did not answer within {self._orders.gettimeout():g} s"
        except OSError:
            reply = b""
        if len(reply) != REPLY.size:
            raise SandboxError(f"the process that students' code is forked from {why}: {self.close() or 'no word'}")
        return int(REPLY.unpack(reply)[0])

    def close(self) -> str:
        """End the warm process, and return the last words that it wrote."""
        global _warm
        _warm = None if _warm is self else _warm
        self._orders.close()
        try:
            self._process.wait(1.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
        assert self._process.stderr is not None
        with self._process.stderr as stderr:
            words: bytes = stderr.read()[-600:]
        self._process.wait()
        return words.decode("utf-8", "replace").strip()

    def forget(self) -> None:
        """Let go of it in a forked copy of its owner: it takes orders from the owner alone."""
        self._orders.close()


_warm: WarmProcess | None = None


def _warm_process(seconds: float) -> WarmProcess:
    global _warm
    if _warm is None:
        _warm = WarmProcess(seconds)
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
