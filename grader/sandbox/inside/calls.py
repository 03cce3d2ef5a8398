"""The calls of a homework, unpacked: the same for every submission of a class, and so unpacked once, in the zygote.

There is nothing in them that a child may not know: it gets them all, and a value of one call is of no use in another.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from . import wire


class Offer(NamedTuple):
    """A quantity in one call."""

    copy: Callable[[], Any]
    """makes what the function gets"""
    array: np.ndarray[Any, Any] | None = None
    """what that must still be after the call; None for a number, which can not be changed"""


class Given(NamedTuple):
    """The arguments of one call."""

    copies: tuple[Callable[[], Any], ...]
    arrays: tuple[np.ndarray[Any, Any] | None, ...]


def _offer(value: Any, layout: str) -> Offer:
    """A number is given as it is; an array as a copy, in this order of memory."""
    if not isinstance(value, np.ndarray):
        return Offer(lambda: value)
    plain = layout == "C" or value.ndim == 0
    return Offer(value.copy if plain else partial(_laid_out, value, layout), value)


class Calls:
    """What is wanted, and what is on offer in every call."""

    def __init__(self, data: bytes | memoryview) -> None:
        table, packed = wire.unpack_table(data)
        self.wanted: list[dict[str, Any]] = table["wanted"]
        self.names = [wanted["name"] for wanted in self.wanted]
        self.functions: list[int] = table["functions"]
        """of each call, as a place among those wanted"""
        self.layouts: list[str] = table["layouts"]
        places = [wire.unpack_places(packed, lies_at) for lies_at in table["lie_at"]]
        offers: dict[tuple[int, str], Offer] = {}
        for declared in (True, False):  # what is asked for lies together: a child writes to few pages of memory
            for call, function in enumerate(self.functions):
                layout, count = self.layouts[call], len(self.wanted[function]["declared"])
                for place in places[call][:count] if declared else places[call][count:]:
                    if (place, layout) not in offers:
                        offers[place, layout] = _offer(wire.unpack_value(packed, place), layout)
        self.offered = [[offers[place, self.layouts[call]] for place in of] for call, of in enumerate(places)]
        """of each call, what is on offer, in the order of the wanted function's list"""
        usual = [_indices(wanted, _usual(wanted)) for wanted in self.wanted]
        self._usually = [self._given(call, usual[function]) for call, function in enumerate(self.functions)]

    def given(self, place: int, asked: Sequence[str], numbers: Iterable[int]) -> list[Given]:
        """What a function, wanted in this place, gets in each of these calls if it asks for these quantities."""
        wanted = self.wanted[place]
        if asked == _usual(wanted):
            return [self._usually[number] for number in numbers]
        indices = _indices(wanted, asked)
        return [self._given(number, indices) for number in numbers]

    def _given(self, number: int, indices: Sequence[int]) -> Given:
        offers = [self.offered[number][index] for index in indices]
        return Given(tuple(offer.copy for offer in offers), tuple(offer.array for offer in offers))

    def repeated(self, names: Sequence[str]) -> Calls:
        """All calls once for each version, of these names, of the one function that is wanted."""
        [wanted] = self.wanted
        again = copy.copy(self)
        again.wanted = [{**wanted, "name": name, "recipe": _recipe(wanted["recipe"], name)} for name in names]
        again.names = list(names)
        again.functions = [place for place in range(len(names)) for _ in self.functions]
        again.layouts, again.offered = self.layouts * len(names), self.offered * len(names)
        again._usually = self._usually * len(names)
        return again


def _usual(wanted: dict[str, Any]) -> list[str]:
    """What nearly everybody asks for."""
    usual: list[str] = wanted["declared"] if wanted["recipe"] is None else wanted["offered"]
    return usual


def _indices(wanted: dict[str, Any], asked: Sequence[str]) -> list[int]:
    return [wanted["offered"].index(quantity) for quantity in asked]


def _recipe(recipe: dict[str, Any] | None, name: str) -> dict[str, Any] | None:
    """The same recipe for a class of another name."""
    return None if recipe is None else {**recipe, "names": [name]}


def _laid_out(value: Any, layout: str) -> Any:
    """A copy of an array in another order of memory."""
    if layout == "F":
        return np.array(value, order="F")
    if layout == "strided":
        wide = np.zeros((*value.shape[:-1], 2 * value.shape[-1]), value.dtype)
        wide[..., ::2] = value
        return wide[..., ::2]
    return value[..., ::-1].copy()[..., ::-1]
