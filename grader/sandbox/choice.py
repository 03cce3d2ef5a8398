"""At which level may this run go? The best that holds; below the locked ones only if the teacher says so."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from grader.errors import SandboxError, UnsafeError
from grader.sandbox import walls
from grader.sandbox.level import LOCKED, Level, Setting
from grader.sandbox.selftest import Tried, offered
from grader.sandbox.start import start_ahead

DANGER = (
    "Student code would run with your own rights: it could read the reference and your files, change grades, and use "
    "the network."
)
_DOCKER = 'docker run --rm -v "$PWD":/course -w /course python:3.12 sh -c "pip install /course && grade submissions/"'


@dataclass(frozen=True)
class Choice:
    """The setting to run at, and what was tried to come to it."""

    setting: Setting
    tried: tuple[Tried, ...] = ()

    @property
    def sentence(self) -> str:
        """What holds, in a line or two, for whoever runs the grader."""
        level = self.setting.level
        words = f"Sandbox: {level.words}."
        if not level.locked:
            return words if level == Level.NONE else f"{words} {not_enforced()}"
        last = self.tried[-1]
        words += f" Self-test: {last.stopped} of {len(last.attempts)} break-outs stopped."
        if level != Level.FULL and len(self.tried) > 1:
            words += f" Not full, because {self.tried[0].refused}."
        return words


def choose(
    packages: Sequence[str] = (),
    *,
    insist: Level | None = None,
    partial: bool = False,
    unsafe: bool = False,
    own: bool = False,
) -> Choice:
    """The best level that holds here, for children that can import these packages.

    `insist`: this level or none. `partial`, `unsafe`: the teacher accepts these for want of better, or at once. `own`:
    it is the user's own file, which may run at any level.
    Raises UnsafeError if there is no such level, and PackageError if a package can not be imported.
    """
    if unsafe:
        return Choice(Setting(Level.NONE, tuple(packages)))
    level, tried = offered(packages, [insist] if insist else LOCKED)
    if level is None and insist is None:
        if sys.platform != "linux" and (partial or own):
            level = Level.PARTIAL
        elif own:
            level = Level.NONE
    if level is None:
        raise UnsafeError(refusal(tried, insist))
    return Choice(Setting(level, tuple(packages)), tuple(tried))


def expect(
    packages: Sequence[str] = (), *, insist: Level | None = None, unsafe: bool = False, workers: int = 1
) -> None:
    """Start zygotes for the level that `choose` will try first, while whoever calls this has other work.

    One for each of so many workers to come; `choose` attacks the first.
    """
    level = Level.NONE if unsafe else insist or LOCKED[0]
    if sys.platform == "linux" and not (level.walls and walls.bwrap() is None):
        with contextlib.suppress(OSError, SandboxError):  # `choose` says why there is none
            start_ahead(Setting(level, tuple(packages)), workers)


def refusal(tried: Sequence[Tried], insist: Level | None) -> str:
    """Why nothing was run: what was tried, what is missing, and the one command that mends it."""
    lines = [
        f"Nothing was run. {DANGER}" if insist is None else f"Nothing was run: the level {insist} is not to be had."
    ]
    lines += [f"  tried {one.level}: {one.refused}" for one in tried]
    lines.append(f"To mend it: {remedy(tried)}")
    if insist is not None:
        lines.append("Without --sandbox, the best level that holds here is used; grade doctor shows it.")
    if sys.platform != "linux":
        lines.append(f"Or accept what this system has, with --accept-partial-sandbox. {not_enforced()}")
    lines.append("If every submission is trusted: --unsafe-run-without-sandbox (each result is marked with it).")
    return "\n".join(lines)


def remedy(tried: Sequence[Tried]) -> str:
    """The command that gets a better level on this system, as far as that can be known."""
    if sys.platform != "linux":
        return _DOCKER
    reasons = " ".join(one.refused for one in tried)
    if "bwrap" in reasons and "not installed" in reasons:
        for manager in ("apt-get install", "dnf install", "pacman -S", "apk add", "zypper install"):
            if shutil.which(manager.split()[0]):
                return f"sudo {manager} bubblewrap"
        return "install bubblewrap"
    if "uid map" in reasons or "Operation not permitted" in reasons or "No permissions" in reasons:
        return (
            "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 kernel.unprivileged_userns_clone=1 "
            "(in a container: start it with --security-opt seccomp=unconfined)"
        )
    if "a package started them" in reasons:
        return "strike the package from the rubric's packages, or have it start no threads when it is imported"
    if "only be read by its owner" in reasons:
        return "install Python and the grader where every user can read them, or run as an ordinary user"
    return "run the grader in a virtual machine with a current Linux kernel (6.2 or newer)"


def not_enforced() -> str:
    """What the partial level does not keep away."""
    return (
        "Enforced: time limits, a process of its own, no variables of yours. NOT enforced: files, network, other "
        "processes; memory not on every system. Do not grade strangers' code with it."
    )
