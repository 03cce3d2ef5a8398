"""Where an object keeps what is asked of it: attributes, keys of dicts, places of lists, one inside the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from typing import Any

import numpy as np

from .binding import fold

_STEP = re.compile(r"\.?([A-Za-z_]\w*)|\[(\d+)\]|\['([^']+)'\]")
_DEEPEST = 4
_MOST = 64
"""So many steps into an object, and so many parts of a list, are looked at."""

Path = tuple[str | int | tuple[str], ...]
"""from an object to a place: attributes as texts, places of a list as numbers, keys of a dict in a tuple"""


def find_place(made: Any, names: Iterable[str]) -> Path | None:
    """The first of these places at which an object holds something: an attribute, or a key of a dict that is one."""
    return next(places_of(made, names), None)


def places_of(made: Any, names: Iterable[str]) -> Iterator[Path]:
    """All of these places at which an object holds something, the surest first."""
    names = tuple(names)
    paths, plain, attributes, parts = _named(names, tuple(kind.__name__ for kind in type(made).__mro__))
    there = parts | attributes_among(made, attributes)
    for path in paths:
        if path[0] not in there:
            continue
        kept = path[0] in _own(made)
        if holds(made, path):
            yield path
        if not kept:  # a property, which may make attributes
            there = parts | attributes_among(made, attributes)
    own = _own(made)
    for name in plain[:1]:
        near = [key for key in own if fold(key.lstrip("_")) == fold(name) and holds(made, (key,))]
        if len(near) == 1:
            yield (near[0],)
    for attribute, value in own.items():
        if isinstance(value, dict):
            for key in (*plain, *(k for k in value if isinstance(k, str) and fold(k) == fold(names[0]))):
                if key in value and value[key] is not None:
                    yield attribute, (key,)


def attributes_among(made: Any, names: Set[str]) -> set[str]:
    """Those of these names that an object may have as attributes; all of them where the class computes attributes."""
    kinds = [vars(kind) for kind in type(made).__mro__[:-1]]
    if any("__getattr__" in own or "__getattribute__" in own for own in kinds):
        return {*names}
    return {*(names & _own(made).keys())}.union(*(names & own.keys() for own in kinds))


def roots_of(names: Iterable[str]) -> list[str]:
    """The attributes in which these places lie: params for `params[1]`, layers for `layers[0].W`."""
    paths = [_path(name) for name in names]
    return list(dict.fromkeys(path[0] for path in paths if len(path) > 1 and isinstance(path[0], str)))


def arrays_in(value: Any, path: Path = (), *, objects: bool = True) -> Iterator[tuple[Path, Any]]:
    """Every array in lists, tuples and dicts, and in the attributes of the student's own `objects`, with its place."""
    if isinstance(value, np.ndarray):
        yield path, value
        return
    if len(path) > _DEEPEST:
        return
    if isinstance(value, list | tuple):
        steps: Iterable[tuple[Any, Any]] = enumerate(value[:_MOST])
    elif isinstance(value, dict):
        steps = (((key,), part) for key, part in list(value.items())[:_MOST] if isinstance(key, str))
    elif objects and type(value).__module__ == "submission":
        steps = list(_own(value).items())[:_MOST]
    else:
        return
    for step, part in steps:
        yield from arrays_in(part, (*path, step), objects=objects)


def besides(seat: Path, roots: Iterable[str]) -> list[Path]:
    """Where the gradient of the parameter at `seat` may be: under a name made from its own, or in a list of its own."""
    before, rest = seat[0], seat[1:]
    if not rest or not isinstance(before, str):
        return []
    found: list[Path] = [(root, *rest) for root in dict.fromkeys((*roots, f"d{before}", f"grad_{before}"))]
    if isinstance(seat[-1], str):
        found += [
            (*seat[:-1], name.format(seat[-1])) for name in ("d{}", "grad_{}", "d_{}", "g{}", "grad{}", "{}_grad")
        ]
    return found


def at(made: Any, path: Path) -> Any:
    """What stands at a place."""
    for step in path:
        place = step[0] if isinstance(step, tuple) else step
        made = getattr(made, step) if isinstance(step, str) else made[place]
    return made


def holds(made: Any, path: Path) -> bool:
    """Whether something stands at a place that is no method."""
    try:
        value = getattr(made, path[0], None) if len(path) == 1 and isinstance(path[0], str) else at(made, path)
    except (AttributeError, KeyError, IndexError, TypeError):
        return False
    return value is not None and not callable(value)


def put(made: Any, path: Path, value: Any) -> None:
    """Put a value at a place; a tuple on the way is replaced by one that holds it."""
    inner, last = at(made, path[:-1]), path[-1]
    if isinstance(last, str):
        setattr(inner, last, value)
    elif isinstance(inner, tuple) and isinstance(last, int):
        parts = [*inner[:last], value, *inner[last + 1 :]]
        put(made, path[:-1], type(inner)(*parts) if hasattr(inner, "_fields") else tuple(parts))
    else:
        inner[last[0] if isinstance(last, tuple) else last] = value


def shape_of(value: Any) -> tuple[int, ...] | None:
    """The shape of an array, or of a list that could be one; None for a list of unlike parts."""
    try:
        shape: tuple[int, ...] = np.shape(value)
        return shape
    except ValueError:
        return None


def has_shape(value: Any, shape: tuple[int, ...]) -> bool:
    """Whether a value has this shape; a vector may be a column or a row."""
    found = shape_of(value)
    return found == shape or (len(shape) == 1 and found in ((*shape, 1), (1, *shape)))


def layout_of(value: Any, wanted: tuple[int, ...]) -> str:
    """How an array of the `wanted` shape is laid out: plain, transposed, as a column or a row; empty for none of it."""
    shape = shape_of(value)
    if shape == wanted:
        return "plain"
    if len(wanted) == 2 and shape == wanted[::-1]:
        return "transposed"
    if len(wanted) == 1 and shape in ((*wanted, 1), (1, *wanted)):
        return "column" if shape[0] == wanted[0] else "row"
    return ""


def _own(made: Any) -> dict[str, Any]:
    own: dict[str, Any] = getattr(made, "__dict__", None) or {}
    return own


@lru_cache(maxsize=1024)
def _named(
    names: tuple[str, ...], kinds: tuple[str, ...]
) -> tuple[tuple[Path, ...], tuple[str, ...], frozenset[str], frozenset[Any]]:
    """Where names lead to, in classes of these names too, where they are private; the plain ones among them.

    And with what the paths begin: attributes; keys and places of an object that has some.
    """
    plain = tuple(name for name in names if name.isidentifier())
    private = tuple((f"_{kind.lstrip('_')}__{name}",) for name in plain for kind in kinds)
    paths: tuple[Path, ...] = (*filter(None, map(_path, names)), *private)
    firsts = frozenset(path[0] for path in paths)
    attributes = frozenset(first for first in firsts if isinstance(first, str))
    return paths, plain, attributes, firsts - attributes


@lru_cache(maxsize=1024)
def _path(text: str) -> Path:
    found = list(_STEP.finditer(text))
    if "".join(match[0] for match in found) != text:
        return ()
    return tuple(match[1] or (int(match[2]) if match[2] else (match[3],)) for match in found)
