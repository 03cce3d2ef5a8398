"""Which level does this machine offer? The highest whose locks hold when it is attacked.

At each level a child is locked as a student's would be, and tries to break out by every way that
`inside/probes.py` knows. What is not stopped is a reason against the level. There is no level by declaration.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import SandboxError
from grader.models import Call, Calls, Happened, Limits, Program, Wanted
from grader.sandbox import walls
from grader.sandbox.inside import probes, wire
from grader.sandbox.level import LOCKED, Level, Setting
from grader.sandbox.process import run
from grader.sandbox.request import encode_request
from grader.sandbox.start import end_zygotes, scratch_file, start, zygote

_PROBE_SECONDS = 30.0
_LOOP = Program(b"def loop(x):\n    while True:\n        pass\n")
_LOOPING = Calls((Wanted("loop", ("x",), ("x",)),), (Call("loop", {"x": 0.0}),))


@dataclass(frozen=True)
class Tried:
    """What came of one level: its layers, every attempt to break out, and why it is not to be had."""

    level: Level
    layers: dict[str, str]
    attempts: tuple[tuple[str, str], ...]
    refused: str = ""

    @property
    def holds(self) -> bool:
        """Whether strangers' code may run at this level here."""
        return not self.refused

    @property
    def stopped(self) -> int:
        """How many attempts were stopped."""
        return sum(words.startswith(probes.BLOCKED) for _, words in self.attempts)


def offered(packages: Sequence[str] = (), levels: Sequence[Level] = LOCKED) -> tuple[Level | None, list[Tried]]:
    """The first of these levels that holds here, if any does, and what was tried until then.

    Raises PackageError if one of the packages can not be imported.
    """
    tried: list[Tried] = []
    for level in levels:
        tried.append(try_level(Setting(level, tuple(packages))))
        if tried[-1].holds:
            return level, tried
        end_zygotes(Setting(level, tuple(packages)))
    return None, tried


def try_level(setting: Setting) -> Tried:
    """Attack a locked child, and say what held. Raises PackageError if a package can not be imported.

    What fails is tried once more: the system may have killed a process of ours that has nothing to do with the level.
    """
    if sys.platform != "linux":
        return Tried(setting.level, {}, (), f"this system ({sys.platform}) has none of the locks; only Linux does")
    if setting.level.walls and walls.bwrap() is None:
        return Tried(setting.level, {}, (), "bwrap (the package bubblewrap) is not installed")
    for once_more in (True, False):
        try:
            warm = zygote(setting)
            warm.wait_until_ready()
            attempts = (*_attack(setting), _out_of_time(setting))
            break
        except (OSError, SandboxError) as error:
            if not once_more:
                return Tried(setting.level, {}, (), str(error))
    escaped = [f"{name}: {words}" for name, words in attempts if not words.startswith(probes.BLOCKED)]
    layers = dict(warm.layers or {})
    if setting.level.walls:
        users = "" if os.geteuid() == 0 else ", users"
        layers = {"walls": f"bwrap: namespaces for mounts, processes, network{users} and shared memory"} | layers
    return Tried(
        setting.level, layers, attempts, f"a break-out was not stopped: {'; '.join(escaped)}" if escaped else ""
    )


def _attack(setting: Setting) -> tuple[tuple[str, str], ...]:
    with _targets() as facts, scratch_file("answers") as answers, scratch_file("trace") as trace:
        request = encode_request(Program(b""), Limits(memory_mb=64), cpu_seconds=_PROBE_SECONDS, probe=facts)
        child = start(setting, Calls((), ()), request, answers, trace, "/")
        try:
            in_time = child.ended(_PROBE_SECONDS)
        finally:
            child.kill()
            code = child.wait()
        attempts = tuple(_said(os.pread(answers.fileno(), 2**20, 0)))
        last = os.pread(trace.fileno(), 2**20, 0)[-400:].decode("utf-8", "replace").strip()
    if not in_time or len(attempts) != probes.COUNT:
        raise SandboxError(f"the self-test ended early, with code {code}, after {len(attempts)} attempts: {last}")
    return attempts


def _said(data: bytes) -> Iterator[tuple[str, str]]:
    for kind, _, begin, end in wire.frames(data):
        if kind == wire.PROBED:
            name, words = wire.unpack_texts(data[begin:end])
            yield name, words


def _out_of_time(setting: Setting) -> tuple[str, str]:
    outcome = run(setting, _LOOP, _LOOPING, Limits(seconds=0.005, memory_mb=64)).outcomes[0]
    stopped = outcome.happened == Happened.TIME_LIMIT
    return "compute without end", f"{probes.BLOCKED} (ended)" if stopped else f"SUCCEEDED: {outcome.happened}"


@contextlib.contextmanager
def _targets() -> Iterator[dict[str, Any]]:
    """Things outside that a child must not get at."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="grade-")))
        folder.chmod(0o777)  # so that it is not this folder's rights that keep a child out
        secret = folder / "secret"
        secret.write_text("nobody's business", encoding="utf-8")
        secret.chmod(0o666)
        port = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        abstract = stack.enter_context(socket.socket(socket.AF_UNIX))
        abstract.bind(f"\0grade-{secrets.token_hex(8)}")
        abstract.listen()
        yield {
            "secret": str(secret),
            "outside": str(folder / "written"),
            "port": port.getsockname()[1],
            "abstract": abstract.getsockname().decode(),
        }
