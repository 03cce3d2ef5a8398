"""Arrays as small tables: aligned on the point, as few digits as tell two arrays apart, what differs marked.

An array larger than 8 by 8 is shown by the corner that differs; the true shape always stands beside it, in the
homework's own letters.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.compare import tell_apart
from grader.language import _, n_
from grader.models import DifferenceShown, Shown
from grader.report.text import ELLIPSIS, visible

_MOST = 8
_WIDE = 26
"""characters in a row beyond which a phone has to scroll sideways"""
_EXPONENT = re.compile(r"e([+-])0*(\d)")


@dataclass(frozen=True, slots=True)
class Cell:
    """One number, padded so that the points of its column stand below each other."""

    text: str
    pad: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Numbers:
    """One row of a matrix; the index is empty for a vector."""

    index: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """What the matrix macro needs. Without columns it is a single number; `indexed` rows have an index of their own."""

    label: str
    shape: str
    indexed: bool
    columns: tuple[str, ...]
    rows: tuple[Numbers, ...]
    wide: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture of where a large array differs: a path of dark blocks on a grid, and the same in words."""

    width: int
    height: int
    path: str
    words: str


Written = Mapping[int, str]
"""flat position -> the number as text"""


def shape_text(shown: Shown) -> str:
    """Write the shape, with letters where they are known: (dh, m) = (3, 4); nothing for a single number."""
    if not shown.shape:
        return ""
    sizes = _tuple(shown.shape)
    if shown.letters:
        return f"{_tuple([visible(name, 20) for name in shown.letters])} = {sizes}"
    return _("shape {shape}").format(shape=sizes)


def single(label: str, shown: Shown) -> Matrix:
    """Return one array by itself, with short numbers."""
    return _matrix(label, shown, {at: short(value) for at, value in _entries(shown)}, frozenset(), None)


def pair(actual: Shown, expected: Shown, difference: DifferenceShown | None) -> tuple[Matrix, Matrix]:
    """Return actual and expected with the entries that differ marked in both, and written so that one sees how."""
    ours, theirs = dict(_entries(expected)), dict(_entries(actual))
    marked = _marked(theirs, ours, actual.shape, difference)
    actual_text = {at: short(value) for at, value in theirs.items()}
    expected_text = {at: short(value) for at, value in ours.items()}
    for at in marked & ours.keys() & theirs.keys():
        a, e = theirs[at], ours[at]
        if actual_text[at] == expected_text[at] and isinstance(a, int | float) and isinstance(e, int | float):
            actual_text[at], expected_text[at] = map(_tidy, tell_apart(float(a), float(e)))
    focus = difference.where[0] if difference and difference.where else None
    return (
        _matrix(_("You returned"), actual, actual_text, marked, focus),
        _matrix(_("The homework expects"), expected, expected_text, marked, focus),
    )


def short(value: Any) -> str:
    """Write one number in four digits, a whole number whole; anything else as it came."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return visible(str(value), 12)
    if math.isfinite(value) and value == int(value) and abs(value) < 1e7:
        return str(int(value))
    return _tidy(f"{value:.4g}")


def picture(rows: Sequence[str], differing: int, total: int) -> Picture | None:
    """Return the picture of rows of # and . (64 blocks each way at most), or None if there is none."""
    rows = [row[:64] for row in rows[:64]]
    blocks = [(x, y) for y, row in enumerate(rows) for x, char in enumerate(row) if char == "#"]
    if not blocks:
        return None
    path = "".join(f"M{x + 0.06:g} {y + 0.06:g}h.88v.88h-.88z" for x, y in blocks)
    height, width = len(rows), max(len(row) for row in rows)
    rows_hit, columns_hit = {y for x, y in blocks}, {x for x, y in blocks}
    words = _(
        "Where the array differs, as a grid of {height} by {width} blocks: {count} of {all} blocks hold entries that "
        "differ, between {rows} and {columns} of the grid."
    ).format(
        height=height,
        width=width,
        count=len(blocks),
        all=height * width,
        rows=n_("row {first}", "rows {first} to {last}", len(rows_hit)).format(first=min(rows_hit), last=max(rows_hit)),
        columns=n_("column {first}", "columns {first} to {last}", len(columns_hit)).format(
            first=min(columns_hit), last=max(columns_hit)
        ),
    )
    if total:
        differ = _("{differing} of {total} entries differ.").format(differing=differing, total=total)
        words = f"{differ} {words}"
    return Picture(width, height, path, words)


def _marked(
    actual: Mapping[int, Any], expected: Mapping[int, Any], shape: tuple[int, ...], difference: DifferenceShown | None
) -> frozenset[int]:
    """Return the flat positions that differ.

    `where` names only the first of very many. The tolerance is one number for the whole array, so whatever is as far
    off as the nearest of the named ones is over it too.
    """
    if difference is None or difference.kind == "shape":
        return frozenset()
    named = {_flat(index, shape) for index in difference.where if len(index) == len(shape)}
    gaps = [gap for at in named if (gap := _gap(actual.get(at), expected.get(at))) is not None]
    if difference.kind == "values" and difference.differing > len(named) and gaps:
        least = min(gaps)
        named |= {at for at in actual if (gap := _gap(actual[at], expected.get(at))) is not None and gap >= least}
    return frozenset(named)


