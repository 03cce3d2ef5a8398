"""The files of a hand-in, wherever they lie: in a folder, or in a zip file. Nothing is run, unpacked or followed.

A file is named by its path below the top of the hand-in, with slashes, and read once, whole, up to a limit. What
tries to get at anything else, or to be more than it says, is refused with a sentence for its author.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from grader.language import _

MOST_FILES = 10_000
MOST_ZIP_BYTES = 64 * 2**20
MOST_UNPACKED_BYTES = 4 * 2**30

_OURS = frozenset(
    {"__MACOSX", "__pycache__", "node_modules", "site-packages", "venv", "env", "virtualenv", "@eaDir", "$RECYCLE.BIN"}
)
"""folders that programs make, not students; and all that begin with a dot"""
_COMPRESSIONS = {0: "none", 8: "deflate"}
_NAMES_OF_COMPRESSIONS = {9: "deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd", 99: "AES"}


class RefusedError(Exception):
    """This can not be read as it was handed in; the message is a sentence for whoever handed it in."""


@dataclass(frozen=True, slots=True)
class Held:
    """A file that can be read: its path, the size that it says it has, and how to get at its first bytes."""

    path: str
    size: int
    read: Callable[[int], bytes]

    @property
    def suffix(self) -> str:
        """The end of its name, in small letters: .py, .zip."""
        return os.path.splitext(self.path)[1].lower()


def shown(name: str) -> str:
    """A file's name as text that can be written anywhere: bytes that are no UTF-8 stand as \\udc..."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def is_noise(path: str) -> bool:
    """Whether programs left this behind, and nobody handed it in."""
    return any(part.startswith(".") or part in _OURS for part in path.split("/"))


def top_of(paths: Iterable[str]) -> str:
    """The folder at the top in which all of these files lie, with a slash; nothing if there is no such folder."""
    tops = {path.partition("/")[0] if "/" in path else "" for path in paths}
    top = tops.pop() if len(tops) == 1 else ""
    return f"{top}/" if top else ""


# ---------------------------------------------------------------- folders


def open_file(path: Path) -> IO[bytes]:
    """The regular file at this path, open; a link is not followed, and a pipe is not waited for.

    Raises RefusedError, and OSError if it can not be read.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if path.is_symlink():
        raise RefusedError(_("{name} is a link, not a file; hand in the file itself.").format(name=shown(path.name)))
    file = open(os.open(path, flags), "rb")  # noqa: SIM115  the caller closes it
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise RefusedError(_("{name} is not a regular file.").format(name=shown(path.name)))
    return file


def held_file(path: Path, name: str) -> Held:
    """A file of the file system. Its size is asked for when it is read."""

    def read(limit: int) -> bytes:
        try:
            with open_file(path) as file:
                size = os.fstat(file.fileno()).st_size
                if size > limit:
                    raise RefusedError(too_large(shown(path.name), size, limit))
                return file.read(limit)
        except OSError as error:
            message = _("The file {name} can not be read: {error}.")
            reason = os.strerror(error.errno or errno.EIO)
            raise RefusedError(message.format(name=shown(path.name), error=reason)) from None

    return Held(name, 0, read)


def too_large(name: str, size: int, limit: int) -> str:
    """The sentence for a file beyond a limit."""
    message = _("{name} is {megabytes} MB large; a file of at most {limit} MB can be graded.")
    return message.format(name=name, megabytes=f"{size / 2**20:.1f}", limit=limit // 2**20)


def in_folder(folder: Path) -> list[Held]:
    """The files below a folder, by their paths. Raises RefusedError."""
    found: list[Held] = []
    count = 0
    for place, folders, files in os.walk(folder):
        below = os.path.relpath(place, folder).replace(os.sep, "/")
        start = "" if below == "." else f"{below}/"
        folders[:] = sorted(name for name in folders if not is_noise(name))
        for name in sorted(files):
            count += 1
            if count > MOST_FILES:
                raise RefusedError(_too_many(shown(folder.name)))
            if not is_noise(name):
                found.append(held_file(Path(place, name), shown(start + name)))
    return found


def _too_many(name: str) -> str:
    message = _("There are more than {count} files in {name}; hand in your own files only.")
    return message.format(name=name, count=MOST_FILES)


# ---------------------------------------------------------------- zip files


def in_zip(content: bytes, name: str) -> list[Held]:
    """The files of a student's zip file, by their paths. Raises RefusedError for whatever is wrong with any of them."""
    if content.count(b"PK\x01\x02") > 10 * MOST_FILES:  # before zipfile makes an object of each
        raise RefusedError(_too_many(name))
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except Exception:  # of many kinds: anything can stand in a file
        raise RefusedError(_damaged(name)) from None
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise RefusedError(_too_many(name))
    size = sum(entry.file_size for entry in entries)
    if size > MOST_UNPACKED_BYTES:
        message = _("{name} would be {gigabytes} GB large when it is unpacked; hand in your own files only.")
        raise RefusedError(message.format(name=name, gigabytes=f"{size / 2**30:.1f}"))
    own = list(_own_entries(entries, name))
    start = len(top_of(path for _entry, path in own))  # often the student's name
    found = [held_entry(archive, entry, path, name, path[start:]) for entry, path in own]
    _refuse_collisions([held.path for held in found], name)
    return found


