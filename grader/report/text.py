"""Strange text made harmless: what a student wrote is shown, and does nothing.

Names, messages and code come from strangers. A terminal obeys escape sequences, a page obeys bidirectional overrides,
a reader is fooled by characters without width. `visible` writes each of them down as Python would (`\\x1b`, `\\u202e`),
so that it is seen and has no effect. It does not escape HTML: that is the template's part.
"""

from __future__ import annotations

import re
import unicodedata

ELLIPSIS = "…"

_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Letters and marks by category that draw nothing: fillers, the blank Braille cell, the grapheme joiner.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_HARMLESS = re.compile(r"[ -~\u00a0-\u00ac\u00ae-\u024f‘’“”–—…]*")
"""what most texts are made of, in English and its neighbours"""
_MARKS_IN_A_ROW = 3
"""as many marks as living scripts put on one letter; more of them climb over the neighbouring lines"""


def visible(text: str, limit: int) -> str:
    """Return the text without any character that acts or hides, at most `limit` characters, cut with "…"."""
    if len(text) <= limit and _HARMLESS.fullmatch(text):
        return text
    pieces: list[str] = []
    length, marks = 0, _MARKS_IN_A_ROW
    for position, char in enumerate(text):
        is_mark = unicodedata.category(char) in {"Mn", "Me"}
        # A mark at the very beginning would sit on whatever stands before the text.
        marks = marks + 1 if is_mark else 0
        piece = _escaped(char) if _acts(char) or marks > _MARKS_IN_A_ROW else char
        room = limit if position == len(text) - 1 else limit - 1
        if length + len(piece) > room:
            pieces.append(ELLIPSIS)
            break
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces)


def _acts(char: str) -> bool:
    """Tell whether the character does something else than draw itself."""
    return char in _BLANK or unicodedata.category(char) in _CATEGORIES


def _escaped(char: str) -> str:
    """Write a character as Python would."""
    code = ord(char)
    if char in _NAMED:
        return _NAMED[char]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
