"""Two ways to start a child: forked from a zygote, in a millisecond, or as a new process, which imports numpy.

Linux forks; elsewhere a fork after importing numpy is not safe, so every child is a new process there. Each process
of the grader has a zygote of its own for each setting, started at the first child, or ahead by the process that it is
forked from itself; and ended with its owner.
"""

from __future__ import annotations

import atexit
import contextlib
import itertools
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import IO, Protocol

from grader.errors import PackageError, SandboxError
from grader.language import _
from grader.models import Calls
from grader.sandbox import walls
from grader.sandbox.inside import wire
from grader.sandbox.inside.zygote import CALLS, FORK, REPLY, STAY, WAIT
from grader.sandbox.level import Level, Setting
from grader.sandbox.request import encode_calls

_ROOM = os.path.realpath(Path(__file__).parent)
_BOOT = (
    "import sys, json; settings = json.loads(sys.argv[1]); sys.path += settings['packages_in']; "
    "sys.path.insert(0, settings['room']); import inside.{0} as it; del sys.path[0]; it.main({1}settings)"
)
_READY = wire.frame(wire.READY, 0)
_THREADS = ("OPENBLAS", "OMP", "MKL", "VECLIB", "NUMEXPR", "BLIS")
_FIXED = {
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "MPLBACKEND": "Agg",
    "MALLOC_ARENA_MAX": "1",  # each arena reserves memory for threads to come
    # A locked child may not start a thread of its libraries' own accord, and would wait for it for ever.
    **{f"{name}_NUM_THREADS": "1" for name in _THREADS},
    "VECLIB_MAXIMUM_THREADS": "1",
}


try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


class Started(Protocol):
    """A running child."""

    @property
    def pid(self) -> int:
        """Its number, as long as it has not ended."""
        ...

    def kill(self) -> None:
        """End it and what it started, whatever they are doing. They may have ended already."""
        ...

    def is_ready(self) -> bool:
        """Whether it has come to the student's file: what goes wrong from then on is the student's."""
        ...

    def ask_where(self) -> None:
        """Have it write into its trace what it is doing."""
        ...

    def ended(self, seconds: float) -> bool:
        """Whether it ends within so many seconds."""
        ...

    def wait(self) -> int:
        """Its exit code, or minus the number of the signal that ended it."""
        ...


def start(setting: Setting, calls: Calls, request: bytes, answers: IO[bytes], trace: IO[bytes], folder: str) -> Started:
    """A child that serves `request`, writes frames to `answers` and its last words to `trace`, in an empty folder.

    Raises SandboxError if there is none to be had.
    """
    try:
        if sys.platform == "linux" and setting.level != Level.PARTIAL:
            warm = zygote(setting)
            if calls.lasting:
                warm.learn(calls)
            with _file_of("request", request if calls.lasting else request + encode_calls(calls)) as file:
                return _Forked(warm, file, answers, trace, folder)
        with _file_of("request", request + encode_calls(calls)) as file:
            return _New(setting, file, answers, trace, folder)
    except OSError as error:
        message = _("no process could be started for the student's code: {error}")
        raise SandboxError(message.format(error=error)) from error


def scratch_file(name: str) -> IO[bytes]:
    """A file without a name, in memory where the system has that."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create(name), "r+b", buffering=0)
    return tempfile.TemporaryFile(buffering=0)


def answers_file() -> IO[bytes]:
    """A scratch file that only grows: what was answered once can be neither moved, nor changed, nor cut off."""
    if not hasattr(fcntl, "F_ADD_SEALS"):
        return scratch_file("answers")
    file = os.fdopen(os.memfd_create("answers", os.MFD_ALLOW_SEALING | os.MFD_CLOEXEC), "r+b", buffering=0)
    fcntl.fcntl(file, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL)
    fcntl.fcntl(file, fcntl.F_SETFL, fcntl.fcntl(file, fcntl.F_GETFL) | os.O_APPEND)
    return file


def _file_of(name: str, content: bytes) -> IO[bytes]:
    """A scratch file, to be read from its beginning."""
    file = scratch_file(name)
    file.write(content)
    file.seek(0)
    return file


def environment() -> dict[str, str]:
    """Nothing of the grader's own environment but what Windows can not start a process without."""
    return {**{name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}, **_FIXED}


