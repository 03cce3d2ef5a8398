"""Which quantity does each parameter of a student's function ask for?

By name, as a pytest fixture does: exactly; else without case and underscores, if that is unique; else by the
aliases that the rubric lists; else by position, if the number of parameters is that of the declared signature.
Beyond that nothing is guessed.
"""

from __future__ import annotations

import contextlib
import inspect
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

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

    @cached_property
    def quantities(self) -> list[str]:
        """Everything that the call needs, once; of a binding that is whole."""
        return list(dict.fromkeys([q for q in self.positional if q is not None] + list(self.keywords.values())))

    def caller(self, function: Callable[..., Any]) -> Callable[[list[Any]], Any]:
        """What calls the function, given the values of `quantities` in their order."""
        asked = self.quantities
        if self.positional == asked:
            return lambda given: function(*given)  # as it mostly is
        place = {quantity: index for index, quantity in enumerate(asked)}

        def call(given: list[Any]) -> Any:
            defaults = iter(self.defaults)
            positional = [given[place[q]] if q is not None else next(defaults) for q in self.positional]
            return function(*positional, **{name: given[place[q]] for name, q in self.keywords.items()})

        return call


@lru_cache(maxsize=1024)
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
    dimensions: Sequence[str] = (),
    never: Sequence[str] = (),
    name: str = "",
) -> Binding:
    """How to call `function`, asked for by `name`, with what is on offer, of which `dimensions` are plain sizes.

    `never` are the quantities that it must not have: no parameter of such a name stands for another by its position.
    """
    plain = _plain_parameters(function)
    if plain is not None and all(parameter in offered for parameter in plain):
        return Binding(positional=[*plain])  # as it mostly is
    inner = decorated(function, name)
    binding = _bind(inner, declared, offered, aliases, dimensions, never)
    own = _parameters(function, follow_wrapped=False)
    if not binding.unknown:
        return _by_keyword(binding, inner) if _takes_keywords_only(own) else binding
    if _names_nothing(own):  # the decorator may supply what nobody else can
        return _as_declared(declared, by_keyword=_takes_keywords_only(own))
    as_seen = _read(own or [], declared, offered, aliases, dimensions, never)
    return binding if as_seen.unknown else as_seen


def decorated(function: Callable[..., Any], name: str = "", depth: int = 0) -> Callable[..., Any]:
    """The function inside decorators without `wraps`, whose parameters have names; else `function` itself.

    Where a decorator holds several functions, it is the one of this `name`.
    """
    if _plain_parameters(function) is not None or not _names_nothing(_parameters(function, follow_wrapped=True)):
        return function
    inside = []
    for cell in getattr(function, "__closure__", None) or ():
        try:
            inside.append(cell.cell_contents)
        except ValueError:  # a cell that nothing was put into yet
            continue
    with contextlib.suppress(TypeError):  # no instance with attributes
        inside += list(vars(function).values())
    functions = [f for f in inside if inspect.isfunction(f) and f is not function]
    if len(functions) > 1:  # the one that is named as it was asked for
        functions = [f for f in functions if fold(f.__name__) == fold(name)]
    if len(functions) != 1 or depth >= _DEEPEST:
        return function
    return decorated(functions[0], name, depth + 1)


def _plain_parameters(function: Callable[..., Any]) -> list[str] | None:
    """The parameters of a plain function, each by position and without a default; None if it is anything else."""
    if type(function) is not types.FunctionType or vars(function) or function.__defaults__:
        return None
    code = function.__code__
    if code.co_kwonlyargcount or code.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS):
        return None
    return list(code.co_varnames[: code.co_argcount])


