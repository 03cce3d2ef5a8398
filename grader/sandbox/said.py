"""What a child said in words, made fit for a result: checked, cut, and the same in every run."""

from __future__ import annotations

import re
import sys

from grader.models import Bound
from grader.sandbox.inside import wire

_PREFIXES = sorted({sys.prefix, sys.base_prefix} - {"/", "/usr"}, key=len, reverse=True)
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,16}\b")


def bound_of(texts: list[str]) -> Bound:
    """name, first line, last line, the quantities asked for, an empty text, the readings three by three."""
    if len(texts) < 4 or "" not in texts[3:]:
        raise wire.WireError("no account of how a function was bound")
    end = texts.index("", 3)
    rest = texts[end + 1 :]
    if len(rest) % 3:
        raise wire.WireError("readings that are no triples")
    readings = tuple(zip(rest[::3], rest[1::3], rest[2::3], strict=True))
    return Bound(texts[0], readings, tuple(texts[3:end]), line_number(texts[1]) or None, line_number(texts[2]) or None)


def impersonal(text: str) -> str:
    """The text without addresses in memory and without the place where Python is installed."""
    for prefix in _PREFIXES:
        text = text.replace(prefix, "<python>")
    return _ADDRESS.sub("0x...", text) if "0x" in text else text


def cut(text: str, limit: int) -> str:
    """At most `limit` characters of the text."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def line_number(text: str) -> int:
    """A line number that the child told; a lie that is no number is line 0."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
