"""What a constructor or a method asks for in one parameter, though the homework has several names for it.

Four weights in a tuple, sizes in a list, settings in a dict, X and y in one argument. The rubric lists what belongs
together; a default that is a tuple, list or dict says in which form it is wanted, and a default of any kind that is not
known stays.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from numbers import Number
from typing import Any

from .binding import Binding, bind, decorated, fold

TUPLE, LIST, DICT, DATA, WORD = "tuple", "list", "dict", "data", "word"


@dataclass(frozen=True)
class Parcel:
    """What one parameter gets: these offers in this form, or a word."""

    form: str
    of: tuple[str, ...] = ()
    default: Any = None
    word: str = ""
    alone: bool = False
    """of data: whether the first of them by itself may be meant too"""


@dataclass
class Asked:
    """How a function is called, and what stands behind names that are no offers: of parcels, `|` and the parameter."""

    binding: Binding
    parcels: dict[str, Parcel] = field(default_factory=dict)
    takes_keywords: bool = False
    """whether it takes any keyword besides"""

    @cached_property
    def names(self) -> set[str]:
        """Every offer that it gets, alone or with others."""
        names = self.binding.quantities
        return {each for name in names for each in (self.parcels[name].of if name in self.parcels else (name,))}

    @property
    def word(self) -> bool:
        """Whether a word chooses what it does."""
        return any(parcel.form == WORD for parcel in self.parcels.values())


def ask(
    function: Callable[..., Any],
    name: str,
    declared: Sequence[str],
    offered: Sequence[str],
    recipe: Mapping[str, Any],
    words: Mapping[str, str],
) -> Asked:
    """How to call a function. `words` are, for a text that is a default, the word that is to stand in its place."""
    parameters = _parameters(decorated(function, name))
    aliases = dict(recipe["aliases"])
    left, parcels = list(offered), {}
    direct = {p.name: _reading(p.name, offered, aliases) for p in parameters}
    for p in parameters:
        taken = {reading for other, reading in direct.items() if other != p.name}
        parcel = _parcel(p, recipe, aliases, taken, words)
        reading = direct[p.name]
        if parcel is None and (reading is None or _agrees(p.default)):
            continue
        if reading is not None and reading not in taken:
            left = [each for each in left if each != reading]
        aliases.pop(p.name, None)
        if parcel is not None:
            parcels[f"|{p.name}"] = parcel
            aliases[p.name] = f"|{p.name}"
    binding = bind(function, declared, [*left, *parcels], aliases, recipe["dimensions"], name=name)
    return Asked(
        binding,
        {key: parcel for key, parcel in parcels.items() if key in binding.quantities},
        any(p.kind == p.VAR_KEYWORD for p in parameters) and len(parameters) > 1,
    )


def _parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    try:
        return list(inspect.signature(function).parameters.values())
    except (ValueError, TypeError):
        return []


def _reading(name: str, offered: Collection[str], aliases: Mapping[str, str]) -> str | None:
    if name in offered:
        return name
    return aliases.get(name) or next((each for each in offered if fold(each) == fold(name)), None)


def _agrees(default: Any) -> bool:
    """Whether a number or an array may stand in the place of this default."""
    return default is inspect.Parameter.empty or default is None or isinstance(default, Number)


def _parcel(
    p: inspect.Parameter,
    recipe: Mapping[str, Any],
    aliases: Mapping[str, str],
    taken: Collection[str | None],
    words: Mapping[str, str],
) -> Parcel | None:
    if p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD):
        return None
    if isinstance(p.default, str):
        word = words.get(fold(p.default), "")
        return Parcel(WORD, word=word) if word else None
    if isinstance(p.default, dict):
        known = [aliases.get(key, key) for key in p.default if isinstance(key, str)]
        of = [name for name in known if name in recipe["given"]] or ([] if p.default else recipe["needs"])
        return Parcel(DICT, tuple(of), p.default) if of else None
    for name, together in recipe["together"].items():
        if fold(p.name) not in {fold(each) for each in (name, *together["names"])}:
            continue
        of = tuple(together["of"])
        if isinstance(p.default, tuple | list):
            if len(p.default) == len(of):
                return Parcel(LIST if isinstance(p.default, list) else TUPLE, of)
        elif name not in recipe["given"] and (p.default is p.empty or p.default is None) and not set(of) & set(taken):
            alone = aliases.get(p.name) == of[0]
            return Parcel(DATA if together["examples"] else LIST, of, alone=alone)
    return None
