"""A folder of hand-ins -> Submission, one a student. Runs nothing, follows no link, and reads each file once.

A hand-in is `<student>.py`, `<student>.ipynb`, `<student>.zip`, or a folder `<student>/` with such files in it. What is
none of these is named, so that nobody is lost without a word; what can not be read costs its own row, and no other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from grader.errors import SubmissionError
from grader.models import HandIn, Submission
from grader.submissions.files import shown
from grader.submissions.reading import SUFFIXES, read_submission

__all__ = ["SUFFIXES", "find_hand_ins", "read_submission"]


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
        if path.suffix in (*SUFFIXES, ".zip"):
            found.append(HandIn(shown(path.stem), path))
        elif path.is_dir() and not path.is_symlink():
            found.append(HandIn(shown(path.name), path))
        else:
            others.append(path)
    if not found:
        raise SubmissionError(
            f"{folder}: there is no submission in this folder; one is a file <student>.py or a folder <student>/ "
            "with one .py file in it"
        )
    _refuse_twins(found)
    return sorted(found, key=lambda hand_in: hand_in.student), others


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
