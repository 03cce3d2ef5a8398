"""Canvas: "Download Submissions" of an assignment.

    lastfirst_1234_567890_hw3.py              name in small letters, user, attachment, file
    lastfirst_LATE_1234_567890_hw3.py         handed in late
    anon_AbC12_567890_hw3.py                  graded anonymously
    lastfirst_1234_text.html, ..._link.html   what was typed into the page: no file, never graded

A name can hold numbers too, whatever its author is called: what can be read in several ways is read by what the other
names say, and given to nobody where they do not say it.

The user's number is the student's id, as in the column "ID" of the gradebook. A file that is handed in again is called
hw3-1.py, hw3-2.py; the download holds those of the last attempt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from grader.language import _
from grader.models import HandIn
from grader.submissions.download import OF_THE_COURSE, Download, Found
from grader.submissions.reading import SUFFIXES
from grader.submissions.whose import Decided, Reading, decided, possible, sure_names

_DIGITS = re.compile(r"[0-9]+")
_ANONYMOUS = re.compile(r"[A-Za-z0-9]+")
_LONGEST = 1000
"""characters of a file's name; no system has longer ones"""
_MOST_DIGITS = 30
_GRADED = (*SUFFIXES, ".zip")
_TYPED = ("text.html", "link.html")
_AGAIN = re.compile(r"(?P<stem>.+)-(?P<number>\d{1,3})(?P<suffix>\.[A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class _Attached:
    path: str
    file: str
    attachment: int


def found_in(download: Download) -> Found:
    """One hand-in a user; none if this is no download of Canvas's. What else lies there is named."""
    names = [name for name in download.names if not name.startswith((".", "__MACOSX/"))]
    ways = {name: readings(name) for name in names if name.lower() not in OF_THE_COURSE}
    others = [name for name, each in ways.items() if not each]
    ways = {name: each for name, each in ways.items() if each}
    strays = {name.partition("/")[0] for name in others if name.lower().endswith(_GRADED)}
    several = download.path.is_file() and len({each[0].student for each in ways.values()}) > 1
    if not ways or (len(ways) <= len(strays) and not several):
        return Found([])
    whose = decided(_likely(ways))
    told = tuple(dict.fromkeys(name.partition("/")[0] for name in others))
    return Found([_hand_in(student, whose, download) for student in whose.files], told)


def _hand_in(student: str, whose: Decided, download: Download) -> HandIn:
    if student in whose.faults:
        return HandIn(student, download.path, fault=whose.faults[student], system="Canvas")
    read = whose.files[student]
    first = read[0][1]
    hand_in = HandIn(student, download.path, name=first.name, system="Canvas", late=first.late)
    attached = [_Attached(download.full(path), each.own, each.number) for path, each in read if each.is_file]
    if attached:
        return _with_files(hand_in, attached)
    return replace(hand_in, problem=_("Only a text or an address was handed in, in Canvas's own page, and no file."))


def readings(name: str) -> Sequence[Reading]:
    """The ways to read a file's name: several, where the name of its author or the file's own holds numbers."""
    parts = name.split("_") if "/" not in name and len(name) <= _LONGEST else []
    found = []
    for place, part in enumerate(parts):
        after_anon = place > 0 and parts[place - 1] == "anon"
        if after_anon or not (part == "anon" or _DIGITS.fullmatch(part)):
            continue
        end = place + (2 if part == "anon" else 1)
        if part == "anon" and not _ANONYMOUS.fullmatch("".join(parts[place + 1 : end])):
            continue
        late = place > 0 and parts[place - 1] in ("LATE", "late")
        author = "_".join(parts[: place - 1 if late else place])
        student, rest = "_".join(parts[place:end]), "_".join(parts[end:])
        number, _line, own = rest.partition("_")
        if rest in _TYPED:
            found.append(Reading(student, author, rest, is_file=False, late=late))
        elif _DIGITS.fullmatch(number) and own:
            found.append(Reading(student, author, own, late=late, number=int(number[:_MOST_DIGITS])))
    return found


def _likely(ways: Mapping[str, Sequence[Reading]]) -> Mapping[str, Sequence[Reading]]:
    """Each name with its readings, but those that can not be: another's id, or numbers unlike all others.

    An institution's users are numbered one after the other, and so are its files: those of a course are about as long.
    """
    sure = sure_names(ways.values())
    typical = [each[0] for each in ways.values() if len(each) == 1] or [each[0] for each in ways.values()]
    users = [int(each.student[:_MOST_DIGITS]) for each in typical if _DIGITS.fullmatch(each.student)]
    files = [each.number for each in typical if each.is_file]

    def can_be(reading: Reading) -> bool:
        user = int(reading.student[:_MOST_DIGITS]) if _DIGITS.fullmatch(reading.student) else None
        return (user is None or _is_like(user, users)) and (not reading.is_file or _is_like(reading.number, files))

    found = {}
    for name, each in ways.items():
        left = possible(each, sure)
        found[name] = [reading for reading in left if can_be(reading)] or left
    return found


def _is_like(number: int, others: Sequence[int]) -> bool:
    return not others or min(others) / 10 <= number <= max(others) * 10


def _with_files(hand_in: HandIn, attached: list[_Attached]) -> HandIn:
    """The hand-in with its files under the names that their author gave them; of several of one name, the newest."""
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
    others = [
        other for other in names if (again := _AGAIN.fullmatch(other)) and again["stem"] + again["suffix"] == first
    ]
    return first if first in names or len(others) == 1 else name
