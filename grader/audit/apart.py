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
    values = _Values(known, function, asks)
    groups = [[place for place, _ in possible]]
    with alarm():
        for at in own:  # after a few of them, hardly any mistakes are left together
            groups = [part for group in groups for part in values.parts(group, at, tolerance) if len(part) > 1]
    found: dict[tuple[str, str], Alike] = {}
    for group in groups:
        first, *others = [place for place in group if place in values.seen] or group[:1]
        for other in others:
            names = (homework.misconceptions[first].name, homework.misconceptions[other].name)
            if names[0] != names[1] and names not in found:
                case = _separating(homework, known, function, asks, first, other)
                found[names] = Alike(function, names, case)
    return list(found.values())


class _Values:
    """What known mistakes give in single trials; one that takes too long has no value then, here or anywhere."""

    def __init__(self, known: Known, function: str, asks: Sequence[str]) -> None:
        self._known, self._function, self._asks = known, function, asks
        self._mistaken = limited(known.mistaken)
        self._endless: set[int] = set()
        self.seen: set[int] = set()
        """those that gave a value"""

    def of(self, place: int, at: tuple[Trial, Call]) -> Value:
        """The value of the mistake at this place among all."""
        value: Value = None
        if place not in self._endless:
            trial, call = at
            try:
                with np.errstate(all="ignore"):
                    given = self._known.given_to(self._asks, 0, call, trial)
                    value = self._mistaken(self._function, given, (place,))
            except TooLongError:
                self._endless.add(place)
                self.seen.discard(place)
        if value is not None:
            self.seen.add(place)
        return value

    def parts(self, places: Sequence[int], at: tuple[Trial, Call], tolerance: Tolerance) -> list[list[int]]:
        """These mistakes, those together that agree in one trial with the first of their part."""
        parts: list[tuple[Value, list[int]]] = []
        for place in places:
            value = self.of(place, at)
            part = next((part for first, part in parts if _agree(value, first, tolerance)), None)
            if part is None:
                parts.append((value, [place]))
            else:
                part.append(place)
        return [part for _, part in parts]


def _agree(one: Value, other: Value, tolerance: Tolerance) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return same(one, other, tolerance)


def _separating(homework: Homework, known: Known, function: str, asks: Sequence[str], one: int, other: int) -> str:
    """The case of which most fresh trials tell the two apart; empty if half of none do."""
    fresh = fresh_trials(homework, function, 0).some(_MANY)
    trials = list(zip(fresh.trials, fresh.calls.calls, strict=True))
    tolerance = homework.aims[function, 0].tolerance
    values = _Values(known, function, asks)
    with alarm():
        pairs = [(values.of(one, at), values.of(other, at)) for at in trials]
    cases = [t.case for (t, _), (a, b) in zip(trials, pairs, strict=True) if not _agree(a, b, tolerance)]
    of = Counter(trial.case for trial in fresh.trials)
    telling = [case for case in dict.fromkeys(cases) if 2 * cases.count(case) >= of[case]]
    return max(telling, key=lambda case: cases.count(case) / of[case], default="")
