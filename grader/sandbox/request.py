"""What a child gets, as bytes: the calls of a homework, encoded once for the whole class, and the request for one."""

from __future__ import annotations

import math
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from grader.models import Calls, Limits, Program
from grader.sandbox.inside import wire


def encode_request(
    program: Program,
    limits: Limits,
    only: Collection[int] | None = None,
    *,
    brings_calls: bool = False,
    reload: bool = False,
    versions: Collection[str] | None = None,
    cpu_seconds: float,
    probe: dict[str, Any] | None = None,
) -> bytes:
    """The bytes of one request: the file, and the numbers of the calls that are wanted (None: all of them).

    With `brings_calls`, the calls follow. With `reload`, the child executes the file anew before the calls of each
    function. With `versions`, it makes all calls once for each function of these names. `cpu_seconds` is where the
    system ends it if the grader does not. With `probe`, it tries to break out.
    """
    header = {
        "source_bytes": len(program.source),
        "left_out": sorted(program.left_out),
        "notebook": bool(program.files.cells),
        "files": program.files.stretches if len(program.files.files) > 1 else (),
        "brings_calls": brings_calls,
        "only": None if only is None else sorted(only),
        "reload": reload,
        "versions": None if versions is None else list(versions),
        "memory_mb": limits.memory_mb,
        "cpu_seconds": cpu_seconds,
        "probe": probe,
    }
    return wire.pack_table(header) + program.source


def encode_calls(calls: Calls) -> bytes:
    """The bytes of all calls, or of those that they repeat; each value is in them once."""
    return _encoded(calls.packed) if calls.lasting else _encode(calls.packed)


_MOST_USUAL = 2**16
"""bytes of all values of a function; where they are more, reading frame by frame is no longer what takes the time"""


def usual_answers(calls: Calls) -> dict[int, wire.Usual]:
    """Of each wanted function, by its place, the frames of all its calls as they are where all is well, if known."""
    return _usual_answers(calls) if calls.lasting else {}  # of calls that are made once, it is not worth it


@lru_cache(maxsize=4)
def _usual_answers(calls: Calls) -> dict[int, wire.Usual]:
    found: dict[int, wire.Usual] = {}
    for place, wanted in enumerate(calls.wanted):
        numbers = [number for number, call in enumerate(calls.calls) if call.function == wanted.name]
        shapes = [shape for number in numbers if (shape := calls.calls[number].shape) is not None]
        small = 8 * sum(math.prod(shape) for shape in shapes) <= _MOST_USUAL
        if numbers and len(shapes) == len(numbers) and small:
            found[place] = wire.Usual(numbers, shapes)
    return found


@lru_cache(maxsize=4)
def _encoded(calls: Calls) -> bytes:
    return _encode(calls)


def _encode(calls: Calls) -> bytes:
    places = {wanted.name: place for place, wanted in enumerate(calls.wanted)}
    values = bytearray()
    seen: dict[Any, int] = {}
    functions: list[int] = []
    lie_at: list[int] = []
    for call in calls.calls:
        place = places[call.function]
        row = []
        for name in calls.wanted[place].offered:
            value = call.values[name]
            key: Any = id(value) if hasattr(value, "shape") else (type(value), value)
            if key not in seen:
                seen[key] = len(values)
                values += wire.pack_value(value)
            row.append(seen[key])
        functions.append(place)
        lie_at.append(len(values))
        values += wire.pack_places(row)
    wanted = [
        {
            "name": w.name,
            "declared": w.declared,
            "offered": w.offered,
            "dimensions": w.dimensions,
            "never": w.never,
            "aliases": dict(w.aliases),
            "exact": w.exact,
            "recipe": w.recipe,
        }
        for w in calls.wanted
    ]
    layouts = [call.layout for call in calls.calls]
    table = {"wanted": wanted, "functions": functions, "layouts": layouts, "lie_at": lie_at}
    return wire.pack_table(table) + bytes(values)
