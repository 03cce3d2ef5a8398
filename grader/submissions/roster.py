"""A course's roster: the name and the e-mail address of each student, by the id under which work is handed in.

A CSV file with a line of titles. A row that can not be used is left out, and named.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import SubmissionError
from grader.models import student_id
from grader.tables import separator

FILES = ("roster.csv", "classroom_roster.csv")
"""What a roster is called where no option names it."""

_IDS = ("id", "sid", "student id", "github username", "username", "login", "identifier", "student")
_NAMES = ("name", "full name", "student name", "student")
_FIRST, _LAST = (
    ("first name", "firstname", "first", "given name"),
    ("last name", "lastname", "last", "surname", "family name"),
)
_EMAILS = ("email", "e-mail", "email address", "e-mail address", "mail")
_MOST_BYTES = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Person:
    """What a roster says of a student."""

    name: str
    email: str
    names: tuple[str, ...] = ()
    """all that stands in the row: whatever some platform calls the student"""


@dataclass(frozen=True, slots=True)
class Roster:
    """Students by their ids, and a sentence for each row that could not be used."""

    path: Path
    people: dict[str, Person]
    faults: tuple[str, ...]

    def find(self, student: str) -> Person | None:
        """The student with this id; case does not count."""
        return self.people.get(student_id(student).casefold())


def read_roster(path: Path) -> Roster:
    """The roster in a file. Raises SubmissionError if it can not be read, or has no column of ids."""
    try:
        with open(path, "rb") as file:
            text = file.read(_MOST_BYTES).decode("utf-8-sig")
    except OSError as error:
        raise SubmissionError(f"{path}: the roster can not be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SubmissionError(f"{path}, line {line}: the roster is not UTF-8; save it as CSV in UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)
    people: dict[str, Person] = {}
    faults: list[str] = []
    try:
        columns = _columns(path, next(reader, []))
        for row in reader:
            if any(cell.strip() for cell in row):
                fault = _take(row, columns, people)
                faults += [f"{path}, line {reader.line_num}: {fault}; the row is left out"] if fault else []
    except csv.Error as error:
        faults.append(f"{path}, line {reader.line_num}: this is no CSV ({error}); the rest of the file is left out")
    return Roster(path, people, tuple(faults))


@dataclass(frozen=True, slots=True)
class _Columns:
    student: int
    name: tuple[int, ...]
    email: int | None
    count: int


def _columns(path: Path, titles: Sequence[str]) -> _Columns:
    known = [re.sub(r"[\s_]+", " ", title).strip().casefold() for title in titles]

    def place(names: Sequence[str], *but: int | None) -> int | None:
        return next((known.index(name) for name in names if name in known and known.index(name) not in but), None)

    student = place(_IDS)
    if student is None:
        raise SubmissionError(
            f"{path}, line 1: no column of the roster is called 'id' (or sid, username, github_username, student); "
            f"found: {', '.join(titles) or 'nothing'}"
        )
    whole = place(_NAMES, student)
    parts = tuple(each for each in (place(_FIRST), place(_LAST)) if each is not None)
    return _Columns(student, parts if whole is None else (whole,), place(_EMAILS), len(titles))


def _take(row: Sequence[str], columns: _Columns, people: dict[str, Person]) -> str:
    """Add one row; returns what is wrong with it, if anything is."""
    if len(row) > columns.count:
        return f"it has {len(row)} cells, and there are {columns.count} titles"
    cells = [*(cell.strip() for cell in row), *[""] * (columns.count - len(row))]
    student = re.sub(r"^Participant\s+(?=\d+$)", "", cells[columns.student])  # Moodle's grading worksheet
    if not student:
        return "it has no id"
    student = student_id(student)
    if student.casefold() in people:
        return f"the id {student} stands there a second time"
    email = cells[columns.email] if columns.email is not None else ""
    if email and not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
        return f"{email!r} is no e-mail address"
    name = " ".join(cells[place] for place in columns.name if cells[place])
    people[student.casefold()] = Person(name, email, tuple(cell for cell in cells if cell))
    return ""
