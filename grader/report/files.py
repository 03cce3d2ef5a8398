"""Names and files of the reports: every student gets a page of their own, and a page is there whole or not at all."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import unicodedata
from pathlib import Path

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")
_LOOKS_DERIVED = re.compile(r"-[0-9a-f]{8}$", re.IGNORECASE)
_OF_THE_FOLDER = frozenset({"index", "results", "gradebook", "audit"})
_OF_WINDOWS = frozenset({"con", "nul", "aux", "prn", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


def page_name(student: str) -> str:
    """Return the file stem for a student's id: the id itself where that is safe, else a slug and a digest of the id.

    Two ids never share a name: an id that already looks like slug and digest gets a digest of its own.
    """
    plain = (
        _PLAIN.fullmatch(student)
        and not student.endswith(".")
        and not _LOOKS_DERIVED.search(student)
        and student.lower() not in _OF_THE_FOLDER
        and student.split(".")[0].lower() not in _OF_WINDOWS  # Windows reserves con.html too
    )
    if plain:
        return student
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    letters = unicodedata.normalize("NFKD", student[:200]).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9_]+", "-", letters)[:60].strip("-") or "student"
    return f"{slug}-{digest}"


_numbers = itertools.count()


def write(path: Path, text: str) -> None:
    """Write the text beside the path and rename it, so that a reader finds the old file or the new one."""
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def write_bytes(path: Path, data: bytes) -> None:
    """The same for bytes."""
    beside = path.with_name(f".{os.getpid()}-{next(_numbers)}.part")
    try:
        try:
            beside.write_bytes(data)
        except FileNotFoundError:  # the first in its folder
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(data)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
