"""Moodle: the grading worksheet that the teacher downloaded, with grades and feedback filled.

Its headings are in the language of whoever downloaded it, and Moodle takes it back in that language only; so columns
are known by what stands in them. The maximum grade is the same number in every row, and the grades stand before it.
Feedback is the last column, behind the one of dates or dashes that says when a grade was changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from grader.errors import ExportError
from grader.export.filling import Target, named_column, only
from grader.export.sheet import Sheet, number
from grader.report import guarded

_PLACES = 5


def moodle_target(sheet: Sheet, column: str | None, feedback: str | None) -> Target:
    """Where grades and feedback go. Raises ExportError where the worksheet does not show it."""
    rows = range(len(sheet.rows))
    if column is None:
        wholes = [place for place in range(1, len(sheet.header)) if _is_maximum(sheet, place)]
        if not wholes:
            raise ExportError(
                f"{sheet.path}: no column holds the maximum grade in every row, with the grades before it, so this is "
                "no grading worksheet, or the assignment is graded by a scale; name the column of grades with "
                f"--column. The columns are: {', '.join(map(repr, sheet.header))}"
            )
        score = only([place - 1 for place in wholes], sheet, "the grade", "--column")
    else:
        score = named_column(sheet, column)
    people = {
        row: [_who(sheet, row), *_number(sheet.text(row, 0)), *(sheet.text(row, place) for place in range(score))]
        for row in rows
    }
    place = named_column(sheet, feedback) if feedback is not None else _feedback(sheet, score)
    whole = number(sheet.text(0, score + 1)) if _is_maximum(sheet, score + 1) else None
    return Target(sheet, people, score, place, _PLACES, whole)


def moodle_feedback(lines: Sequence[str]) -> str:
    """Feedback as Moodle keeps it: HTML, a paragraph a line."""
    return guarded("".join(f"<p>{escape(line)}</p>" for line in lines))


def _is_maximum(sheet: Sheet, place: int) -> bool:
    """Whether one positive number stands in every row, and before it numbers or nothing."""
    if not 1 <= place < len(sheet.header):
        return False
    rows = range(len(sheet.rows))
    numbers = {number(sheet.text(row, place)) for row in rows if sheet.has(row, place)}
    whole = numbers.pop() if len(numbers) == 1 else None
    before = [sheet.text(row, place - 1).strip() for row in rows]
    return bool(whole) and all(text in ("", "-") or number(text) is not None for text in before)


def _feedback(sheet: Sheet, score: int) -> int | None:
    """The last column, if some row has nothing in it: that of the dates has a date or a dash in every one."""
    last = len(sheet.header) - 1
    texts = [sheet.text(row, last).strip() for row in range(len(sheet.rows))]
    return last if last > score + 1 and (not all(texts) or any(text.startswith("<") for text in texts)) else None


def _number(identifier: str) -> list[str]:
    """The number of a participant, which stands behind a word in the worksheet's language: `Participant 123`."""
    found = re.fullmatch(r"\D*(\d+)", identifier.strip())
    return [found[1]] if found else []


def _who(sheet: Sheet, row: int) -> str:
    return ", ".join(text for text in (sheet.text(row, 0), sheet.text(row, 1)) if text.strip())
