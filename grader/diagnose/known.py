"""The known mistakes of a homework, evaluated once for a class: a quantity replaced, and the graph does the rest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np

from grader.diagnose import arrays
from grader.diagnose.evidence import Evidence, Value
from grader.diagnose.glance import Glance
from grader.homework import Homework
from grader.models import Call, Misconception, Quantity, Trial
from grader.quantities import NUMBER

_Each = TypeVar("_Each")

_MOST_VALUES = 20_000
"""so many values are kept; then all are forgotten"""

_MOST_GLANCES = 500
"""the same for first looks"""


class Known:
    """What a misconception gives in a trial, for a function that asks for certain quantities."""

    def __init__(self, homework: Homework) -> None:
        self.homework = homework
        self._values: dict[tuple[object, ...], Value] = {}
        self._reached: dict[tuple[object, ...], bool] = {}
        self._possible: dict[tuple[str, frozenset[str], bool], list[tuple[int, Misconception]]] = {}
        self._glances: dict[tuple[object, ...], Glance] = {}
        graph = homework.graph
        self._activations = [
            (activation.of, quantity)
            for activation in homework.rubric.activations
            for quantity in graph.quantities
            if activation.kind == "relu" and graph.needs(quantity) == (activation.of,)
        ]

    def misconceptions(self, evidence: Evidence, *, numbered: bool) -> list[tuple[int, Misconception]]:
        """Those that can show in this function, given what it asks for."""
        return self.possible(evidence.function, evidence.asks, numbered=numbered)

    def possible(self, function: str, asks: Collection[str], *, numbered: bool) -> list[tuple[int, Misconception]]:
        """Those that can show in a function that asks for certain quantities."""
        asked = frozenset(asks)
        key = function, asked, numbered
        if key not in self._possible:
            self._possible[key] = [
                (place, each)
                for place, each in enumerate(self.homework.misconceptions)
                if (NUMBER in each.needs) is numbered
                and self._reaches(function, each.quantity, asked)
                and self._can_be_made(each, asked)
            ]
        return self._possible[key]

    def fitting(self, evidence: Evidence) -> list[tuple[int, Misconception]]:
        """The misconceptions, those of the function's own quantity first, that may fit by a first look at one trial."""
        possible = self.misconceptions(evidence, numbered=False)
        ordered = sorted(possible, key=lambda pair: pair[1].quantity != evidence.function)

        def values(index: int) -> list[Value]:
            return [self.value(evidence, place, index) for place, _each in ordered]

        return self._glanced(evidence, ("known", frozenset(evidence.asks)), ordered, values)

    def fitting_arrays(self, evidence: Evidence) -> list[tuple[str, arrays.Transform]]:
        """The right array, made otherwise: what may fit by a first look at one trial."""

        def values(index: int) -> list[Value]:
            return [made(transform, evidence.expected[index]) for _name, transform in arrays.PLAIN]

        return self._glanced(evidence, ("array",), arrays.PLAIN, values)

    def _glanced(
        self, evidence: Evidence, kind: tuple[object, ...], each: Sequence[_Each], values: Callable[[int], list[Value]]
    ) -> list[_Each]:
        if not evidence.wrong:
            return list(each)
        index = evidence.wrong[0]
        actual = evidence.outcomes[index].value
        assert actual is not None  # a wrong value is one
        key = (evidence.function, evidence.convention, *kind, index)
        if key not in self._glances:
            if len(self._glances) >= _MOST_GLANCES:
                self._glances.clear()
            self._glances[key] = Glance(values(index), evidence.tolerance)
        return [each[place] for place in self._glances[key].possible(actual)]

    def _reaches(self, function: str, quantity: str, asked: frozenset[str]) -> bool:
        """Whether a change of a quantity can show in a function."""
        key = function, asked, quantity
        if key not in self._reached:
            self._reached[key] = self.homework.graph.reaches(function, quantity, asked)
        return self._reached[key]

    def _can_be_made(self, each: Misconception, asked: frozenset[str]) -> bool:
        """Whether all that a misconception needs follows from what was asked for."""
        key = "made", asked, each.name, each.quantity, each.needs
        if key not in self._reached:
            rubric, graph = self.homework.rubric, self.homework.graph
            given = asked | rubric.dimensions.keys() | {NUMBER}
            given |= {name for convention in self.homework.conventions for name in convention.constants}
            given |= {bent for bent, activation in self._activations if activation in given}
            self._reached[key] = all(graph.follows(need, given) for need in each.needs)
        return self._reached[key]

    def value(self, evidence: Evidence, place: int, index: int, number: float | None = None) -> Value:
        """What the function gives in a trial if it makes this mistake; None if that fails."""
        key = (evidence.function, evidence.convention, frozenset(evidence.asks), place, number, index)
        if key not in self._values:
            if len(self._values) >= _MOST_VALUES:
                self._values.clear()
            given = self.given(evidence, evidence.calls[index], evidence.trials[index])
            self._values[key] = self.mistaken(evidence.function, given, (place,), number)
        return self._values[key]

    def given(self, evidence: Evidence, call: Call, trial: Trial | None = None) -> dict[str, Quantity]:
        """What the student's function had: what it asked for, sizes, and the constants of the convention."""
        return self.given_to(evidence.asks, evidence.convention, call, trial)

    def given_to(
        self, asks: Collection[str], convention: int, call: Call, trial: Trial | None = None
    ) -> dict[str, Quantity]:
        """The same, for a function that asks for these quantities."""
        constants = self.homework.conventions[convention].constants
        sizes = {name: call.values[name] for name in self.homework.rubric.dimensions if name in call.values}
        if trial is not None:
            sizes = {**trial.dimensions, **sizes}
        given = {**sizes, **constants, **{name: call.values[name] for name in asks}}
        for bent, activation in self._activations:
            if activation in given and bent not in given:
                given[bent] = given[activation]  # whoever has hs alone uses it in the place of ha
        return given

    def sentence(self, name: str, function: str) -> str:
        """The homework's own sentence for a mistake, the one about this function first; empty if it has none."""
        alike = [each for each in self.homework.misconceptions if each.name == name]
        own = [each for each in alike if each.quantity == function]
        return next((each.feedback for each in (*own, *alike)), "")

    def replaced(self, given: Mapping[str, Quantity], place: int) -> dict[str, Quantity] | None:
        """What was given, and a quantity as this mistake makes it; None if it can not be made."""
        each = self.homework.misconceptions[place]
        try:
            with np.errstate(all="ignore"):
                known = self.homework.graph.evaluate(each.needs, given)
                return {**given, each.quantity: each.function(*[known[name] for name in each.needs])}
        except Exception:  # a wrong formula fails as it likes: shapes that do not fit, an index out of bounds
            return None

    def all_replaced(self, given: Mapping[str, Quantity], places: Sequence[int]) -> Iterator[tuple[int, Value]]:
        """What each of these mistakes makes of its quantity; what they need is computed once for all."""
        known = dict(given)
        for place in places:
            each = self.homework.misconceptions[place]
            try:
                with np.errstate(all="ignore"):
                    for need in each.needs:
                        if need not in known:
                            known |= self.homework.graph.evaluate((need,), known)
                    made = as_value(each.function(*[known[need] for need in each.needs]))
            except Exception:  # as in `replaced`
                made = None
            yield place, made

    def mistaken(
        self, function: str, given: Mapping[str, Quantity], places: tuple[int, ...], number: float | None = None
    ) -> Value:
        """The function's value with these misconceptions in place; None if it can not be computed."""
        now: dict[str, Quantity] | None = dict(given) if number is None else {**given, NUMBER: number}
        for place in places:
            now = None if now is None else self.replaced(now, place)
        if now is None:
            return None
        try:
            with np.errstate(all="ignore"):
                return as_value(self.homework.graph.evaluate((function,), now)[function])
        except Exception:  # the right formula, on what the wrong one gave
            return None

    def right(self, evidence: Evidence) -> Callable[[Call, dict[str, Any]], Any]:
        """The right function, as a function of a call and of arguments that replace some of it."""
        graph = self.homework.graph

        def value(call: Call, replaced: dict[str, Any]) -> Any:
            with np.errstate(all="ignore"):
                given = {**self.given(evidence, call), **replaced}
                return graph.evaluate((evidence.function,), given)[evidence.function]

        return value


def as_value(value: Any) -> Value:
    """A result as the grader sees a student's: an array of floats; None if it is none."""
    try:
        array = np.asarray(value)
        return np.array(array, dtype=float) if array.dtype.kind in "fiub" else None
    except (ValueError, TypeError):
        return None


def made(transform: arrays.Transform, before: Value) -> Value:
    """An array made otherwise, if it can be."""
    try:
        return None if before is None else as_value(transform(before))
    except Exception:  # a layout that such an array can not have
        return None


@lru_cache(maxsize=16)
def known_of(homework: Homework) -> Known:
    """The known mistakes of a homework."""
    return Known(homework)
