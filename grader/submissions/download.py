"""What a learning platform gives for download, as a folder or as the zip file itself: its files, by their paths."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from grader.language import _
from grader.models import HandIn
from grader.submissions.files import Held, RefusedError, entry_path, held_entry, held_file, is_noise, leads_out, shown

MOST_ENTRIES = 500_000
OF_THE_COURSE = frozenset({"roster.csv", "classroom_roster.csv", "submitted.csv", "readme.md", "readme.txt"})
"""what may lie with the hand-ins, in small letters"""


@dataclass(frozen=True, slots=True)
class Found:
    """The hand-ins in a download, what else lies there by its names, and sentences for course staff about the whole."""

    hand_ins: list[HandIn]
    others: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Download:
    """A folder or a zip file in which the hand-ins of many lie; `top` is the folder in it that holds them."""

    path: Path
    names: tuple[str, ...]
    """of all files below the top, with slashes"""
    top: str = ""
    leading_out: tuple[str, ...] = ()
    """the names of files that lead out of the folder that they begin with: A/../../x.py; none of them is opened"""

    @property
    def files_at_top(self) -> list[str]:
        """The names of the files that lie in no folder."""
        return [name for name in self.names if "/" not in name]

    @property
    def folders(self) -> dict[str, list[str]]:
        """Each folder at the top, with the files in it."""
        found: dict[str, list[str]] = {}
        for name in self.names:
            folder, slash, _rest = name.partition("/")
            if slash:
                found.setdefault(folder, []).append(name)
        return found

    def trouble(self, folder: str, name: str) -> str:
        """The sentence for whoever's folder at the top has files in it that lead out; nothing where it has none."""
        found = (each[len(folder) + 1 :] for each in self.leading_out if each.startswith(f"{folder}/"))
        inside = next(found, None)
        return "" if inside is None else leads_out(name, inside)

    @property
    def title(self) -> str:
        """The name that the platform gave it."""
        return self.top.rpartition("/")[2] or self.path.resolve().name.removesuffix(".zip")

    def read(self, name: str, limit: int) -> bytes:
        """The content of one file. Raises RefusedError."""
        return held_in(self.path, [(self.full(name), name)])[0].read(limit)

    def full(self, name: str) -> str:
        """The path of a file in the download as a whole."""
        return f"{self.top}/{name}" if self.top else name


def opened(path: Path) -> Download | None:
    """The files of a folder or a zip file; None if this is neither."""
    if path.is_dir():
        names = _names_in_folder(path)
        return None if names is None else Download(path, tuple(names))
    try:
        _archive, entries, leading_out = _archive_at(path)
    except RefusedError:
        return None
    return Download(path, tuple(name for name, entry in entries.items() if not entry.is_dir()), "", leading_out)


def below(download: Download) -> Download | None:
    """The same download, seen from the one folder in which all of it lies; None if there is no such folder."""
    folders = {name.partition("/")[0] for name in download.names if not _is_noise(name)}
    if len(folders) != 1 or any("/" not in name for name in download.names if not _is_noise(name)):
        return None
    folder = folders.pop()
    names = tuple(name[len(folder) + 1 :] for name in download.names if name.startswith(f"{folder}/"))
    out = tuple(name[len(folder) + 1 :] for name in download.leading_out if name.startswith(f"{folder}/"))
    return Download(download.path, names, download.full(folder), out)


def _is_noise(name: str) -> bool:
    return name.startswith((".", "__MACOSX/"))


def _names_in_folder(folder: Path) -> list[str] | None:
    found: list[str] = []
    for place, folders, files in os.walk(folder):
        start = os.path.relpath(place, folder).replace(os.sep, "/")
        start = "" if start == "." else f"{start}/"
        if ".git" in folders:
            found.append(f"{start}.git/HEAD")  # that it is a repository matters, and no more of it
        folders[:] = sorted(name for name in folders if not is_noise(name))
        found += [start + name for name in sorted(files)]
        if len(found) > MOST_ENTRIES:
            return None
    return found


_Archive = tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo], tuple[str, ...]]


def _archive_at(path: Path) -> _Archive:
    """The zip file, its entries by their paths, and names that lead out; opened once in each process.

    Raises RefusedError.
    """
    try:
        about = path.stat()
        return _open_archive(path, os.getpid(), about.st_mtime_ns, about.st_size)
    except Exception:  # of many kinds: anything can stand in a file
        message = _("{name} can not be read as a zip file: it is damaged, or no zip file at all. Zip your files again.")
        raise RefusedError(message.format(name=shown(path.name))) from None


@lru_cache(maxsize=1)
def _open_archive(path: Path, process: int, changed: int, size: int) -> _Archive:
    archive = zipfile.ZipFile(path)
    paths = [(entry_path(entry), entry) for entry in archive.infolist()]
    out = (shown(entry.orig_filename.replace("\\", "/")) for name, entry in paths if name is None)
    return archive, {name: entry for name, entry in paths if name is not None}, tuple(out)


def held_in(path: Path, names: Iterable[tuple[str, str]]) -> list[Held]:
    """Files of a download, each as (path in it, path as its author knows it). Raises RefusedError."""
    if path.is_dir():
        return [held_file(path / name, own) for name, own in names]
    archive, entries, _out = _archive_at(path)
    found: list[Held] = []
    for name, own in names:
        entry = entries.get(name)
        if entry is None:
            raise RefusedError(_("The file {name} can not be read: {error}.").format(name=own, error="it is gone"))
        if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
            raise RefusedError(_("{name} is not a regular file.").format(name=own))
        found.append(held_entry(archive, entry, own, shown(path.name)))
    return found