def _own_entries(entries: Iterable[zipfile.ZipInfo], name: str) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    for entry in entries:
        path = entry_path(entry)
        if path is None:
            raise RefusedError(leads_out(name, entry.orig_filename))
        if entry.is_dir() or path.endswith("/") or is_noise(path):
            continue
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind == stat.S_IFLNK:
            message = _("{name} holds a link, {inside}; put the file itself in its place, and zip again.")
            raise RefusedError(message.format(name=name, inside=_harmless(path)))
        if kind not in (0, stat.S_IFREG):
            message = _("{inside} in {name} is not a regular file.")
            raise RefusedError(message.format(name=name, inside=_harmless(path)))
        yield entry, path


def leads_out(name: str, inside: str) -> str:
    """The sentence for a file whose name leads out of what it lies in."""
    message = _("{name} holds a file with the name {inside}, which leads out of it; zip your files again.")
    return message.format(name=name, inside=_harmless(inside))


def entry_path(entry: zipfile.ZipInfo) -> str | None:
    """The path of an entry, with slashes; None if it leads anywhere but below the top."""
    name = entry.orig_filename
    if not entry.flag_bits & 0x800:  # written without saying how; nearly always UTF-8 all the same
        with contextlib.suppress(UnicodeEncodeError, UnicodeDecodeError):
            name = name.encode("cp437").decode("utf-8")
    path = name.replace("\\", "/")
    parts = path.rstrip("/").split("/")
    if "\0" in path or path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in parts:
        return None
    return "/".join(part for part in parts if part not in ("", ".")) + ("/" if path.endswith("/") else "")


def held_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, name: str, said: str = "") -> Held:
    """A file of an open zip file called `name`; `said` is what its path is in a sentence, if it is not the path."""
    inside = _harmless(said or path)

    def read(limit: int) -> bytes:
        if entry.flag_bits & 0x1:
            raise RefusedError(_("{name} is locked with a password; zip your files without one.").format(name=name))
        if entry.compress_type not in _COMPRESSIONS:
            message = _("{inside} in {name} is compressed in a way that is not read here ({way}); zip it as usual.")
            way = _NAMES_OF_COMPRESSIONS.get(entry.compress_type, str(entry.compress_type))
            raise RefusedError(message.format(name=name, inside=inside, way=way))
        if entry.file_size > limit:
            raise RefusedError(too_large(inside, entry.file_size, limit))
        try:
            with archive.open(entry) as file:
                content = file.read(limit + 1)
        except Exception:  # a lie about a size, a name or a sum, or bytes that are no compressed ones
            raise RefusedError(_damaged(name)) from None
        if len(content) != entry.file_size:
            raise RefusedError(_damaged(name))
        return content

    return Held(path, entry.file_size, read)


def _refuse_collisions(paths: Iterable[str], name: str) -> None:
    seen: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in paths:
        key = unicodedata.normalize("NFC", path).casefold()
        if key in seen:
            message = _("{name} holds two files whose names differ in case at most: {first} and {second}; keep one.")
            raise RefusedError(message.format(name=name, first=_harmless(seen[key]), second=_harmless(path)))
        seen[key] = path
        for end in (match.start() for match in re.finditer("/", key)):
            folders.setdefault(key[:end], path)
    for key in seen.keys() & folders.keys():
        message = _("{name} holds {first} both as a file and as a folder ({second}); zip your files again.")
        raise RefusedError(message.format(name=name, first=_harmless(seen[key]), second=_harmless(folders[key])))


def _damaged(name: str) -> str:
    return _(
        "{name} can not be read as a zip file: it is damaged, or no zip file at all. Zip your files again."
    ).format(name=name)


def _harmless(path: str) -> str:
    """A path as it can stand in a sentence: cut, and without what no name should hold."""
    plain = "".join(sign if sign.isprintable() else "\ufffd" for sign in path)
    return plain if len(plain) <= 100 else f"{plain[:99]}…"
