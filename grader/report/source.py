"""The student's own code as a page shows it: true line numbers, a few colours, and the line that matters pointed at.

Code is made visible before it is coloured, and a page spends only so much on it: a file made to be huge costs no more
than a long one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType

from grader.language import _, line_name
from grader.models import SourceShown
from grader.report.text import visible

lexer = lru_cache(maxsize=1)(PythonLexer)
"""made when it is first asked for: it compiles many patterns"""
_CLASSES: tuple[tuple[_TokenType, str], ...] = (
    (Keyword, "k"),
    (Operator.Word, "k"),
    (String, "s"),
    (Comment, "c"),
    (Number, "m"),
    (Name.Function, "f"),
    (Name.Class, "f"),
    (Name.Decorator, "f"),
)
_LINES_OF_A_FUNCTION = 100
_LONGEST_LINE = 200
_DEFINED = re.compile(r"^\s*(?:async\s+)?def\s+([A-Za-z_][A-Za-z_0-9]*)|^([A-Za-z_][A-Za-z_0-9]*)\s*=", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line in one colour; the class is empty for plain text."""

    css: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its number in the student's file."""

    number: int
    pieces: tuple[Piece, ...]
    here: bool


@dataclass(frozen=True, slots=True)
class Code:
    """What the code macro needs: lines, and what was left out before and after them."""

    label: str
    here: str
    lines: tuple[Line, ...]
    before: bool
    after: bool


@dataclass(slots=True)
class Budget:
    """How much code one page may still show, in lines, and colour, in characters."""

    lines: int = 400
    coloured: int = 12_000


def code(source: SourceShown, function: str, budget: Budget) -> Code | None:
    """Return the code of one function, or None where there is none or the page has shown enough."""
    raw = source.text.split("\n")
    while raw and not raw[-1].strip():
        raw.pop()
    length = min(len(raw), _LINES_OF_A_FUNCTION, budget.lines)
    if not length:
        return None
    budget.lines -= length
    marked = None if source.marked_line is None else source.marked_line - source.first_line
    start = 0
    if marked is not None and length <= marked < len(raw):
        start = min(marked - length // 2, len(raw) - length)
    shown = [
        visible(line.rstrip("\r")[: _LONGEST_LINE + 1].expandtabs(4), _LONGEST_LINE) for line in raw[start:][:length]
    ]
    lines = tuple(
        Line(source.first_line + start + offset, pieces, start + offset == marked)
        for offset, pieces in enumerate(_coloured(shown, budget))
    )
    here = _caption(source, any(line.here for line in lines))
    return Code(_label(source, function), here, lines, start > 0, start + length < len(raw))


def _caption(source: SourceShown, points: bool) -> str:
    """Return the line to look at, if one is pointed at; else where the code is, if its lines alone do not say it."""
    if points and source.marked_line is not None:
        name = line_name(source.marked_line, source.cell, visible(source.file, 80))
        return _("Look at line {line}.").format(line=name)
    if source.cell is not None:
        return _("From code cell {cell}.").format(cell=source.cell)
    return _("From {file}.").format(file=visible(source.file, 80)) if source.file else ""


def _label(source: SourceShown, function: str) -> str:
    """Return what stands above the code: whose it is, and where its lines are counted."""
    if source.cell is not None:
        return _("Your code of {function}, in code cell {cell}").format(function=function, cell=source.cell)
    if source.file:
        return _("Your code of {function}, in {file}").format(function=function, file=visible(source.file, 80))
    return _("Your code of {function}").format(function=function)


def defined_name(source: SourceShown | None, function: str) -> str:
    """Return the name under which the shown code defines the function: its own spelling, if it has one."""
    for match in _DEFINED.finditer(source.text[:10_000] if source else ""):
        name = match[1] or match[2]
        if _folded(name) == _folded(function):
            return name
    return function


def _folded(name: str) -> str:
    return name.replace("_", "").lower()


@lru_cache(maxsize=256)
def _css(token: _TokenType) -> str:
    """Return the class of a kind of token; empty for what stays plain."""
    return next((css for kind, css in _CLASSES if token[: len(kind)] == tuple(kind)), "")


def _coloured(lines: list[str], budget: Budget) -> list[tuple[Piece, ...]]:
    """Split each line into pieces of one colour; all plain where the budget for colour is spent."""
    text = "\n".join(lines)
    if len(text) > budget.coloured:
        return [(Piece("", line),) for line in lines]
    budget.coloured -= len(text)
    result: list[list[Piece]] = [[]]
    for _at, token, value in lexer().get_tokens_unprocessed(text + "\n"):
        css = _css(token)
        for number, part in enumerate(value.split("\n")):
            if number:
                result.append([])
            if part:
                last = result[-1]
                if last and last[-1].css == css:
                    last[-1] = Piece(css, last[-1].text + part)
                else:
                    last.append(Piece(css, part))
    return [tuple(pieces) for pieces in result[: len(lines)]]
