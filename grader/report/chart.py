"""The histogram of a class, ready to draw, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.language import _
from grader.report.words import points, students

_BINS = 10
_WIDTH = 340.0
_HEIGHT = 110.0
_TOP = 16.0
"""room for the count above the tallest column"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the histogram in the units of its picture; the count is empty where nobody is."""

    x: str
    y: str
    width: str
    height: str
    middle: str
    above: str
    count: str


def histogram(scores: Sequence[float], max_score: float) -> tuple[tuple[Column, ...], str]:
    """Return the columns of the scores from 0 to max_score, and a text alternative; nothing where there is no score."""
    if not scores or max_score <= 0:
        return (), ""
    counts = [0] * _BINS
    for score in scores:
        counts[min(_BINS - 1, max(0, int(_BINS * score / max_score)))] += 1
    tallest = max(counts)
    step = _WIDTH / _BINS
    columns = []
    for place, count in enumerate(counts):
        height = (_HEIGHT - _TOP) * count / tallest
        columns.append(
            Column(
                x=f"{place * step + 1.5:g}",
                y=f"{_HEIGHT - height:.1f}",
                width=f"{step - 3:g}",
                height=f"{height:.1f}",
                middle=f"{(place + 0.5) * step:g}",
                above=f"{_HEIGHT - height - 4:.1f}",
                count=str(count) if count else "",
            )
        )
    spans = [
        _("{first} to {last}: {students}").format(
            first=points(max_score * place / _BINS),
            last=points(max_score * (place + 1) / _BINS),
            students=students(count),
        )
        for place, count in enumerate(counts)
        if count
    ]
    return tuple(columns), _("Histogram of scores. Points {spans}.").format(spans="; ".join(spans))
