"""Canvas: the gradebook that the teacher exported, with the column of the assignment filled.

Canvas knows an assignment by the number in its heading, `Homework 3 (123456)`, and students by their IDs; so nothing of
that is made up here. The rows without an ID (points possible, muted) and the test student are nobody's.
A name stands in the column `Student`, or in two, `LastName` and `FirstName`, by a setting of the gradebook.
"""

from __future__ import annotations

import re

from grader.errors import ExportError
from grader.export.filling import Target, named_column, only
from grader.export.sheet import Sheet, number

_ASSIGNMENT = re.compile(r"(.*\S)\s*\((\d+)\)\s*")
_PEOPLE = ("id", "sis user id", "sis login id", "integration id", "email")
_PARTS = ("lastname", "firstname")
_PLACES = 6


def canvas_target(sheet: Sheet, names: tuple[str, ...], column: str | None) -> Target:
    """Where the scores go: the column that is named, else the one with the homework's name or title, else the only one.

    Raises ExportError if this is no exported gradebook, or it is not clear which column is meant.
    """
    headings = [heading.strip().casefold() for heading in sheet.header]
    if "id" not in headings:
        raise ExportError(
            f"{sheet.path}: no column is called 'ID', so this is no gradebook as Canvas exports it; the columns are: "
            f"{', '.join(map(repr, sheet.header))}"
        )
    place = headings.index("id")
    score = _column(sheet, names, column)
    about = [headings.index(name) for name in _PEOPLE if name in headings]
    names_in = [headings.index(part) for part in _PARTS] if set(_PARTS) <= set(headings) else [0]
    people = {}
    possible = None
    for row in range(len(sheet.rows)):
        if not sheet.text(row, place).strip():
            if sheet.text(row, 0).strip().casefold() == "points possible":
                possible = number(sheet.text(row, score))
            continue
        name = ", ".join(sheet.text(row, part) for part in names_in)
        if re.sub(r"\W+", " ", name).strip().casefold() != "student test":
            people[row] = [name, *(sheet.text(row, other) for other in about)]
    return Target(sheet, people, score, None, _PLACES, possible)


def _column(sheet: Sheet, names: tuple[str, ...], column: str | None) -> int:
    found = {place: _ASSIGNMENT.fullmatch(heading) for place, heading in enumerate(sheet.header)}
    assignments = {place: match for place, match in found.items() if match}
    if column is not None:
        by_number = [place for place, match in assignments.items() if column.strip() in (match[2], match[1])]
        return by_number[0] if len(by_number) == 1 else named_column(sheet, column)
    wanted = {name.casefold() for name in names}
    called = [place for place, match in assignments.items() if match[1].casefold() in wanted]
    return only(called or list(assignments), sheet, "the assignment", "--column")
