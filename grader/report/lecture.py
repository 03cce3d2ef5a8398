"""What the class did not understand: the known mistakes by frequency, and how many passed each function and check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from grader.language import _, named
from grader.models import Verdict
from grader.report.people import Group, group
from grader.report.rows import Mark, Row
from grader.report.text import visible
from grader.report.words import UNKNOWN, listed, of, share

_CAUSES_SHOWN = 25


@dataclass(frozen=True, slots=True)
class CauseLine:
    """A known mistake in the class: how many made it, what they were told, where it was found."""

    share: str
    count: str
    who: str
    group: Group


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of the judged passed a function or a check."""

    name: str
    share: str
    text: str
    checks: tuple[Rate, ...]


def causes(rows: Sequence[Row]) -> tuple[CauseLine, ...]:
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
            share=share(len(behind[name]), len(rows)),
            count=of(len(behind[name]), len(rows)),
            who=_("in {functions}: the students").format(
                functions=listed([visible(function, 80) for function in where[name]])
            ),
            group=group(max(said[name], key=lambda text: said[name][text]), list(behind[name].values())),
        )
        for name in order[:_CAUSES_SHOWN]
    )


def rates(rows: Sequence[Row], functions: Sequence[str]) -> tuple[Rate, ...]:
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
        lines = sorted(((_fraction(good), _rate(named(name), good, ())) for name, good in checks.items()), key=_worst)
        measured.append((_fraction(passed), _rate(function, passed, tuple(rate for _, rate in lines))))
    return tuple(rate for _, rate in sorted(measured, key=_worst))


def _worst(measured: tuple[float, Rate]) -> float:
    return measured[0]


def _fraction(passed: Sequence[bool]) -> float:
    return sum(passed) / len(passed) if passed else 1.0


def _rate(name: str, passed: Sequence[bool], checks: tuple[Rate, ...]) -> Rate:
    text = of(sum(passed), len(passed)) if passed else _("not judged")
    return Rate(visible(name, 80), share(sum(passed), len(passed)), text, checks)
