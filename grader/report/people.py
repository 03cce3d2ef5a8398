"""Students as a teacher's page names them: in groups of what they have in common, each with a link to the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from grader.language import _
from grader.report.rows import Row
from grader.report.text import visible
from grader.report.words import students

_NAMES_SHOWN = 60


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


def group(text: str, rows: Sequence[Row]) -> Group:
    """Return what these students have in common, and who they are."""
    people = tuple(Person(visible(row.who, 80), link_to(row.page)) for row in rows[:_NAMES_SHOWN])
    more = _("and {count} more").format(count=len(rows) - _NAMES_SHOWN) if len(rows) > _NAMES_SHOWN else ""
    return Group(text, students(len(rows)), people, more)


def link_to(path: str) -> str:
    """Return a path as a relative link; no colon survives, so that no text becomes a scheme."""
    return quote(path.encode("utf-8", "replace"), safe="/._-~")