def _bind(
    function: Callable[..., Any],
    declared: Sequence[str],
    offered: Sequence[str],
    aliases: Mapping[str, str],
    dimensions: Sequence[str],
    never: Sequence[str],
) -> Binding:
    parameters = None if isinstance(function, np.ufunc) else _parameters(function, follow_wrapped=True)
    if parameters is None:
        return _as_declared(declared, by_keyword=False)
    if _names_nothing(parameters):
        return _as_declared(declared, by_keyword=_takes_keywords_only(parameters))
    return _read(parameters, declared, offered, aliases, dimensions, never)


def _parameters(function: Callable[..., Any], *, follow_wrapped: bool) -> list[inspect.Parameter] | None:
    try:
        return list(inspect.signature(function, follow_wrapped=follow_wrapped).parameters.values())
    except (ValueError, TypeError):
        return None


def _names_nothing(parameters: Sequence[inspect.Parameter] | None) -> bool:
    """Whether there is `*args` or `**kwargs`, and nothing else."""
    return bool(parameters) and all(p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in parameters or ())


def _takes_keywords_only(parameters: Sequence[inspect.Parameter] | None) -> bool:
    """Whether there is `**kwargs`, and nothing else."""
    return bool(parameters) and all(p.kind == p.VAR_KEYWORD for p in parameters or ())


def _read(
    parameters: Sequence[inspect.Parameter],
    declared: Sequence[str],
    offered: Sequence[str],
    aliases: Mapping[str, str],
    dimensions: Sequence[str],
    never: Sequence[str],
) -> Binding:
    named = [p for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    read = {p.name: _by_name(p.name, offered, aliases) for p in named}
    for p in named:  # a default that is no size says that the name means something else here
        reading = read[p.name]
        a_size = p.default is p.empty or p.default is None or isinstance(p.default, int)
        if reading is not None and reading[0] in dimensions and not a_size:
            read[p.name] = None
    asked = [p for p in named if read[p.name] is not None or p.default is p.empty]
    asked = asked or named  # nothing is asked for: the defaults must stand for something
    names = [p.name for p in asked]
    unknown = [name for name in names if read[name] is None]
    forbidden = [name for name in unknown if name in never]
    if forbidden:
        return Binding(unknown=forbidden)
    giving_way = [name for name in names if _gives_way(read[name], declared, dimensions)]
    if giving_way and len(names) == len(declared):  # `grad_b2(D)` is more likely a derivative than the size d
        by_position = _by_position(names, {**read, **dict.fromkeys(giving_way)}, declared)
        if by_position is not None:
            read.update(by_position)
            return _assembled(named, read)
    if unknown:
        by_position = _by_position(names, read, declared)
        if by_position is None:
            required = [
                name for name in unknown if next(p for p in named if p.name == name).default is inspect.Parameter.empty
            ]
            return Binding(unknown=required) if required else _assembled(named, read)
        read.update(by_position)
    return _assembled(named, read)


def _by_keyword(binding: Binding, inner: Callable[..., Any]) -> Binding:
    """The same requests, all by keyword: the decorator takes nothing else."""
    parameters = _parameters(inner, follow_wrapped=True) or []
    names = [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    pairs = zip(names, binding.positional, strict=False)
    keywords = {name: quantity for name, quantity in pairs if quantity is not None}
    return Binding(keywords={**keywords, **binding.keywords}, readings=binding.readings)


def _by_name(name: str, offered: Sequence[str], aliases: Mapping[str, str]) -> tuple[str, str] | None:
    if name in offered:
        return name, ""
    folded = [quantity for quantity in offered if fold(quantity) == fold(name)]
    if len(folded) == 1:
        return folded[0], CASE
    if aliases.get(name) in offered:
        return aliases[name], ALIAS
    return None


def _gives_way(reading: tuple[str, str] | None, declared: Sequence[str], dimensions: Sequence[str]) -> bool:
    """Whether a name is so short of telling that its place tells more: `x` in `def relu(x)` need not be the data X."""
    if reading is None or reading[1] != CASE or reading[0] in declared:
        return False
    return reading[0] in dimensions or len(reading[0]) == 1


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
