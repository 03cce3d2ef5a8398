"""The calls of a homework, unpacked: the same for every submission of a class, and so unpacked once, in the zygote.

There is nothing in them that a child may not know: it gets them all, and a value of one call is of no use in another.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from . import wire


class Offer(NamedTuple):
    """A quantity in one call: how to make the copy of it that the function gets, and what the copy must still be."""

    copy: Callable[[], Any]
    raw: bytes | None = None
    """None for a number, which can not be changed"""
    shape: tuple[int, ...] = ()
    dtype: np.dtype[Any] | None = None


def _offer(value: Any, layout: str) -> Offer:
    """A number is given as it is; an array as a copy, in this order of memory."""
    if not isinstance(value, np.ndarray):
        return Offer(lambda: value)
    plain = layout == "C" or value.ndim == 0
    return Offer(value.copy if plain else partial(_laid_out, value, layout), value.tobytes(), value.shape, value.dtype)


class Calls:
    """What is wanted, and what is on offer in every call."""

    def __init__(self, data: bytes | memoryview) -> None:
        table, packed = wire.unpack_table(data)
        self.wanted: list[dict[str, Any]] = table["wanted"]
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

    def repeated(self, names: Sequence[str]) -> Calls:
        """All calls once for each version, of these names, of the one function that is wanted."""
        [wanted] = self.wanted
        again = copy.copy(self)
        again.wanted = [{**wanted, "name": name, "recipe": _recipe(wanted["recipe"], name)} for name in names]
        again.functions = [place for place in range(len(names)) for _ in self.functions]
        again.layouts, again.offered = self.layouts * len(names), self.offered * len(names)
        return again


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