def _gap(a: Any, b: Any) -> float | None:
    """Return how far two numbers are apart, or None if one of them is none."""
    if isinstance(a, int | float) and isinstance(b, int | float) and math.isfinite(a) and math.isfinite(b):
        return abs(a - b)
    return None


def _flat(index: Sequence[int], shape: Sequence[int]) -> int:
    """Return the position of an entry when the array is read row by row."""
    at = 0
    for i, size in zip(index, shape, strict=True):
        at = at * size + i
    return at


def _entries(shown: Shown) -> Iterator[tuple[int, Any]]:
    """Yield (flat position, value) of every entry that the result holds."""
    starts = [first for first, _ in shown.window] or [0] * len(shown.shape)

    def walk(values: Any, index: tuple[int, ...]) -> Iterator[tuple[int, Any]]:
        if len(index) == len(shown.shape):
            yield _flat(index, shown.shape), values
        elif isinstance(values, list | tuple):
            for offset, value in enumerate(values):
                yield from walk(value, (*index, starts[len(index)] + offset))

    return walk(shown.values, ())


def _matrix(label: str, shown: Shown, texts: Written, marked: frozenset[int], focus: tuple[int, ...] | None) -> Matrix:
    """Lay the numbers out in rows and columns, at most 8 by 8, with "…" where more is there."""
    shape = shown.shape
    note = shape_text(shown)
    if focus is None or len(focus) != len(shape):
        focus = tuple(first for first, _ in shown.window) or (0,) * len(shape)
    if not shape:
        cell = Cell(texts.get(0, "?"), "", 0 in marked)
        return Matrix(label, note, False, (), (Numbers("", (cell,)),), False)
    if 0 in shape:
        return Matrix(label, note, False, (), (Numbers("", (Cell(_("no entries"), "", False),)),), False)
    lead = focus[: max(0, len(shape) - 2)]
    if lead:
        note = _("{shape}, at [{place}]").format(shape=note, place=f"{', '.join(map(str, lead))}, :, :")
    columns = _stretch(shown, len(shape) - 1, focus)
    lines = _stretch(shown, len(shape) - 2, focus) if len(shape) > 1 else [None]
    grid: list[list[tuple[str, bool]]] = []
    for line in lines:
        row: list[tuple[str, bool]] = []
        for column in columns:
            if column < 0 or (line is not None and line < 0):
                row.append((ELLIPSIS, False))
                continue
            at = _flat((*lead, column) if line is None else (*lead, line, column), shape)
            row.append((texts.get(at, ELLIPSIS), at in marked))
        grid.append(row)
    width = sum(max((len(row[k][0]) for row in grid), default=0) + 2 for k in range(len(columns)))
    names = tuple(ELLIPSIS if column < 0 else str(column) for column in columns)
    indices = ["" if line is None else ELLIPSIS if line < 0 else str(line) for line in lines]
    rows = tuple(Numbers(index, cells) for index, cells in zip(indices, _aligned(grid), strict=True))
    return Matrix(label, note, len(shape) > 1, names, rows, width > _WIDE)


def _stretch(shown: Shown, axis: int, focus: tuple[int, ...]) -> list[int]:
    """Return the indices to show along one axis, at most 8 around the focus; -1 stands for what is left out."""
    first, last = shown.window[axis] if shown.window else (0, shown.shape[axis] - 1)
    if last - first >= _MOST:
        first = min(max(first, focus[axis] - _MOST // 2), last - _MOST + 1)
        last = first + _MOST - 1
    before = [-1] if first > 0 else []
    after = [-1] if last < shown.shape[axis] - 1 else []
    return [*before, *range(first, last + 1), *after]


def _aligned(grid: Sequence[Sequence[tuple[str, bool]]]) -> Iterator[tuple[Cell, ...]]:
    """Pad each number on the right so that, set flush right, the points of a column agree."""
    columns = list(zip(*grid, strict=True))
    tails = [max(len(text) - _point(text) for text, _ in column) for column in columns]
    for row in grid:
        yield tuple(
            Cell(text, " " * (tail - len(text) + _point(text)), differs)
            for (text, differs), tail in zip(row, tails, strict=True)
        )


def _point(text: str) -> int:
    """Return where the whole part of a number ends."""
    return next((at for at, char in enumerate(text) if char in ".e"), len(text)) if text[-1:].isdigit() else len(text)


def _tidy(text: str) -> str:
    """Shorten an exponent: 1.5e+05 becomes 1.5e5."""
    return _EXPONENT.sub(lambda found: "e" + ("-" if found[1] == "-" else "") + found[2], text)


def _tuple(parts: Sequence[object]) -> str:
    inside = ", ".join(str(part) for part in parts)
    return f"({inside},)" if len(parts) == 1 else f"({inside})"
