"""The class page and the front page: can I trust the scores, what was not understood, which case is odd?"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from grader.models import Verdict
from grader.report.chart import Column, histogram
from grader.report.part import anchor
from grader.report.rows import Mark, Row
from grader.report.sheet import fill
from grader.report.text import visible
from grader.report.words import STATUS, UNKNOWN, counted, listed, points

_NAMES_SHOWN = 60
_GROUPS_SHOWN = 25
_FEW = 5
"""a wrong answer that more students share is a common mistake, no odd case"""


@dataclass(frozen=True, slots=True)
class Person:
    """A student with a link to the page."""

    name: str
    link: str


@dataclass(frozen=True, slots=True)
class Group:
    """Students who have one thing in common; `more` counts those beyond the first few dozen."""

    text: str
    count: str
    people: tuple[Person, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Odd:
    """One kind of odd case."""

    heading: str
    advice: str
    groups: tuple[Group, ...]
    more: str


@dataclass(frozen=True, slots=True)
class CauseLine:
    """A known mistake in the class: how many made it, what they were told, where it was found."""

    share: str
    functions: str
    group: Group


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of the judged passed a function or a check."""

    name: str
    share: str
    text: str
    checks: tuple[Rate, ...]


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


@dataclass(frozen=True, slots=True)
class Entry:
    """One homework of the front page; the median is None where nothing was graded."""

    homework: str
    title: str
    students: int
    median: float | None
    max_score: float
    link: str


@dataclass(frozen=True, slots=True)
class FrontLine:
    """One line of the front page."""

    homework: str
    title: str
    students: str
    median: str
    share: str
    link: str


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What front.html needs."""

    lines: tuple[FrontLine, ...]


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
            (str(len(rows)), "student" if len(rows) == 1 else "students"),
            (str(len(scores)), "graded"),
            (median, f"median of {points(max_score)}"),
            (str(sum(row.verdict is Verdict.ACCEPTED for row in rows)), "full marks"),
        ),
        histogram=columns,
        histogram_words=words,
        max_score=points(max_score),
        causes=_causes(rows),
        rates=_rates(rows, functions),
        functions=tuple(visible(function, 80) for function in functions),
        rows=tuple(_map_row(row, functions) for row in rows),
        odd=_odd_cases(rows),
    )
    return fill("class.html", f"{page.homework}: the class", page)


def front_page(entries: Sequence[Entry]) -> str:
    """Return the list of homeworks as one self-contained HTML file."""
    lines = tuple(
        FrontLine(
            homework=visible(entry.homework, 100),
            title=visible(entry.title, 200),
            students=counted(entry.students, "student", "students"),
            median="–" if entry.median is None else f"{points(entry.median)} of {points(entry.max_score)}",
            share=_share(entry.median or 0.0, entry.max_score),
            link=_link(entry.link),
        )
        for entry in entries
    )
    return fill("front.html", "Homework reports", FrontPage(lines))


def _link(path: str) -> str:
    """Return a path as a relative link; no colon survives, so that no text becomes a scheme."""
    return quote(path.encode("utf-8", "replace"), safe="/._-~")


def _share(part: float, whole: float) -> str:
    """Return a part of a whole in hundredths, for the width of a bar."""
    return f"{min(100.0, max(0.0, 100 * part / whole)):.1f}" if whole else "0"


def _group(text: str, rows: Sequence[Row]) -> Group:
    people = tuple(Person(visible(row.student, 80), _link(row.page)) for row in rows[:_NAMES_SHOWN])
    more = f"and {len(rows) - _NAMES_SHOWN} more" if len(rows) > _NAMES_SHOWN else ""
    return Group(text, counted(len(rows), "student", "students"), people, more)


# ---------------------------------------------------------------- what the class did not understand


def _causes(rows: Sequence[Row]) -> tuple[CauseLine, ...]:
    """Gather the known mistakes, the most frequent first."""
    behind: dict[str, dict[str, Row]] = defaultdict(dict)
    said: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    where: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        for cause in row.causes:
            behind[cause.misconception][row.student] = row
            said[cause.misconception][cause.feedback] += 1
            where[cause.misconception][cause.function] = None
    order = sorted(behind, key=lambda name: (-len(behind[name]), name))
    return tuple(
        CauseLine(
            share=_share(len(behind[name]), len(rows)),
            functions=listed([visible(function, 80) for function in where[name]]),
            group=_group(max(said[name], key=lambda text: said[name][text]), list(behind[name].values())),
        )
        for name in order[:_GROUPS_SHOWN]
    )


def _rates(rows: Sequence[Row], functions: Sequence[str]) -> tuple[Rate, ...]:
    """Return each function's pass rate with those of its checks, the worst first."""
    marks: dict[str, list[Mark]] = {function: [] for function in functions}
    for row in rows:
        for mark in row.marks:
            if mark.verdict not in UNKNOWN and row.score is not None:
                marks[mark.function].append(mark)
    measured = []
    for function in functions:
        passed = [mark.verdict is Verdict.ACCEPTED for mark in marks[function]]
        checks: dict[str, list[bool]] = defaultdict(list)
        for mark in marks[function]:
            for name, good in mark.checks:
                if good is not None:
                    checks[name].append(good)
        lines = sorted(((_fraction(good), _rate(name, good, ())) for name, good in checks.items()), key=_worst)
        measured.append((_fraction(passed), _rate(function, passed, tuple(rate for _, rate in lines))))
    return tuple(rate for _, rate in sorted(measured, key=_worst))


