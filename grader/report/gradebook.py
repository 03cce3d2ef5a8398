"""The gradebook: one line a student, safe to open in a spreadsheet.

A spreadsheet runs a cell that begins like a formula; such a text gets an apostrophe in front. Every text is quoted,
as some spreadsheets take a semicolon for the end of a cell. Numbers are only ever ours. A score that is not known
is an empty cell, never 0.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence

from grader.language import named
from grader.models import Verdict
from grader.report.rows import Row
from grader.report.text import visible

_STARTS = frozenset("=+-@\t\r\n|%")
_BEFORE_IT = " '\"`´‘’‚“”„«»"
_LONGEST = 1000


def gradebook(rows: Sequence[Row]) -> str:
    """Return the gradebook as CSV, a column for each function's score. Headers and verdicts stay English.

    Names and e-mail addresses have columns where a roster or the download told any. Where something was decided, three
    columns more say what the grader had said, what lateness cost, and what it was.
    """
    functions = list(dict.fromkeys(mark.function for row in rows for mark in row.marks))
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    named_at_all = any(row.name or row.email for row in rows)
    people = ["name", "email"] if named_at_all else []
    deciding = any(row.decisions for row in rows)
    header = [
        "student",
        *people,
        "score",
        "max_score",
        "verdict",
        *map(_text, functions),
        "convention",
        "reason",
        "sandbox",
        *(["judged", "late_penalty", "decisions"] if deciding else []),
    ]
    writer.writerow(header)
    for row in rows:
        scores: dict[str, float | None] = {
            mark.function: mark.score for mark in row.marks if mark.verdict is not Verdict.JUDGE_ERROR
        }
        scores |= {mark.function: None for mark in row.marks if mark.excused}
        if row.score is None:
            scores = {}
        decided = [_number(row.judged if row.decisions else row.score), _number(row.penalty), _text(_listed(row))]
        writer.writerow(
            [
                _text(row.student),
                *([_text(row.name), _text(row.email)] if named_at_all else []),
                _number(row.score),
                _number(row.max_score),
                row.verdict.value,
                *(_number(scores.get(function)) for function in functions),
                _text(named(row.convention or "")),
                _text(row.reason),
                _text(row.sandbox),
                *(decided if deciding else ()),
            ]
        )
    return out.getvalue()


def _listed(row: Row) -> str:
    """Return all that was decided about a student, in one cell."""
    return "; ".join(row.decisions)


def _number(value: float | None) -> float | int | str:
    """Return a number for the writer, whole where it is whole; unknown is an empty cell."""
    if value is None:
        return ""
    return int(value) if value == int(value) else round(value, 6)


def _text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    shown = visible(text, _LONGEST)
    return f"'{shown}" if _acts(text) else shown


def guarded(text: str) -> str:
    """Return a text with an apostrophe in front where a spreadsheet would run it as a formula."""
    return f"'{text}" if _acts(text) else text


def _acts(text: str) -> bool:
    """Tell whether a spreadsheet takes a text for a formula."""
    # NFKC turns full-width and small forms of = + - @ into the plain ones, as some spreadsheets do; U+2212 stays.
    plain = unicodedata.normalize("NFKC", text[:50]).replace("\u2212", "-")
    starts = {plain[:1], plain.lstrip().lstrip(_BEFORE_IT).lstrip()[:1]}
    return bool(starts & _STARTS)
