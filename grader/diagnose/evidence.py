"""What is known of one failing function, and what every explanation is asked: does it give exactly this?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from grader.compare import SINGLE_PRECISION, is_column
from grader.diagnose.code import Code
from grader.diagnose.roles import Roles
from grader.models import Array, Call, Happened, Outcome, Tolerance, Trial

Value = Array | None
"""what an explanation gives in one trial; None if it fails there, as a wrong product of matrices does"""


@dataclass(frozen=True)
class Found:
    """A mistake by name. Its texts are in English, and the keys to other languages."""

    name: str
    feedback: str = ""
    """the homework's own sentence, where it has one"""
    detail: str = ""
    """a sentence to be said after it"""
    values: Mapping[str, str] = field(default_factory=dict)
    """what is filled into these two"""
    second: str = ""
    """the other mistake, where it took two"""
    place: int | None = None
    """where it stands in the homework's list of mistakes, if it is from there"""
    rivals: tuple[int, ...] = ()
    """places in the homework's list of mistakes that fit as well, this one first, where nothing has decided yet"""


@dataclass(frozen=True, eq=False)
class Evidence:
    """One function that failed, under the convention that the submission is judged by."""

    function: str
    convention: int
    trials: Sequence[Trial]
    calls: Sequence[Call]
    expected: Sequence[Array]
    outcomes: Sequence[Outcome]
    asks: tuple[str, ...]
    """the quantities that the function takes"""
    history: Sequence[tuple[Call, Outcome]]
    """all its calls in the order in which they were made"""
    code: Code
    roles: Roles
    tolerance: Tolerance
    declared: tuple[str, ...] = ()
    """the quantities that the homework declares for it"""
    failing: frozenset[str] = frozenset()
    """every function of the submission that fails"""

    @cached_property
    def wrong(self) -> tuple[int, ...]:
        """The trials that it fails with a value of the kind that was asked for; small ones first."""
        return tuple(i for i in self.judged if not same(self.outcomes[i].value, self.expected[i], self.tolerance))

    @cached_property
    def judged(self) -> tuple[int, ...]:
        """The trials in which there is a value."""
        return tuple(i for i, outcome in enumerate(self.outcomes) if outcome.happened is Happened.VALUE)

    @cached_property
    def raised(self) -> tuple[int, ...]:
        """The trials in which it stopped with an exception."""
        return tuple(i for i, outcome in enumerate(self.outcomes) if outcome.happened is Happened.RAISED)

    @cached_property
    def _order(self) -> tuple[int, ...]:
        wrong = frozenset(self.wrong)
        right = tuple(i for i in self.judged if i not in wrong)
        return (*self.wrong, *self.raised, *right)

    @cached_property
    def telling(self) -> bool:
        """Whether there is something to explain by values: a wrong one, or an exception in some trials only."""
        if any(outcome.happened not in _TELLING for outcome in self.outcomes):
            return False
        return bool(self.wrong or (self.raised and self.judged))

    @cached_property
    def stops_at_plain_numbers(self) -> bool:
        """Whether it stops where an argument is a plain number that is an array in other trials, and only there."""
        varying = [name for name in self.asks if len({np.ndim(call.values[name]) for call in self.calls}) > 1]
        plain = (np.ndim(self.calls[i].values[name]) == 0 for i in self.raised for name in varying)
        return bool(self.raised and varying) and all(plain)

    @property
    def without_what_stopped(self) -> Evidence:
        """The same, as if the trials in which it stopped with an exception had not been run."""
        stopped = frozenset(self.raised)
        left = [Outcome(Happened.NOT_RUN) if i in stopped else outcome for i, outcome in enumerate(self.outcomes)]
        return replace(self, outcomes=left)

    @cached_property
    def zeros(self) -> bool:
        """Whether every value is exactly zero: what is only nearly zero is no explanation of that."""
        return not any(np.any(self.outcomes[i].value) for i in self.judged)

    @cached_property
    def ratios(self) -> list[tuple[int, float]] | None:
        """(trial, factor) where each value is the right one times a factor; None if it is not in some trial."""
        if self.raised:
            return None
        found = []
        for index in self.judged:
            actual, expected = self.outcomes[index].value, self.expected[index]
            if actual is None or actual.size != expected.size or not np.isfinite(actual).all():
                return None
            flat, aim = np.ravel(actual).astype(float), np.ravel(expected)
            most = int(np.argmax(np.abs(aim))) if aim.size else 0
            if not aim.size or abs(aim[most]) < 1e-12:
                if not same(actual, expected, self.tolerance):
                    return None
                continue
            factor = float(flat[most] / aim[most])
            if not same(actual, expected * factor, self.tolerance):
                return None
            if abs(aim[most]) > 1e-5:  # smaller ones say little about a factor
                found.append((index, factor))
        return found or None

    def explained_by(self, value: Callable[[int], Value]) -> bool:
        """Whether `value` gives the student's numbers in every trial, and fails where the student's code failed.

        What gives nothing but what was expected explains nothing.
        """
        if not self.telling:
            return False
        return all(self.explained_at(index, value(index)) for index in self._order)

    def explained_in_turn(self, given: Iterable[tuple[Call, Value]]) -> bool:
        """The same for values that follow from one another, in the order of the calls."""
        if not self.telling:
            return False
        places = {id(self.calls[index]): index for index in self._order}
        return all(id(call) not in places or self.explained_at(places[id(call)], value) for call, value in given)

    def explained_at(self, index: int, value: Value) -> bool:
        """Whether this is what came of one trial."""
        actual = self.outcomes[index].value
        if actual is None or value is None:
            return actual is None and value is None
        return same(actual, value, self.tolerance) and not (self.zeros and np.any(value))


_TELLING = (Happened.VALUE, Happened.RAISED, Happened.MEMORY_LIMIT, Happened.NOT_RUN)


def same(actual: Array | None, value: Array, tolerance: Tolerance) -> bool:
    """Whether two results are the same to the tolerance, nan and infinity too; a vector may be a column or a row."""
    if actual is None:
        return False
    if actual.shape != value.shape:
        if not is_column(actual.shape, value.shape):
            return False
        value = value.reshape(actual.shape)
    if not value.size:
        return True
    if actual.dtype == np.float32:
        tolerance = SINGLE_PRECISION
    with np.errstate(all="ignore"):
        most = np.maximum.reduce(np.abs(value), axis=None)
        if math.isfinite(most):  # what is not finite is no nearer than any bound
            return bool(np.maximum.reduce(np.abs(actual - value), axis=None) <= tolerance.atol + tolerance.rtol * most)
        finite = np.isfinite(value)
        if not (np.isfinite(actual) == finite).all() or not np.array_equal(
            actual[~finite], value[~finite], equal_nan=True
        ):
            return False
        a, v = actual[finite], value[finite]
        most = np.abs(v).max() if v.size else 0.0
        return bool((np.abs(a - v) <= tolerance.atol + tolerance.rtol * most).all())