def _command(module: str, setting: Setting, argument: str = "") -> list[str]:
    readable = walls.readable()
    settings = {
        "room": _ROOM,
        "packages_in": walls.site_packages(),
        "packages": setting.packages,
        "readable": readable,
        "locked": setting.level.locked,
        "landlock": setting.level in (Level.FULL, Level.STRONG),
    }
    python = [os.path.realpath(sys.executable), "-s", "-P", "-S", "-B", "-c", _BOOT.format(module, argument)]
    command = [*python, json.dumps(settings)]
    if not setting.level.walls:
        return command
    bwrap = walls.bwrap()
    if bwrap is None:
        raise SandboxError("bwrap is not installed")
    return walls.behind_walls(bwrap, command, [*readable, os.path.join(_ROOM, "inside")])


class _New:
    """A child that is a new process."""

    def __init__(self, setting: Setting, request: IO[bytes], answers: IO[bytes], trace: IO[bytes], folder: str) -> None:
        self._process = subprocess.Popen(
            _command("alone", setting),
            stdin=request,
            stdout=answers,
            stderr=trace,
            cwd=folder,
            env=environment(),
            start_new_session=True,
        )
        self._answers = answers.fileno()

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_ready(self) -> bool:
        return os.pread(self._answers, wire.HEADER.size, 0) == _READY

    def kill(self) -> None:
        for end in (self._kill_session, self._process.kill):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                end()

    def _kill_session(self) -> None:
        if hasattr(os, "killpg"):
            os.killpg(self.pid, signal.SIGKILL)

    def ask_where(self) -> None:
        if hasattr(signal, "SIGUSR1"):
            self._process.send_signal(signal.SIGUSR1)

    def ended(self, seconds: float) -> bool:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def wait(self) -> int:
        return self._process.wait()


class _Forked:
    """A child of a zygote, known by a descriptor that can mean no other process."""

    def __init__(self, warm: Zygote, request: IO[bytes], answers: IO[bytes], trace: IO[bytes], folder: str) -> None:
        self._zygote = warm
        self._code: int | None = None
        self._ready, word = os.pipe()
        os.set_blocking(self._ready, False)
        files = [request.fileno(), answers.fileno(), trace.fileno(), word]
        try:
            _, self._process = warm.order(FORK + os.fsencode(folder), files)
        except SandboxError:
            os.close(self._ready)
            raise
        finally:
            os.close(word)
        self._leads = 0 if warm.locked else self.pid  # not to be had any more once it has ended

    @cached_property
    def pid(self) -> int:
        return _number_of(self._process)

    def is_ready(self) -> bool:
        try:
            return os.read(self._ready, 1) == b"R"
        except BlockingIOError:
            return False

    def kill(self) -> None:
        if self._code is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._process, signal.SIGKILL)
            if self._leads:  # a session: it may have started others
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._leads, signal.SIGKILL)

    def ask_where(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._process, signal.SIGUSR1)

    def ended(self, seconds: float) -> bool:
        return self._code is not None or bool(select.select([self._process], [], [], seconds)[0])

    def wait(self) -> int:
        if self._code is None:
            self._code = -signal.SIGKILL  # unless the zygote knows better
            try:
                self._code, _ = self._zygote.order(WAIT)
            finally:
                os.close(self._process)
                os.close(self._ready)
        return self._code


def _number_of(process: int) -> int:
    """A process's number as this process sees it, whatever namespace it lives in; 0 once it has ended."""
    with open(f"/proc/self/fdinfo/{process}", encoding="ascii") as facts:
        found = re.search(r"^Pid:\s*(\d+)", facts.read(), re.MULTILINE)
    return int(found[1]) if found else 0


