"""Hand-ins -> Submission, one a student. Runs nothing, follows no link, and reads each file once.

A folder holds `<student>.py`, `<student>.ipynb`, `<student>.zip` or `<student>/`, or it is what a learning platform
gave for download, as a folder or still as a zip file. What is no hand-in is named, so that nobody is lost without a
word; what can not be read costs its own row, and no other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from grader.errors import SubmissionError
from grader.language import _
from grader.models import HandIn
from grader.submissions import canvas, gradescope, moodle, repositories
from grader.submissions.download import Found, below, opened
from grader.submissions.files import shown
from grader.submissions.gradescope import Upload, read_upload
from grader.submissions.reading import SUFFIXES, read_submission
from grader.submissions.roster import FILES as ROSTERS
from grader.submissions.roster import Roster, read_roster

__all__ = [
    "ROSTERS",
    "SUFFIXES",
    "Roster",
    "Upload",
    "downloaded",
    "find_hand_ins",
    "read_roster",
    "read_submission",
    "read_upload",
    "said_of",
]

_PLATFORMS = (gradescope, moodle, canvas, repositories)
_DEPTH = 3
"""folders with nothing but one folder in them, before the hand-ins come"""


def find_hand_ins(place: Path) -> tuple[list[HandIn], list[Path]]:
    """The hand-ins of a folder or a platform's zip file, in the order of their students' ids, and what else is there.

    Raises SubmissionError if the folder is missing or holds none.
    """
    download = _found(place)
    if download.hand_ins:
        return _in_order(download.hand_ins), [Path(name) for name in download.others]
    if not place.is_dir():
        raise SubmissionError(
            f"{place}: there is no such folder; name a folder or a download of submissions, or one file (.py, "
            ".ipynb or .zip)"
        )
    found, others = _in_folder(place)
    if not found:
        raise SubmissionError(
            f"{place}: there is no submission in this folder; one is a file <student>.py, .ipynb or .zip, or a folder "
            "<student>/ with such files in it"
        )
    return _in_order(found), others


def downloaded(place: Path) -> list[HandIn]:
    """The hand-ins in a download from a learning platform; empty if it is none."""
    return _found(place).hand_ins


def said_of(place: Path, others: Sequence[Path], *, hidden: bool = False) -> list[str]:
    """Sentences for course staff about what is no hand-in, and about a download as a whole.

    `others` is what find_hand_ins left; its names are not told where names are hidden.
    """
    download = _found(place)
    names = [path.name for path in others if path.name != gradescope.METADATA]
    nobodys = [name for name in names if name in download.others and name.lower().endswith((*SUFFIXES, ".zip"))]
    found = list(download.said)
    for these, reason in (
        ([name for name in names if name not in nobodys], "only .py, .ipynb and .zip files are graded"),
        (nobodys, "their names do not say whose they are"),
    ):
        told = f"{len(these)} files" if hidden else _few(these)
        found += [f"left aside, because {reason}: {told}"] if these else []
    return found


def _few(names: Sequence[str]) -> str:
    """The first few of many names, each as it can stand in a line."""
    few = ("".join(sign if sign.isprintable() else "\ufffd" for sign in name)[:60] for name in names[:5])
    return ", ".join(few) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _found(place: Path) -> Found:
    """What is in a download from a learning platform."""
    download = None if _is_plain(place) else opened(place)
    for _depth in range(_DEPTH):
        if download is None:
            break
        for platform in _PLATFORMS:
            found: Found = platform.found_in(download)
            if found.hand_ins:
                return found
        download = below(download)
    return Found([])


def _is_plain(place: Path) -> bool:
    """Whether this is no folder and no zip file, or a folder with files <student>.py: then there is no need to look."""
    if not place.is_dir():
        return place.suffix.lower() != ".zip" or not place.is_file()
    names = [path.name for path in place.iterdir()]
    files = [name for name in names if name.endswith(".py") and "_" not in name and not (place / name).is_dir()]
    return bool(files) and len(files) >= sum(bool(moodle.readings(name) or canvas.readings(name)) for name in names)


def _in_folder(folder: Path) -> tuple[list[HandIn], list[Path]]:
    found: list[HandIn] = []
    others: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "__")) or path.name.lower().startswith("readme") or path.name in ROSTERS:
            continue
        if path.suffix.lower() in (*SUFFIXES, ".zip"):
            found.append(HandIn(shown(path.stem), path))
        elif path.is_dir() and not path.is_symlink():
            found.append(HandIn(shown(path.name), path))
        else:
            others.append(path)
    return found, others


def _in_order(found: Iterable[HandIn]) -> list[HandIn]:
    """The hand-ins by their students' ids. Those of one student are one, and it is not clear which counts.

    Two ids that differ in case or composition only count as one: they would share a page on some systems.
    """
    by_id: dict[str, list[HandIn]] = {}
    for hand_in in found:
        by_id.setdefault(unicodedata.normalize("NFC", hand_in.student).casefold(), []).append(hand_in)
    return sorted((_one(each) for each in by_id.values()), key=lambda hand_in: hand_in.student)


def _one(hand_ins: list[HandIn]) -> HandIn:
    first = hand_ins[0]
    if len(hand_ins) == 1:
        return first
    message = _("{files} all belong to {student}, and it is not clear which one counts. Keep one of them.")
    files = ", ".join(shown(each.files[0][0] if each.files else each.path.name) for each in hand_ins)
    return replace(first, fault=message.format(files=files, student=first.student))
