"""The lock-down of a child, in its exact order, before one byte of a student's file is compiled.

    zygote, once     libraries imported · no capabilities, no root · Landlock rules prepared
    child, each      own session · limits · dies with the zygote · not dumpable · no new privileges ·
                     Landlock · seccomp, last · a look at whether all of it holds

The order matters: Landlock needs no_new_privs; seccomp takes away the calls that the steps before it are made of.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass

from . import kernel, landlock, seccomp

try:
    import fcntl
    import resource
except ImportError:  # Windows
    fcntl = resource = None  # type: ignore[assignment]

MAX_FILE_BYTES = 2**26
"""What a child may write into any one file: its answers, for instance."""
_PLACEHOLDER = 0x7E57AB1E
_NOBODY = 65002
"""An ordinary user's number, which nobody has."""


class LockError(Exception):
    """A lock does not hold; nothing of a student's may be run."""


@dataclass
class Lock:
    """What the zygote has prepared for the children to come."""

    locked: bool
    """False: only limits, for students' code that is trusted"""
    rules: int = -1
    """descriptor of the Landlock rules; -1: there are none, and no file can be opened at all"""
    filter: bytes = b""
    taken_bytes: int = 0
    """of address space, by Python and the libraries"""

    def words(self) -> dict[str, str]:
        """The layers, for `grade doctor`."""
        if not self.locked:
            return {"limits": "address space, size of files"}
        return {
            "limits": "address space, CPU time, size of files, open files, signals",
            "user": f"uid {os.getuid()}, no capabilities, no new privileges",
            "files": f"Landlock, version {landlock.version()}: Python and its packages, to read"
            if self.rules >= 0
            else "no file can be opened at all; what can be imported was imported before",
            "system calls": f"seccomp, {len(self.filter) // 8} instructions, an allow-list",
        }


def prepare(locked: bool, readable: Sequence[str], landlocked: bool) -> Lock:
    """Everything that is the same for all children. Raises LockError if this system can not do it."""
    taken = _address_space()
    if not locked:
        return Lock(False, taken_bytes=taken)
    machine = kernel.architecture()
    if not machine:
        raise LockError(f"no system call filter is known for this processor ({os.uname().machine})")
    threads = len(os.listdir("/proc/self/task"))
    if threads != 1:
        raise LockError(f"{threads} threads are running after the imports; a package started them")
    try:
        _be_nobody()
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
        rules = -1
        if landlocked:
            if landlock.version() < landlock.OLDEST:
                raise LockError(f"this kernel has no Landlock of version {landlock.OLDEST} or newer")
            for path in readable:  # root may have been able to read what nobody can not
                if not os.access(path, os.R_OK | (os.X_OK if os.path.isdir(path) else 0)):
                    raise LockError(f"{path} can only be read by its owner")
            rules = fcntl.fcntl(landlock.ruleset(readable), fcntl.F_DUPFD_CLOEXEC, 16)  # out of the way of a child's
    except OSError as error:
        raise LockError(f"{error.filename or 'the system'}: {error.strerror}") from None
    return Lock(True, rules, seccomp.program(machine, landlocked, _PLACEHOLDER), taken)


def _word(number: int) -> bytes:
    return number.to_bytes(4, "little")


def _be_nobody() -> None:
    """Stop being root, where that is what we are; and give up what else is there."""
    if os.geteuid() == 0:
        try:
            os.setgroups([])
            os.setresgid(_NOBODY, _NOBODY, _NOBODY)
            os.setresuid(_NOBODY, _NOBODY, _NOBODY)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            # Only one user is mapped here: this root is an ordinary user outside.
    kernel.drop_capabilities()


def _address_space() -> int:
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):  # no /proc: leave room for what Python and its packages take
        return 2**31


def limit(lock: Lock, memory_mb: int, cpu_seconds: float) -> None:
    """Bound what this process may take. Where a system does not know a limit, the grader's own clock remains."""
    if resource is None:
        return
    bounds = {"AS": lock.taken_bytes + memory_mb * 2**20, "FSIZE": MAX_FILE_BYTES, "CORE": 0}
    if lock.locked:
        bounds |= {"CPU": int(cpu_seconds) + 1, "NOFILE": 64, "MEMLOCK": 0, "MSGQUEUE": 0, "SIGPENDING": 64}
        bounds |= {"NICE": 0, "RTPRIO": 0}
    for name, bound in bounds.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is not None:
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (bound, bound))


def close(lock: Lock, parent: int) -> None:
    """Lock this child of `parent`, for good. Raises LockError or OSError."""
    if not lock.locked:
        return
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise LockError("the process that it was forked from has gone")
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    if lock.rules >= 0:
        landlock.restrict(lock.rules)
        os.close(lock.rules)
    seccomp.install(lock.filter.replace(_word(_PLACEHOLDER), _word(os.getpid())))
    if kernel.prctl(kernel.PR_GET_SECCOMP) != 2 or kernel.capabilities():
        raise LockError("the locks were applied, but do not hold")
