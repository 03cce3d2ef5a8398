"""The front page: the homeworks, and how each went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.language import _
from grader.report.people import link_to
from grader.report.sheet import fill
from grader.report.text import visible
from grader.report.words import of, points, share, students


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


def front_page(entries: Sequence[Entry]) -> str:
    """Return the list of homeworks as one self-contained HTML file."""
    lines = tuple(
        FrontLine(
            homework=visible(entry.homework, 100),
            title=visible(entry.title, 200),
            students=students(entry.students),
            median="–" if entry.median is None else of(points(entry.median), points(entry.max_score)),
            share="" if entry.median is None else share(entry.median, entry.max_score),
            link=link_to(entry.link),
        )
        for entry in entries
    )
    return fill("front.html", _("Homework reports"), FrontPage(lines))