class Zygote:
    """The grader's end of a zygote: one order at a time, one answer to each."""

    def __init__(self, setting: Setting, seconds: float) -> None:
        self.setting, self.locked = setting, setting.level.locked
        self.layers: dict[str, str] | None = None
        """what locks its children in; known once it is ready"""
        self._calls: Calls | None = None
        self._orders, other = socket.socketpair()
        self._orders.settimeout(seconds)
        with other:
            try:
                self._process = subprocess.Popen(
                    _command("zygote", setting, f"{other.fileno()}, "),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    pass_fds=[other.fileno()],
                    env=environment(),
                    cwd="/",
                )
            except (OSError, SandboxError):
                self._orders.close()
                raise

    def wait_until_ready(self) -> None:
        """Raises SandboxError, with the reason, if it can not do what its setting asks for."""
        if self.layers is not None:
            return
        word = self._receive(4096)[0]
        try:
            facts = json.loads(word)
        except ValueError:
            facts = {}
        if "layers" not in facts:
            last = self.close()
            kind = PackageError if facts.get("package") else SandboxError
            message = _("the zygote did not start: {words}").format(words=last or _("no word"))
            raise kind(facts.get("refused") or message)
        self.layers = facts["layers"]

    def learn(self, calls: Calls) -> None:
        """Have it unpack the calls that its next children are to make. Raises SandboxError."""
        if calls.packed is not self._calls:
            with _file_of("calls", encode_calls(calls)) as file:
                self.order(CALLS, [file.fileno()])
            self._calls = calls.packed

    def order(self, order: bytes, descriptors: list[int] | None = None) -> tuple[int, int]:
        """Send an order; return the number and the descriptor (or -1) that it answers. Raises SandboxError."""
        self.wait_until_ready()
        with contextlib.suppress(OSError):  # if it has gone, there will be no answer
            if descriptors is None:
                self._orders.send(order)
            else:
                socket.send_fds(self._orders, [order], descriptors)
        reply, got = self._receive(REPLY.size)
        return int(REPLY.unpack(reply)[0]), got[0] if got else -1

    def _receive(self, size: int) -> tuple[bytes, list[int]]:
        message = _("the process that students' code is forked from ended: {words}")
        try:
            reply, descriptors, *_rest = socket.recv_fds(self._orders, size, 1)
        except TimeoutError:
            reply, descriptors = b"", []
            message = _("the process that students' code is forked from did not answer within {seconds} s: {words}")
        except OSError:
            reply, descriptors = b"", []
        if not reply or (self.layers is not None and len(reply) != REPLY.size):
            seconds = f"{self._orders.gettimeout():g}"
            raise SandboxError(message.format(seconds=seconds, words=self.close() or _("no word")))
        return reply, descriptors

    def close(self) -> str:
        """End the zygote, and return the last words that it wrote."""
        for known in (_zygotes[self.setting], _handed_over):
            if self in known:
                known.remove(self)
        self._orders.close()
        words = self._last_words()
        if words is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)  # Popen's own does nothing about another's child
            words = self._last_words() or b""
        assert self._process.stderr is not None
        self._process.stderr.close()
        self._process.wait()  # another's child has ended as far as Popen knows
        return words[-600:].decode("utf-8", "replace").strip()

    def _last_words(self) -> bytes | None:
        """What it wrote; None if it, or who else could write there, has not ended within a second."""
        try:
            words: bytes = self._process.communicate(timeout=1.0)[1]
        except subprocess.TimeoutExpired:
            return None
        return words

    def stay_on(self, processor: int) -> None:
        """Have its children run on this processor alone. Raises SandboxError."""
        self.order(STAY + str(processor).encode())

    def forget(self, *, for_good: bool = False) -> None:
        """Let go of it: it takes orders from one process alone, and ends when that has gone; and of its last words."""
        self._orders.close()
        if for_good and self._process.stderr is not None:
            self._process.stderr.close()


START_SECONDS = 60.0
"""How long a process may take to import numpy before the machine is called unfit."""

_zygotes: defaultdict[Setting, list[Zygote]] = defaultdict(list)
"""This process's own zygote for each setting, and after it those that are for workers to come."""

_of_the_parent: dict[Setting, list[Zygote]] = {}
"""In a forked copy: what `_zygotes` was before the fork. They are the parent's, until one is taken over."""

_handed_over: list[Zygote] = []
"""Those that workers have taken over, and that are children of this process all the same."""


def zygote(setting: Setting) -> Zygote:
    """This process's zygote for a setting, perhaps not ready yet. Raises SandboxError if there can be none."""
    start_ahead(setting, 1)
    return _zygotes[setting][0]


def start_ahead(setting: Setting, count: int) -> None:
    """Start so many zygotes, for as many workers as will be forked from this process. Raises SandboxError."""
    many = _zygotes[setting]
    while len(many) < count:
        many.append(Zygote(setting, START_SECONDS))


def take_over(setting: Setting, place: int) -> Zygote | None:
    """In a worker: have one of the zygotes that were started ahead, if there is one for it, and forget the others."""
    mine = _of_the_parent.get(setting, [])[place : place + 1]
    for one in itertools.chain(*_of_the_parent.values()):
        if one not in mine:
            one.forget(for_good=True)
    _of_the_parent.clear()
    _zygotes[setting] = mine
    return mine[0] if mine else None


def hand_over(setting: Setting) -> None:
    """Leave the zygotes of a setting to the workers that have been forked."""
    for one in _zygotes.pop(setting, []):
        one.forget()
        _handed_over.append(one)


def end_zygotes(setting: Setting | None = None) -> None:
    """End this process's zygotes, and those that it left to workers, who have gone by now; all, or of one setting."""
    for one in [*itertools.chain(*_zygotes.values()), *_handed_over]:
        if setting in (None, one.setting):
            one.close()


def _in_forked_copy() -> None:
    _of_the_parent.update(_zygotes)
    _zygotes.clear()
    _handed_over.clear()


atexit.register(end_zygotes)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_forked_copy)
