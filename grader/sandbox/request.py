"""The request that a child gets: the calls of a homework are encoded once, for the whole class."""

from __future__ import annotations

import json
import struct
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from grader.models import Calls, Limits, Program
from grader.sandbox.inside import wire


def encode_request(program: Program, calls: Calls, limits: Limits, only: Collection[int], reload: bool) -> bytes:
    """The bytes of one request: the file, and those calls whose numbers are in `only`.

    With `reload`, the child executes the file anew before the calls of each function.
    """
    header = {
        "source_bytes": len(program.source),
        "left_out": sorted(program.left_out),
        "only": sorted(only),
        "reload": reload,
        "memory_mb": limits.memory_mb,
    }
    return _json_part(header) + program.source + _encode_calls(calls)


@lru_cache(maxsize=4)
def _encode_calls(calls: Calls) -> bytes:
    places = {wanted.name: place for place, wanted in enumerate(calls.wanted)}
    blob = bytearray()
    offsets: list[int] = []
    seen: dict[Any, int] = {}
    rows: list[tuple[int, str, list[int]]] = []
    for call in calls.calls:
        place = places[call.function]
        row = []
        for name in calls.wanted[place].offered:
            value = call.values[name]
            key: Any = id(value) if hasattr(value, "shape") else (type(value), value)
            if key not in seen:
                seen[key] = len(offsets)
                offsets.append(len(blob))
                blob += wire.pack_value(value)
            row.append(seen[key])
        rows.append((place, call.layout, row))
    wanted = [
        {
            "name": w.name,
            "declared": w.declared,
            "offered": w.offered,
            "dimensions": w.dimensions,
            "never": w.never,
            "aliases": dict(w.aliases),
            "exact": w.exact,
        }
        for w in calls.wanted
    ]
    return _json_part({"wanted": wanted, "offsets": offsets, "calls": rows}) + bytes(blob)


def _json_part(content: dict[str, Any]) -> bytes:
    data = json.dumps(content, separators=(",", ":")).encode()
    return struct.pack("<I", len(data)) + data
