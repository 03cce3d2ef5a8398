"""What was before, and what is after: files, processes, and what the system keeps for processes that have gone."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import stat
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_KEPT_BYTES = 2**20
_SHARED_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue")


@dataclass(frozen=True)
class Snapshot:
    """Files by path: what the system says of each, and the content of small ones."""

    files: Mapping[str, tuple[int, ...]]
    content: Mapping[str, bytes]

    @classmethod
    def of(cls, *folders: Path, besides: Path) -> Snapshot:
        """Everything in these folders, except one folder."""
        files: dict[str, tuple[int, ...]] = {}
        content: dict[str, bytes] = {}
        for folder in folders:
            for path, about in _walk(os.fsencode(folder), os.fsencode(besides)):
                name = path.decode("utf-8", "backslashreplace")
                if stat.S_ISDIR(about.st_mode):
                    files[name] = about.st_mode, about.st_uid, about.st_gid
                    continue
                files[name] = (
                    about.st_mode,
                    about.st_uid,
                    about.st_gid,
                    about.st_nlink,
                    about.st_size,
                    about.st_mtime_ns,
                    about.st_ctime_ns,
                )
                content[name] = _tail(path, about)
        return cls(files, content)

    def compare(self, later: Snapshot) -> Iterator[tuple[str, str, str]]:
        """Each file that is not as it was: its path, what happened to it, and what was added at its end."""
        for path in self.files.keys() | later.files.keys():
            if path not in later.files:
                yield path, "a file is gone", ""
            elif path not in self.files:
                yield path, "a file is new", later.content.get(path, b"").decode("utf-8", "backslashreplace")
            elif self.files[path] != later.files[path]:
                old, new = self.content.get(path, b""), later.content.get(path, b"")
                # Only what was added tells who did it: an attack's own file holds its own name.
                added = new.removeprefix(old) if new != old else b""
                yield path, "a file was changed", added.decode("utf-8", "backslashreplace")


def _walk(folder: bytes, besides: bytes) -> Iterator[tuple[bytes, os.stat_result]]:
    rest = [folder]
    while rest:
        with contextlib.suppress(OSError), os.scandir(rest.pop()) as entries:
            for entry in entries:
                if entry.path == besides:
                    continue
                about = entry.stat(follow_symlinks=False)
                yield entry.path, about
                if stat.S_ISDIR(about.st_mode):
                    rest.append(entry.path)


def _tail(path: bytes, about: os.stat_result) -> bytes:
    """The content of a text that is not large; libraries are only looked at from outside."""
    most = _KEPT_BYTES if b"/site-packages/" not in path else 2**16
    if not stat.S_ISREG(about.st_mode) or about.st_size > most:
        return b""
    try:
        with open(path, "rb") as file:
            return file.read(_KEPT_BYTES)
    except OSError:
        return b""


@dataclass(frozen=True)
class System:
    """What outlives a process: objects of System V by key, and names in folders that all users share."""

    things: frozenset[str]

    @classmethod
    def now(cls, won: str, keys: Mapping[str, int]) -> System:
        """What there is of it with one of these keys, or with the word for success in its name. It is removed."""
        names = {str(key): name for name, key in keys.items()}
        things: set[str] = set()
        for kind in ("shm", "sem", "msg"):
            with contextlib.suppress(OSError):
                for line in Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]:
                    key, number = line.split()[:2]
                    if key in names:
                        things.add(f"{kind} of System V by {names[key]}")
                        _remove(kind, int(number))
        with contextlib.suppress(OSError):
            lines = Path("/proc/keys").read_text(errors="backslashreplace").splitlines()
            things.update(line.partition(won)[1] + line.partition(won)[2] for line in lines if won in line)
        for folder in _SHARED_FOLDERS:
            with contextlib.suppress(OSError):
                for path in Path(folder).glob(f"*{won}*"):
                    things.add(str(path))
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
        return cls(frozenset(things))

    def compare(self, later: System) -> list[str]:
        """What is there now, and was not before."""
        return sorted(later.things - self.things)


def _remove(kind: str, number: int) -> None:
    libc = ctypes.CDLL(None)
    arguments = (number, 0, 0) if kind == "sem" else (number, 0, None)
    getattr(libc, f"{kind}ctl")(*arguments)


class Processes:
    """Processes that were started by the run, and have become ours because their parents ended."""

    @staticmethod
    def left_behind(known: set[int], seconds: float = 3.0) -> list[str]:
        """The names of those that do not end within some seconds. They are killed."""
        end = time.monotonic() + seconds
        while True:
            left = {pid: name for pid, name in _descendants(os.getpid()) if pid not in known}
            if not left or time.monotonic() > end:
                break
            time.sleep(0.05)
        for pid in left:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        return list(left.values())


def _descendants(ancestor: int) -> Iterator[tuple[int, str]]:
    """The processes below one, those that ended and wait for their parent left out."""
    children: dict[int, list[int]] = {}
    names: dict[int, str] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError, IndexError):
                text = Path(f"/proc/{entry}/stat").read_text(errors="backslashreplace")
                name, rest = text.partition("(")[2].rpartition(")")[::2]
                state, parent = rest.split()[:2]
                if state not in "ZX":
                    children.setdefault(int(parent), []).append(int(entry))
                    names[int(entry)] = name
    rest_of_them = [ancestor]
    while rest_of_them:
        for child in children.get(rest_of_them.pop(), []):
            rest_of_them.append(child)
            yield child, names[child]
