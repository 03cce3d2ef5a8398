"""Which quantity does each parameter of a student's function ask for?

By name, as a pytest fixture does: exactly; else without case and underscores, if that is unique; else by the
aliases that the rubric lists; else by position, if the number of parameters is that of the declared signature.
Beyond that nothing is guessed.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

CASE, ALIAS, POSITION, WRAPPED = "case", "alias", "position", "wrapped"


@dataclass
class Binding:
    """How to call a function: quantities by position, then by keyword; or the names that can not be supplied."""

    positional: list[str | None] = field(default_factory=list)
    """quantities in order; None stands for a parameter that keeps its own default"""
    defaults: list[Any] = field(default_factory=list)
    """what stands in for each None, in order of position"""
    keywords: dict[str, str] = field(default_factory=dict)
    readings: list[tuple[str, str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def quantities(self) -> list[str]:
        """Everything that the call needs, once."""
        return list(dict.fromkeys([q for q in self.positional if q is not None] + list(self.keywords.values())))


def fold(name: str) -> str:
    """The name without case and underscores."""
    return name.replace("_", "").casefold()


_DEEPEST = 8
"""So many decorators are looked through."""


def bind(
    function: Callable[..., Any],
    declared: Sequence[str],
    offered: Sequence[str],
    aliases: Mapping[str, str],
    depth: int = 0,
) -> Binding:
    """How to call `function` with what is on offer. `depth` counts the decorators that were looked through."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (ValueError, TypeError):
        return _as_declared(declared, by_keyword=False)
    named = [p for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    if not named and parameters:
        inner = _wrapped(function) if depth < _DEEPEST else None
        if inner is not None:
            return bind(inner, declared, offered, aliases, depth + 1)
        return _as_declared(declared, by_keyword=all(p.kind == p.VAR_KEYWORD for p in parameters))
    read = {p.name: _by_name(p.name, offered, aliases if p.default is p.empty else {}) for p in named}
    asked = [p for p in named if read[p.name] is not None or p.default is p.empty]
    unknown = [p.name for p in asked if read[p.name] is None]
    if unknown:
        by_position = _by_position([p.name for p in asked], read, declared)
        if by_position is None:
            return Binding(unknown=unknown)
        read.update(by_position)
    return _assembled(named, read)


def _wrapped(function: Callable[..., Any]) -> Callable[..., Any] | None:
    """The one other function that a decorator without `wraps` closes over: its parameters have names."""
    inner = []
    for cell in getattr(function, "__closure__", None) or ():
        try:
            content = cell.cell_contents
        except ValueError:  # a cell that nothing was put into yet
            continue
        if inspect.isfunction(content) and content is not function:
            inner.append(content)
    return inner[0] if len(inner) == 1 else None


def _by_name(name: str, offered: Sequence[str], aliases: Mapping[str, str]) -> tuple[str, str] | None:
    if name in offered:
        return name, ""
    folded = [quantity for quantity in offered if fold(quantity) == fold(name)]
    if len(folded) == 1:
        return folded[0], CASE
    if aliases.get(name) in offered:
        return aliases[name], ALIAS
    return None


def _by_position(
    asked: list[str], read: Mapping[str, tuple[str, str] | None], declared: Sequence[str]
) -> dict[str, tuple[str, str]] | None:
    """Readings of the unknown names: each its own place of the declared signature, or the only one left over."""
    known = [reading[0] for name in asked if (reading := read[name]) is not None]
    if len(asked) != len(declared) or not set(known) <= set(declared):
        return None
    left = [quantity for quantity in declared if quantity not in known]
    unknown = [(place, name) for place, name in enumerate(asked) if read[name] is None]
    if len(left) != len(unknown):
        return None
    if len(left) == 1:
        return {unknown[0][1]: (left[0], POSITION)}
    if any(declared[place] not in left for place, _ in unknown):
        return None
    return {name: (declared[place], POSITION) for place, name in unknown}


def _as_declared(declared: Sequence[str], *, by_keyword: bool) -> Binding:
    readings = [(quantity, quantity, WRAPPED) for quantity in declared]
    if by_keyword:
        return Binding(keywords={quantity: quantity for quantity in declared}, readings=readings)
    return Binding(positional=list(declared), readings=readings)


def _assembled(named: list[inspect.Parameter], read: Mapping[str, tuple[str, str] | None]) -> Binding:
    binding = Binding()
    for parameter in named:
        reading = read[parameter.name]
        if reading is not None and reading[1]:
            binding.readings.append((parameter.name, *reading))
        if parameter.kind == parameter.KEYWORD_ONLY:
            if reading is not None:
                binding.keywords[parameter.name] = reading[0]
        elif reading is not None:
            binding.positional.append(reading[0])
        else:
            binding.positional.append(None)
            binding.defaults.append(parameter.default)
    return binding
