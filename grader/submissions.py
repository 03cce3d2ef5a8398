"""A folder of hand-ins -> Submission, one a student. Runs nothing, follows no link, and reads each file once.

A hand-in is `<student>.py`, or a folder `<student>/` that holds one `.py` file. What is neither is named, so that
nobody is lost without a word.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from grader.errors import SubmissionError
from grader.language import _
from grader.models import HandIn, Submission

MAX_BYTES = 2**20
"""A file beyond one megabyte was not written by a student."""


def find_hand_ins(folder: Path) -> tuple[list[HandIn], list[Path]]:
    """The hand-ins of a folder in the order of their students' ids, and what was found there besides.

    Raises SubmissionError if the folder is missing or holds none, or if two hand-ins have one student's id.
    """
    if not folder.is_dir():
        raise SubmissionError(f"{folder}: there is no such folder; name a folder of submissions, or one .py file")
    found: list[HandIn] = []
    others: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "__")) or path.name.lower().startswith("readme"):
            continue
        if path.suffix == ".py":
            found.append(HandIn(_text(path.stem), path))
        elif path.is_dir() and not path.is_symlink():
            found.append(_in_folder(path))
        else:
            others.append(path)
    if not found:
        raise SubmissionError(
            f"{folder}: there is no submission in this folder; one is a file <student>.py or a folder <student>/ "
            "with one .py file in it"
        )
    _refuse_twins(found)
    return sorted(found, key=lambda hand_in: hand_in.student), others


def only_hand_in(folder: Path, student: str) -> HandIn:
    """The one hand-in that a folder holds, as that of a student."""
    return replace(_in_folder(folder), student=_text(student))


def read_submission(hand_in: HandIn) -> Submission:
    """The student's file, or the problem that keeps it from being read."""
    if hand_in.problem:
        return Submission(hand_in.student, b"", _text(hand_in.path.name), hand_in.problem)
    try:
        source, problem = _read(hand_in.path)
    except OSError as error:
        message = _("The file {name} can not be read: {error}.")
        source, problem = b"", message.format(name=_text(hand_in.path.name), error=error.strerror)
    return Submission(hand_in.student, source, _text(hand_in.path.name), problem)


def _text(name: str) -> str:
    """A file's name as text that can be written anywhere: bytes that are no UTF-8 stand as \\udc..."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _in_folder(folder: Path) -> HandIn:
    files = sorted(path for path in folder.glob("*.py") if not path.name.startswith((".", "__")))
    if len(files) == 1:
        return HandIn(_text(folder.name), files[0])
    if not files:
        problem = _("The folder {name} holds no .py file.").format(name=_text(folder.name))
        return HandIn(_text(folder.name), folder, problem)
    names = ", ".join(_text(path.name) for path in files[:5])
    problem = _("The folder {name} holds {count} .py files ({files}); hand in one.").format(
        name=_text(folder.name), count=len(files), files=names
    )
    return HandIn(_text(folder.name), folder, problem)


def _refuse_twins(found: Iterable[HandIn]) -> None:
    """Two ids that differ in case or composition only would share a page on some systems."""
    seen: dict[str, HandIn] = {}
    for hand_in in found:
        key = unicodedata.normalize("NFC", hand_in.student).casefold()
        if key in seen:
            first, second = seen[key].path, hand_in.path
            raise SubmissionError(
                f"{first} and {second} both belong to the student {hand_in.student!r}; keep one of them"
            )
        seen[key] = hand_in


def _read(path: Path) -> tuple[bytes, str]:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if path.is_symlink():
        return b"", _("{name} is a link, not a file; hand in the file itself.").format(name=_text(path.name))
    descriptor = os.open(path, flags)
    with open(descriptor, "rb") as file:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            return b"", _("{name} is not a regular file.").format(name=_text(path.name))
        if about.st_size > MAX_BYTES:
            message = _("{name} is {megabytes} MB large; a file of at most 1 MB can be graded.")
            return b"", message.format(name=_text(path.name), megabytes=f"{about.st_size / 2**20:.1f}")
        source = file.read(MAX_BYTES + 1)
    if not source.strip():
        return source, _("{name} is empty.").format(name=_text(path.name))
    return source, ""
