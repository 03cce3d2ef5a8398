"""What a child said in words, made fit for a result: checked, cut, and the same in every run."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator

from grader.language import _, line_name
from grader.models import ONE_FILE, Bound, Files
from grader.sandbox.inside import wire
from grader.sandbox.inside.program import MAX_TEXT
from grader.sandbox.inside.words import KNOWN

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


def filled(texts: Iterable[str], translate: Callable[[str], str] | None = None, files: Files | None = None) -> str:
    """The sentence that was sent as `words.flat` sends it, in the language that is spoken.

    Raises WireError for a template that is not among ours, and for more or fewer values than it has. A value is filled
    in as it stands, but the number of a line as its author counts it.
    """
    rest = iter(texts)
    sentence = _filled(rest, 2, translate or _, files or ONE_FILE)
    if next(rest, None) is not None:
        raise wire.WireError("texts after the end of a sentence")
    return sentence


def _filled(texts: Iterator[str], depth: int, translate: Callable[[str], str], files: Files) -> str:
    template = next(texts, None)
    if template == "":
        value = next(texts, None)
        if value is not None:
            return value[:MAX_TEXT]
    if template is None or template == "":
        raise wire.WireError("a sentence that is cut off")
    if template not in KNOWN or not depth:
        raise wire.WireError("a sentence that is not among ours")
    values = {name: _filled(texts, depth - 1, translate, files) for name in KNOWN[template]}
    if files.files and "line" in values:
        values["line"] = line_name(*files.place(line_number(values["line"])))
    return translate(template).format(**values)


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
