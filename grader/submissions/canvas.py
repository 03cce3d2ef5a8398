"""Canvas: "Download Submissions" of an assignment.

    lastfirst_1234_567890_hw3.py              name in small letters, user, attachment, file
    lastfirst_LATE_1234_567890_hw3.py         handed in late
    anon_AbC12_567890_hw3.py                  graded anonymously
    lastfirst_1234_text.html, ..._link.html   what was typed into the page: no file, never graded

The user's number is the student's id, as in the column "ID" of the gradebook. A file that is handed in again is called
hw3-1.py, hw3-2.py; the download holds those of the last attempt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from grader.language import _
from grader.models import HandIn
from grader.submissions.download import Download

_FILE = re.compile(
    r"(?:(?P<name>.*?)_)??(?:(?P<late>LATE|late)_)?(?P<user>anon_[A-Za-z0-9]+|\d+)_(?P<attachment>\d+)_(?P<file>[^/]+)"
)
_TYPED = re.compile(r"(?:(?P<name>.*?)_)??(?:(?P<late>LATE|late)_)?(?P<user>anon_[A-Za-z0-9]+|\d+)_(?:text|link)\.html")
_OF_THE_COURSE = frozenset({"roster.csv", "submitted.csv", "readme.md", "readme.txt"})
"""what may lie with the hand-ins"""
_AGAIN = re.compile(r"(?P<stem>.+)-(?P<number>\d{1,3})(?P<suffix>\.[A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class _Attached:
    path: str
    file: str
    attachment: int


def hand_ins(download: Download) -> list[HandIn]:
    """One hand-in a user; empty if anything else than a download of Canvas's lies here."""
    students: dict[str, HandIn] = {}
    attached: dict[str, list[_Attached]] = {}
    for path in download.names:
        if path.startswith((".", "__MACOSX/")) or path.lower() in _OF_THE_COURSE:
            continue
        match = _FILE.fullmatch(path)
        typed = None if match else _TYPED.fullmatch(path)
        known = match or typed
        if known is None:
            return []
        student = known["user"]
        hand_in = HandIn(student, download.path, name=known["name"] or "", system="Canvas", late=bool(known["late"]))
        students.setdefault(student, hand_in)
        if match:
            own = _Attached(download.full(path), match["file"], int(match["attachment"]))
            attached.setdefault(student, []).append(own)
    text = _("Only a text or an address was handed in, in Canvas's own page, and no file.")
    return [
        _with_files(hand_in, attached[student]) if student in attached else replace(hand_in, problem=text)
        for student, hand_in in students.items()
    ]


def _with_files(hand_in: HandIn, attached: list[_Attached]) -> HandIn:
    """The hand-in with its files under the names that their author gave them; of one that is there again, the newest."""
    names = {each.file for each in attached}
    groups: dict[str, list[_Attached]] = {}
    for each in attached:
        groups.setdefault(_first_name(each.file, names), []).append(each)
    notes: list[str] = []
    files: list[tuple[str, str]] = []
    for name, group in groups.items():
        newest = max(group, key=lambda each: (each.attachment, _number(each.file)))
        files.append((newest.path, name))
        if len(group) > 1:
            message = _("{name} was handed in {count} times; the newest counts.")
            notes.append(message.format(name=name, count=len(group)))
    return replace(hand_in, files=tuple(files), notes=tuple(notes))


def _number(name: str) -> int:
    """The number that Canvas adds to a name that is there already; 0 where it adds none."""
    match = _AGAIN.fullmatch(name)
    return int(match["number"]) if match else 0


def _first_name(name: str, names: set[str]) -> str:
    """The name without the number that Canvas adds; with it, where it can be the author's: part-1.py, part-2.py."""
    match = _AGAIN.fullmatch(name)
    if match is None:
        return name
    first = match["stem"] + match["suffix"]
    others = [other for other in names if (again := _AGAIN.fullmatch(other)) and again["stem"] + again["suffix"] == first]
    return first if first in names or len(others) == 1 else name
