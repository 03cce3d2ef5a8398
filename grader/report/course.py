"""The class page: can I trust the scores, what was not understood, which case is odd?"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from grader.language import _, n_
from grader.models import Verdict
from grader.report.chart import Column, histogram
from grader.report.lecture import CauseLine, Rate, causes, rates
from grader.report.odd import Odd, odd_cases
from grader.report.part import anchor
from grader.report.people import link_to
from grader.report.rows import Mark, Row
from grader.report.sheet import compile_templates, fill
from grader.report.source import lexer
from grader.report.text import visible
from grader.report.words import points
from grader.sandbox import LOCKED


@dataclass(frozen=True, slots=True)
class MapCell:
    """One function of one student: a class for its colour and shape, the score, the anchor."""

    css: str
    score: str
    anchor: str


@dataclass(frozen=True, slots=True)
class MapRow:
    """One student's line of the heat map."""

    name: str
    link: str
    css: str
    score: str
    cells: tuple[MapCell, ...]


@dataclass(frozen=True, slots=True)
class ClassPage:
    """What class.html needs."""

    homework: str
    title: str
    tiles: tuple[tuple[str, str], ...]
    histogram: tuple[Column, ...]
    histogram_words: str
    max_score: str
    causes: tuple[CauseLine, ...]
    rates: tuple[Rate, ...]
    functions: tuple[str, ...]
    rows: tuple[MapRow, ...]
    odd: tuple[Odd, ...]
    warning: str
    facts: tuple[tuple[str, str], ...]


def prepare_pages() -> None:
    """Make once what the pages of a class share, for all processes that are forked from this one later."""
    compile_templates()
    lexer()


def class_page(homework: str, title: str, rows: Sequence[Row]) -> str:
    """Return the page of a class as one self-contained HTML file."""
    scores = [row.score for row in rows if row.score is not None]
    max_score = max((row.max_score for row in rows), default=0.0)
    columns, words = histogram(scores, max_score)
    functions = list(dict.fromkeys(mark.function for row in rows for mark in row.marks))
    median = points(statistics.median(scores)) if scores else "–"
    page = ClassPage(
        homework=visible(homework, 100),
        title=visible(title, 200),
        tiles=(
            (str(len(rows)), n_("student", "students", len(rows))),
            (str(len(scores)), _("graded")),
            (median, _("median of {whole}").format(whole=points(max_score))),
            (
                str(sum(_css(row.verdict, row.score, row.max_score, row.decisions) == "f" for row in rows)),
                _("full marks"),
            ),
        ),
        histogram=columns,
        histogram_words=words,
        max_score=points(max_score),
        causes=causes(rows),
        rates=rates(rows, functions),
        functions=tuple(visible(function, 80) for function in functions),
        rows=tuple(_map_row(row, functions) for row in rows),
        odd=odd_cases(rows),
        warning=_warning(rows),
        facts=((_("sandbox"), ", ".join(dict.fromkeys(visible(row.sandbox, 40) for row in rows))),) if rows else (),
    )
    return fill("class.html", _("{homework}: the class").format(homework=page.homework), page)


def _warning(rows: Sequence[Row]) -> str:
    """Return what staff must know if student code was not locked in."""
    open_to_all = sum(row.sandbox not in LOCKED for row in rows)
    if not open_to_all:
        return ""
    if open_to_all == len(rows):
        return _(
            "All of these results were made without a wall around student code: a submission could have read the "
            "reference or written scores. Believe them only if every submission is trusted."
        )
    return _(
        "{count} of these results were made without a wall around student code: a submission could have read the "
        "reference or written scores. Believe them only if every submission is trusted."
    ).format(count=open_to_all)


def _map_row(row: Row, functions: Sequence[str]) -> MapRow:
    marks = {mark.function: mark for mark in row.marks}
    unknown = "–" if row.excused else "?"
    score = unknown if row.score is None else points(row.score)
    cells = tuple(_map_cell(row, marks.get(function), function) for function in functions)
    return MapRow(
        visible(row.who, 80),
        link_to(row.page),
        _css(row.verdict, row.score, row.max_score, row.decisions),
        score,
        cells,
    )


def _map_cell(row: Row, mark: Mark | None, function: str) -> MapCell:
    if mark is not None and (mark.excused or row.excused):
        return MapCell("u", "–", anchor(function))
    if mark is None or row.score is None or mark.verdict is Verdict.JUDGE_ERROR:
        return MapCell("u", "?", anchor(function))
    if mark.verdict is Verdict.SKIPPED:
        return MapCell("u", "–", anchor(function))
    return MapCell(_css(mark.verdict, mark.score, mark.max_score, row.decisions), points(mark.score), anchor(function))


def _css(verdict: Verdict, score: float | None, max_score: float, decisions: Sequence[str]) -> str:
    """Return the class of a score: full, part, none or unknown."""
    if score is None:
        return "u"
    if score >= max_score or (verdict is Verdict.ACCEPTED and not decisions):
        return "f"
    return "p" if score > 0 else "z"
