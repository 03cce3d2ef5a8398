"""Which known mistakes can the rubric's trials not tell apart, and could any trial?

Two names for one set of values are no fault of a teacher's: the code decides between them, or a further trial does,
while a submission is graded. But where a case of the library separates them, the rubric should have it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from grader.audit.fresh import fresh_trials
from grader.audit.limit import TooLongError, alarm, limited
from grader.diagnose.evidence import Value, same
from grader.diagnose.known import Known, known_of
from grader.homework import Homework
from grader.models import Call, Tolerance, Trial

_MANY = 200


@dataclass(frozen=True, slots=True)
class Alike:
    """Two mistakes that give the same in every trial of the rubric."""

    function: str
    names: tuple[str, str]
    case: str
    """a case in which they differ; empty if none was found"""


def alike(homework: Homework, function: str) -> list[Alike]:
    """The pairs of known mistakes in one function that its trials do not separate, in the first convention."""
    known = known_of(homework)
    criterion = next(each for each in homework.rubric.criteria if each.function == function)
    asks = criterion.parameters
    possible = list(known.possible(function, asks, numbered=False))
    numbers = homework.numbers[function, 0]
    own = [(trial, homework.calls.calls[n]) for trial, n in zip(homework.trials[function], numbers, strict=True)]
    tolerance = homework.aims[function, 0].tolerance
    groups: list[tuple[list[Value], list[int]]] = []
    for place, _ in possible:
        values = _values(known, function, asks, place, own)
        if all(value is None for value in values):
            continue
        for before, places in groups:
            if all(_agree(value, other, tolerance) for value, other in zip(values, before, strict=True)):
                places.append(place)
                break
        else:
            groups.append((values, [place]))
    found: dict[tuple[str, str], Alike] = {}
    for _, places in groups:
        first = places[0]
        for other in places[1:]:
            names = (homework.misconceptions[first].name, homework.misconceptions[other].name)
            if names[0] != names[1] and names not in found:
                case = _separating(homework, known, function, asks, first, other)
                found[names] = Alike(function, names, case)
    return list(found.values())


def _values(
    known: Known, function: str, asks: Sequence[str], place: int, trials: Sequence[tuple[Trial, Call]]
) -> list[Value]:
    found: list[Value] = []
    mistaken = limited(known.mistaken)
    with np.errstate(all="ignore"), alarm():
        for trial, call in trials:
            try:
                found.append(mistaken(function, known.given_to(asks, 0, call, trial), (place,)))
            except TooLongError:  # it has no value then, here or anywhere
                return [None] * len(trials)
    return found


def _agree(one: Value, other: Value, tolerance: Tolerance) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return same(one, other, tolerance)


def _separating(homework: Homework, known: Known, function: str, asks: Sequence[str], one: int, other: int) -> str:
    """The case of which most fresh trials tell the two apart; empty if half of none do."""
    fresh = fresh_trials(homework, function, 0).some(_MANY)
    trials = list(zip(fresh.trials, fresh.calls.calls, strict=True))
    tolerance = homework.aims[function, 0].tolerance
    pairs = zip(*(_values(known, function, asks, place, trials) for place in (one, other)), strict=True)
    cases = [t.case for (t, _), (a, b) in zip(trials, pairs, strict=True) if not _agree(a, b, tolerance)]
    of = Counter(trial.case for trial in fresh.trials)
    telling = [case for case in dict.fromkeys(cases) if 2 * cases.count(case) >= of[case]]
    return max(telling, key=lambda case: cases.count(case) / of[case], default="")
