"""The outcomes of a run, by the number of the call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from grader.models import Array, Happened, Outcome
from grader.sandbox.inside.wire import Usual


class Answers(Mapping[int, Outcome]):
    """One outcome for each call that has one.

    Where a function answered in one piece, that is mostly all that anybody looks at: the outcomes of its calls are made
    when they are asked for.
    """

    def __init__(self) -> None:
        self._made: dict[int, Outcome] = {}
        self._pieces: list[tuple[Usual, Array]] = []

    def add(self, usual: Usual, values: Array) -> None:
        """The values of all these calls, in one piece."""
        self._pieces.append((usual, values))

    def __setitem__(self, number: int, outcome: Outcome) -> None:
        self._made[number] = outcome

    def __getitem__(self, number: int) -> Outcome:
        if number not in self._made:
            self._made[number] = Outcome(Happened.VALUE, self._value(number))
        return self._made[number]

    def _value(self, number: int) -> Array:
        for usual, values in self._pieces:
            if number in usual.places:
                return usual.value(number, values)
        raise KeyError(number)

    def __iter__(self) -> Iterator[int]:
        return iter(dict.fromkeys(chain(self._made, *(usual.numbers for usual, _ in self._pieces))))

    def __len__(self) -> int:
        return sum(1 for _ in self)
