"""Scores and feedback into the table that a teacher downloaded: a cell is filled, or it is said why it is not.

A cell that holds something else already stays as it is, unless it is to be overwritten. A score that is not known
leaves its cell alone. Whoever has no row, and every row that nobody handed in for, is named.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from grader.errors import ExportError
from grader.export.points import factor_to, write_points
from grader.export.sheet import Sheet, number
from grader.export.students import match
from grader.models import Result
from grader.report.words import exactly, points
from grader.submissions import Roster

Said = tuple[str, str]
"""(a student, what there is to say)"""


@dataclass(frozen=True, slots=True)
class Target:
    """Where in a table things go."""

    sheet: Sheet
    people: Mapping[int, Sequence[str]]
    """row of a student -> the cells that say who it is: the name first, then the other system's own id"""
    score: int
    feedback: int | None
    places: int
    """how many decimal places the other system keeps"""
    whole: float | None
    """what full marks are there, where the table says it"""


@dataclass(frozen=True, slots=True)
class Account:
    """What became of each result and each row."""

    filled: tuple[str, ...]
    left: tuple[Said, ...]
    """results that are not in the table"""
    kept: tuple[Said, ...]
    """cells that hold something else"""
    rounded: tuple[Said, ...]
    empty: tuple[str, ...]
    """rows without a result"""


_UNKNOWN = "the score is not known, because this could not be graded"


def fill(
    target: Target,
    results: Sequence[Result],
    feedback: Mapping[str, str],
    roster: Roster | None,
    *,
    scale_to: float | None,
    force: bool,
    excused: Collection[str] = (),
) -> Account:
    """Put scores and feedback into the table. Raises ExportError where full marks are not the same on both sides."""
    whole = max(result.max_score for result in results)
    wanted = _full_marks(target, whole, scale_to)
    comma = target.sheet.decimal_comma(target.score, target.score + 1)
    known = {result.student: (result.student, *_other_names(roster, result.student)) for result in results}
    matched = match(known, target.people, own=1)
    filled: list[str] = []
    left, kept, rounded = list(matched.problems.items()), [], []
    for result in results:
        row = matched.rows.get(result.student)
        if row is None:
            continue
        if result.score is None:
            reason = "excused" if result.student in excused else _UNKNOWN
            left.append((result.student, reason))
            continue
        if not target.sheet.has(row, target.score):
            left.append((result.student, "the row ends before the column of the scores"))
            continue
        if result.max_score != whole and scale_to is None:
            score = f"{points(result.score)} of {points(result.max_score)}"
            left.append((result.student, f"part of it is excused, {score}; --scale-to counts that as a whole"))
            continue
        written = write_points(result.score, factor_to(wanted, result.max_score), target.places, comma=comma)
        there = target.sheet.text(row, target.score).strip()
        if there not in ("", "-") and number(there) != written.value and not force:
            kept.append((result.student, f"{there} stands there, not {written.text}"))
            continue
        if number(there) != written.value:
            target.sheet.change(row, target.score, written.text)
        filled.append(result.student)
        if written.rounded:
            rounded.append((result.student, f"{exactly(result.score)} points are written as {written.text}"))
        kept += _fill_feedback(target, row, result.student, feedback, force)
    taken = set(matched.rows.values())
    empty = tuple(cells[0] for row, cells in target.people.items() if row not in taken)
    return Account(tuple(filled), tuple(sorted(left)), tuple(kept), tuple(rounded), empty)


def _other_names(roster: Roster | None, student: str) -> tuple[str, ...]:
    person = roster.find(student) if roster is not None else None
    return () if person is None else person.names


def _fill_feedback(target: Target, row: int, student: str, feedback: Mapping[str, str], force: bool) -> list[Said]:
    column = target.feedback
    if column is None or not feedback.get(student):
        return []
    if not target.sheet.has(row, column):
        return [(student, "the row ends before the column of the feedback")]
    there = target.sheet.text(row, column)
    if there == feedback[student]:
        return []
    if there.strip() and not force:
        return [(student, "other feedback stands there")]
    target.sheet.change(row, column, feedback[student])
    return []


def _full_marks(target: Target, max_score: float, scale_to: float | None) -> float:
    """What full marks are in the table."""
    whole = target.whole
    wanted = max_score if scale_to is None else scale_to
    if whole is not None and abs(whole - wanted) > 1e-9:
        ours = f"{points(max_score)} in the homework" if scale_to is None else f"{points(scale_to)} by --scale-to"
        raise ExportError(
            f"{target.sheet.path}: full marks are {points(whole)} in this file, and {ours}; change them there, "
            f"or scale all points with --scale-to {points(whole)}"
        )
    return wanted


def only(columns: Sequence[int], sheet: Sheet, what: str, option: str) -> int:
    """The one column that is meant. Raises ExportError, naming what there is, for none and for several."""
    if len(columns) == 1:
        return columns[0]
    found = ", ".join(repr(sheet.header[column]) for column in columns)
    begin = (
        f"{sheet.path}: several columns could be {what}: {found}" if columns else f"{sheet.path}: no column is {what}"
    )
    rest = "" if columns else f"; the columns are: {', '.join(repr(name) for name in sheet.header)}"
    raise ExportError(f"{begin}{rest}; name one with {option}")


def named_column(sheet: Sheet, name: str) -> int:
    """The column with this heading. Raises ExportError if there is none, or more than one."""
    found = [column for column, heading in enumerate(sheet.header) if heading.strip() == name.strip()]
    if len(found) != 1:
        count = "no column is" if not found else f"{len(found)} columns are"
        raise ExportError(
            f"{sheet.path}: {count} called {name!r}; the columns are: {', '.join(map(repr, sheet.header))}"
        )
    return found[0]