def _worst(measured: tuple[float, Rate]) -> float:
    return measured[0]


def _fraction(passed: Sequence[bool]) -> float:
    return sum(passed) / len(passed) if passed else 1.0


def _rate(name: str, passed: Sequence[bool], checks: tuple[Rate, ...]) -> Rate:
    text = f"{sum(passed)} of {len(passed)}" if passed else "not judged"
    return Rate(visible(name, 80), _share(sum(passed), len(passed)), text, checks)


# ---------------------------------------------------------------- the heat map


def _map_row(row: Row, functions: Sequence[str]) -> MapRow:
    marks = {mark.function: mark for mark in row.marks}
    score = "?" if row.score is None else points(row.score)
    cells = tuple(_map_cell(row, marks.get(function), function) for function in functions)
    return MapRow(visible(row.student, 80), _link(row.page), _css(row.verdict, row.score, row.max_score), score, cells)


def _map_cell(row: Row, mark: Mark | None, function: str) -> MapCell:
    if mark is None or row.score is None or mark.verdict is Verdict.JUDGE_ERROR:
        return MapCell("u", "?", anchor(function))
    if mark.verdict is Verdict.SKIPPED:
        return MapCell("u", "–", anchor(function))
    return MapCell(_css(mark.verdict, mark.score, mark.max_score), points(mark.score), anchor(function))


def _css(verdict: Verdict, score: float | None, max_score: float) -> str:
    """Return the class of a score: full, part, none or unknown."""
    if score is None:
        return "u"
    if verdict is Verdict.ACCEPTED or score >= max_score:
        return "f"
    return "p" if score > 0 else "z"


# ---------------------------------------------------------------- odd cases


def _odd_cases(rows: Sequence[Row]) -> tuple[Odd, ...]:
    """Return the kinds of odd cases that there are, what needs a person first."""
    unknown = [(row.reason or STATUS[row.verdict].word, row) for row in rows if row.score is None]
    limits = [
        (f"{visible(mark.function, 80)}: {STATUS[mark.verdict].word}", row)
        for row in rows
        for mark in row.marks
        if mark.verdict in {Verdict.TIME_LIMIT, Verdict.MEMORY_LIMIT}
    ]
    files = [(row.message, row) for row in rows if row.message and row.score is not None]
    notes = [(note, row) for row in rows for note in row.notes]
    kinds = (
        ("Score not known", "These failed on our side and have no score; run them again.", _gathered(unknown)),
        ("Time and memory", "These used more than they may.", _gathered(limits)),
        ("The file as a whole", "These could not be read or run from beginning to end.", _gathered(files)),
        (
            "The same unusual values",
            "These returned the same wrong values, and no known mistake explains them. It may be one that the "
            "homework's list of mistakes does not have yet.",
            _shared_values(rows),
        ),
        ("Notes", "How names and parameters were read, where they were not as declared.", _gathered(notes)),
    )
    return tuple(
        Odd(
            heading,
            advice,
            tuple(groups[:_GROUPS_SHOWN]),
            f"and {counted(len(groups) - _GROUPS_SHOWN, 'more kind', 'more kinds')}"
            if len(groups) > _GROUPS_SHOWN
            else "",
        )
        for heading, advice, groups in kinds
        if groups
    )


def _gathered(cases: Iterable[tuple[str, Row]]) -> list[Group]:
    """Gather rows by what is said of them, the largest group first."""
    together: dict[str, dict[str, Row]] = defaultdict(dict)
    for text, row in cases:
        together[text][row.student] = row
    order = sorted(together, key=lambda text: -len(together[text]))
    return [_group(text, list(together[text].values())) for text in order]


def _shared_values(rows: Sequence[Row]) -> list[Group]:
    """Gather the few students whose wrong values are the same, function by function."""
    together: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        for function, digest in row.unexplained:
            together[function, digest].append(row)
    return [
        _group(visible(function, 80), students)
        for (function, _), students in together.items()
        if 2 <= len(students) <= _FEW
    ]
