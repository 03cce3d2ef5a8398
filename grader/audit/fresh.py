"""Fresh trials: drawn by the library's own cases, all of them, whatever the rubric's checks ask for.

They are drawn once for each function, by several workers, and then remembered, so that workers who start later have
them.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from grader.errors import RubricError
from grader.homework import Homework, drawn_for
from grader.models import Array, Calls, Trial
from grader.trials import CASES, check_case

MANY = 1000
MANY_OBJECTS = 150
"""the same where students hand in a class: an object is made for each, and properties take their time"""
_SEED = 1_000_003
"""another sequence than any that submissions are judged by"""
_ALL = "all kinds"
_REPEATED = ("same trial again", "same shapes", "one input changed")
"""cases that are another one's trial once more: they tell what is remembered, and nothing else is to be seen by them"""


@dataclass(frozen=True, eq=False)
class Fresh:
    """Trials of one function under one convention, their calls, and what the reference gives."""

    trials: tuple[Trial, ...]
    calls: Calls
    expected: tuple[Array, ...]

    def some(self, many: int) -> Fresh:
        """So many of them, or a few less: the first ones of each case, in equal parts."""
        of: dict[str, list[int]] = {}
        for place, trial in enumerate(self.trials):
            of.setdefault(trial.case, []).append(place)
        places = [
            each
            for number, own in enumerate(of.values())
            for each in own[: many // len(of) + (number < many % len(of))]
        ]
        calls = Calls(self.calls.wanted, tuple(self.calls.calls[place] for place in places))
        return Fresh(tuple(self.trials[p] for p in places), calls, tuple(self.expected[p] for p in places))

    def one_of_each(self) -> Fresh:
        """The first of each case."""
        return self.some(len({trial.case for trial in self.trials}))

    def telling(self, differ: Sequence[int], seen_by: str) -> int | None:
        """Of the trials that differ a small one, of the case that shows it best: `seen_by`, or most of whose differ."""
        if not differ:
            return None
        of = Counter(trial.case for trial in self.trials)
        among = Counter(self.trials[place].case for place in differ)
        own = [case for case in among if case not in _REPEATED] or list(among)
        best = seen_by if seen_by in among else max(own, key=lambda case: among[case] / of[case])
        return min((place for place in differ if self.trials[place].case == best), key=self.how_large)

    def how_large(self, place: int) -> tuple[bool, int]:
        """Whole numbers before others, then small ones first."""
        leaves = [np.asarray(value) for value in self.trials[place].leaves.values() if not isinstance(value, str)]
        return not all((leaf == np.trunc(leaf)).all() for leaf in leaves), sum(leaf.size for leaf in leaves)


_drawn: WeakKeyDictionary[Homework, dict[str, tuple[Fresh, ...]]] = WeakKeyDictionary()
"""homework -> function -> its fresh trials under each convention"""


def fresh_trials(homework: Homework, function: str, convention: int) -> Fresh:
    """Many trials of all kinds that can be drawn for a function, in equal parts."""
    if function not in _drawn.get(homework, {}):
        remember(homework, function, draw_fresh(homework, function))
    return _drawn[homework][function][convention]


def remember(homework: Homework, function: str, fresh: tuple[Fresh, ...]) -> None:
    """Keep a function's fresh trials, which another process may have drawn; from now on nobody writes into them."""
    for value in (value for each in fresh for call in each.calls.calls for value in call.values.values()):
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
    _drawn.setdefault(homework, {})[function] = fresh


def many_of(homework: Homework) -> int:
    """How many fresh trials are asked."""
    return MANY_OBJECTS if homework.rubric.asked else MANY


def draw_fresh(homework: Homework, function: str) -> tuple[Fresh, ...]:
    """Draw a function's fresh trials: what they are under each convention.

    Every case that can be had gets the same share, and the first of them what the impossible ones leave.
    """
    many, cases = many_of(homework), _cases(homework, function)
    share, first = many // len(cases), ""
    parts: dict[str, tuple[Fresh, ...]] = {}
    for case in cases:
        try:
            parts[case] = _of_case(homework, function, first, case, share)
        except RubricError:
            continue
        first = first or case
    parts[first] = _of_case(homework, function, "", first, many - share * (len(parts) - 1))
    return tuple(_together([part[place] for part in parts.values()]) for place in range(len(homework.conventions)))


def _cases(homework: Homework, function: str) -> list[str]:
    """The cases of the library that make sense for a function, ordinary ones first; sizes at their smallest too."""
    rubric = homework.rubric
    criterion = next(each for each in rubric.criteria if each.function == function)
    own = [case for check in criterion.points for case in rubric.checks.get(check, {}) if case not in rubric.examples]
    sizes = [f"{name} = {size}" for name, (low, _) in rubric.dimensions.items() for size in dict.fromkeys((1, low))]
    found = []
    for case in dict.fromkeys((*CASES, *own, *sizes)):
        with contextlib.suppress(RubricError):
            check_case(rubric, case)
            found.append(case)
    return found


def _of_case(homework: Homework, function: str, first: str, case: str, count: int) -> tuple[Fresh, ...]:
    """Trials of one case, under each convention; some cases repeat a trial of another, which comes `first` then."""
    cases = {first: 1, case: count} if first else {case: count}
    rubric = homework.rubric.model_copy(update={"checks": {_ALL: cases}})
    criterion = next(each for each in rubric.criteria if each.function == function)
    drawn = drawn_for(rubric, homework.graph, criterion.model_copy(update={"points": {_ALL: 1.0}}), _SEED)
    own = slice(1 if first else 0, None)
    return tuple(
        Fresh(drawn.trials[own], Calls((drawn.wanted,), tuple(calls[own])), tuple(expected[own]))
        for calls, expected in zip(drawn.calls, drawn.expected, strict=True)
    )


def _together(parts: Sequence[Fresh]) -> Fresh:
    calls = Calls(parts[0].calls.wanted, tuple(call for part in parts for call in part.calls.calls))
    trials = tuple(trial for part in parts for trial in part.trials)
    return Fresh(trials, calls, tuple(value for part in parts for value in part.expected))
