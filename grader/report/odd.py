"""The odd cases of a class: what a person should look at, each kind with the students behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.language import _, n_
from grader.models import Verdict
from grader.report.people import Group, group
from grader.report.rows import Row
from grader.report.text import visible
from grader.report.words import STATUS

_GROUPS_SHOWN = 25
_FEW = 5
"""a wrong answer that more students share is a common mistake, no odd case"""


@dataclass(frozen=True, slots=True)
class Odd:
    """One kind of odd case."""

    heading: str
    advice: str
    groups: tuple[Group, ...]
    more: str


def odd_cases(rows: Sequence[Row]) -> tuple[Odd, ...]:
    """Return the kinds of odd cases that there are, what needs a person first."""
    unknown = [(row.reason or STATUS[row.verdict].word, row) for row in rows if row.score is None and not row.excused]
    limits = [
        (_("{function}: {text}").format(function=visible(mark.function, 80), text=STATUS[mark.verdict].word), row)
        for row in rows
        for mark in row.marks
        if mark.verdict in {Verdict.TIME_LIMIT, Verdict.MEMORY_LIMIT}
    ]
    files = [(row.message, row) for row in rows if row.message and row.score is not None]
    notes = [(note, row) for row in rows for note in row.notes]
    changed = [(text, row) for row in rows for text in row.changed]
    undated = [
        (_("Not known; the learning platform says: late") if row.marked_late else _("Not known"), row)
        for row in rows
        if row.undated
    ]
    decisions = [(text, row) for row in rows for text in row.decisions]
    kinds = (
        (
            _("Score not known"),
            _("These failed on our side and have no score; run them again."),
            _gathered(unknown),
        ),
        (
            _("Decided on something else"),
            _("What these decisions were made on has changed since. They apply all the same; look at them again."),
            _gathered(changed),
        ),
        (
            _("When it was handed in"),
            _("Without a time there is no lateness: nothing is taken off these."),
            _gathered(undated),
        ),
        (_("Time and memory"), _("These used more than they may."), _gathered(limits)),
        (
            _("The file as a whole"),
            _("These could not be read or run from beginning to end."),
            _gathered(files),
        ),
        (
            _("The same unusual values"),
            _(
                "These returned the same wrong values, and no known mistake explains them. It may be one that the "
                "homework's list of mistakes does not have yet."
            ),
            _shared_values(rows),
        ),
        (
            _("Decided by the course staff"),
            _("Overrides and lateness. What the grader says stands in the gradebook beside it, under judged."),
            _gathered(decisions),
        ),
        (
            _("Notes"),
            _("How names and parameters were read, where they were not as declared."),
            _gathered(notes),
        ),
    )
    return tuple(
        Odd(
            heading,
            advice,
            tuple(groups[:_GROUPS_SHOWN]),
            _more(len(groups) - _GROUPS_SHOWN),
        )
        for heading, advice, groups in kinds
        if groups
    )


def _more(kinds: int) -> str:
    """Say how many kinds are not shown; nothing if all are."""
    return n_("and {count} more kind", "and {count} more kinds", kinds).format(count=kinds) if kinds > 0 else ""


def _gathered(cases: Iterable[tuple[str, Row]]) -> list[Group]:
    """Gather rows by what is said of them, the largest group first."""
    together: dict[str, dict[str, Row]] = defaultdict(dict)
    for text, row in cases:
        together[text][row.student] = row
    order = sorted(together, key=lambda text: -len(together[text]))
    return [group(text, list(together[text].values())) for text in order]


def _shared_values(rows: Sequence[Row]) -> list[Group]:
    """Gather the few students whose wrong values are the same, function by function."""
    together: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        for function, digest in row.unexplained:
            together[function, digest].append(row)
    return [
        group(visible(function, 80), students)
        for (function, _), students in together.items()
        if 2 <= len(students) <= _FEW
    ]
