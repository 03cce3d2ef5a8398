"""Fresh trials: drawn by the library's own cases, all of them, whatever the rubric's checks ask for.

They are drawn once for all functions, case by case, by several workers, and then remembered, so that workers who
start later have them.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from grader.errors import RubricError
from grader.homework import Homework, known_values, trials_of_case
from grader.models import Array, Call, Calls, Rubric, Trial, Wanted
from grader.trials import CASES, check_case

MANY = 1000
MANY_OBJECTS = 150
"""the same where students hand in a class: an object is made for each, and properties take their time"""
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


@dataclass(frozen=True)
class World:
    """One trial for whoever can use it, and what the reference gives there under each convention."""

    trial: Trial
    values: tuple[dict[str, Any], ...]
    serves: frozenset[str]
    """the functions of which all is there that they may ask for, and what they must give, which is finite"""


@dataclass
class _Drawn:
    worlds: list[World]
    fresh: dict[tuple[str, int], Fresh] = field(default_factory=dict)


_drawn: WeakKeyDictionary[Homework, _Drawn] = WeakKeyDictionary()


def fresh_trials(homework: Homework, function: str, convention: int) -> Fresh:
    """Many trials of all kinds that can be drawn, in equal parts, for a function under one convention."""
    if homework not in _drawn:
        remember(homework, [draw_worlds(homework, case) for case in cases_of(homework)])
    drawn, key = _drawn[homework], (function, convention)
    if key not in drawn.fresh:
        drawn.fresh[key] = _of_function(homework, drawn.worlds, *key)
    return drawn.fresh[key]


def _of_function(homework: Homework, worlds: Sequence[World], function: str, convention: int) -> Fresh:
    wanted = next(each for each in homework.calls.wanted if each.name == function)
    own = [world for world in worlds if function in world.serves][: many_of(homework)]
    known = [world.values[convention] for world in own]
    calls = [
        Call(function, {name: values[name] for name in wanted.offered}, world.trial.layout)
        for world, values in zip(own, known, strict=True)
    ]
    expected = tuple(np.array(values[function], dtype=np.float64) for values in known)
    return Fresh(tuple(world.trial for world in own), Calls((wanted,), tuple(calls)), expected)


def many_of(homework: Homework) -> int:
    """How many fresh trials are asked."""
    return MANY_OBJECTS if homework.rubric.asked else MANY


def cases_of(homework: Homework) -> list[str]:
    """The cases of the library that make sense for a rubric, ordinary ones first; sizes at their smallest too."""
    rubric = homework.rubric
    own = [case for cases in rubric.checks.values() for case in cases if case not in rubric.examples]
    found = []
    for case in dict.fromkeys((*_general(rubric), *own)):
        with contextlib.suppress(RubricError):
            check_case(rubric, case)
            found.append(case)
    return found


def _general(rubric: Rubric) -> list[str]:
    """The cases that are of use for every function; a size or a number that a check fixes is for those it is about."""
    smallest = [f"{name} = {size}" for name, (low, _) in rubric.dimensions.items() for size in (1, low)]
    return list(dict.fromkeys((*CASES, *smallest)))


def _users(homework: Homework, case: str) -> list[str]:
    """The functions that a case is of use for."""
    rubric = homework.rubric
    if case in _general(rubric):
        return [each.function for each in rubric.criteria]
    checks = [check for check, cases in rubric.checks.items() if case in cases]
    return [each.function for each in rubric.criteria if each.points.keys() & set(checks)]


def draw_worlds(homework: Homework, case: str) -> list[World]:
    """A case's share of the trials; none where the rubric's dimensions do not allow for it."""
    cases = cases_of(homework)
    try:
        return _worlds(homework, case, range(many_of(homework) // len(cases)), _first(homework))
    except RubricError:
        return []


def remember(homework: Homework, of_each_case: Iterable[Sequence[World]]) -> None:
    """Keep the worlds of all cases, which other processes may have drawn; ordinary ones make up for impossible ones."""
    worlds = [world for of_case in of_each_case for world in of_case]
    for values in (values for world in worlds for values in world.values):
        for value in values.values():
            if isinstance(value, np.ndarray):
                value.flags.writeable = False  # as it was before it was sent to this process
    names, many, first = [each.name for each in homework.calls.wanted], many_of(homework), _first(homework)
    lacking = [many - sum(name in world.serves for world in worlds) for name in names]
    start = sum(world.trial.case == first.case for world in worlds)
    for index in range(start, start + 2 * many):
        if max(lacking) <= 0:
            break
        [world] = _worlds(homework, first.case, [index], None)
        lacking = [n - (name in world.serves) for n, name in zip(lacking, names, strict=True)]
        worlds.append(world)
    _drawn[homework] = _Drawn(worlds)


@lru_cache(maxsize=8)
def _first(homework: Homework) -> Trial:
    """The first trial of the first case that can be had: some cases repeat it. Raises RubricError if none can."""
    for case in cases_of(homework):
        with contextlib.suppress(RubricError):
            return _worlds(homework, case, [0], None)[0].trial
    raise RubricError(f"{homework.file.path}: no trial can be drawn for any case")


def _worlds(homework: Homework, case: str, indices: Iterable[int], first: Trial | None) -> list[World]:
    users, places = _users(homework, case), range(len(homework.conventions))
    worlds = []
    for trial in trials_of_case(homework, users, case, indices, first):
        values = tuple(known_values(homework, users, trial, place) for place in places)
        worlds.append(World(trial, values, _served(homework.calls.wanted, values)))
    return worlds


def _served(wanted: Iterable[Wanted], values: Sequence[dict[str, Any]]) -> frozenset[str]:
    return frozenset(
        each.name
        for each in wanted
        if all(known.keys() >= {*each.offered, each.name} and np.isfinite(known[each.name]).all() for known in values)
    )
