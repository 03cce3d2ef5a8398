"""Arrays and differences as a result shows them: small enough for a page, whole enough to be checked by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.models import (
    Array,
    Counterexample,
    Difference,
    DifferenceShown,
    Outcome,
    Quantity,
    Shown,
    Trial,
)

WINDOW = 8
"""At most so many rows and columns are shown."""

_PICTURE = 40

Letters = Mapping[str, tuple[str, ...] | None]


def counterexample(
    trial: Trial,
    values: Mapping[str, Quantity],
    asks: Sequence[str],
    expected: Array,
    outcome: Outcome,
    function: str,
    letters: Letters,
    *,
    is_property: bool = False,
) -> Counterexample:
    """The trial as a person can follow it: what the function was given, what it gave back, what was expected.

    Of a property, a sentence says what is wrong, and its numbers are of no use to a student.
    """
    spot = _first_place(outcome.value, expected)
    actual = outcome.value
    shape_letters = letters.get(function)
    return Counterexample(
        check=trial.check,
        case=trial.case,
        inputs={name: shown(values[name], letters.get(name)) for name in asks if name in values},
        expected=None if is_property else shown(expected, shape_letters, spot),
        actual=None
        if is_property
        else shown(actual, shape_letters if actual.shape == expected.shape else None, spot)
        if actual is not None
        else None,
        returned=outcome.text if actual is None and not outcome.line else "",
    )


def difference_shown(difference: Difference | None, expected: Array, outcome: Outcome) -> DifferenceShown | None:
    """The difference with a picture of where it lies, if the array is too large to be shown whole."""
    if difference is None:
        return None
    picture: tuple[str, ...] = ()
    actual = outcome.value
    if actual is not None and actual.shape == expected.shape and 0 < actual.ndim <= 2 and max(actual.shape) > WINDOW:
        with np.errstate(all="ignore"):
            scale = np.abs(expected).max()
            picture = _picture(~(np.abs(actual - expected) <= 1e-6 + 1e-5 * scale))
    return DifferenceShown(
        kind=difference.kind,
        message=difference.message,
        where=difference.where,
        differing=difference.differing,
        total=difference.total,
        picture=picture,
    )


def shown(value: Quantity, letters: Sequence[str] | None = None, spot: Sequence[int] = ()) -> Shown:
    """An array, or the window of it around `spot`; numbers beyond the finite become strings."""
    array = np.asarray(value)
    shape = tuple(int(size) for size in array.shape)
    names = tuple(letters) if letters is not None and len(letters) == len(shape) else None
    if len(shape) > 2:
        return Shown(shape=shape, letters=names, values=None)
    if all(size <= WINDOW for size in shape):
        return Shown(shape=shape, letters=names, values=_plain(array))
    spot = spot if len(spot) == len(shape) else (0,) * len(shape)
    starts = [max(0, min(at - WINDOW // 2, size - WINDOW)) for at, size in zip(spot, shape, strict=True)]
    window = tuple((start, min(start + WINDOW, size) - 1) for start, size in zip(starts, shape, strict=True))
    part = array[tuple(slice(first, last + 1) for first, last in window)]
    return Shown(shape=shape, letters=names, values=_plain(part), window=window)


def _plain(array: Array) -> Any:
    if array.ndim:
        return [_plain(row) for row in array]
    number = array.item()
    return number if isinstance(number, int) or math.isfinite(number) else str(number)


def _first_place(actual: Array | None, expected: Array) -> tuple[int, ...]:
    if actual is None or actual.shape != expected.shape or not expected.size:
        return ()
    with np.errstate(all="ignore"):
        gap = np.abs(actual - expected)
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(np.where(np.isnan(gap), np.inf, gap))), expected.shape))


def _picture(wrong: Array) -> tuple[str, ...]:
    """Rows of # (differs) and . (agrees); larger arrays are drawn in blocks."""
    rows = np.atleast_2d(wrong)
    steps = [math.ceil(size / _PICTURE) for size in rows.shape]
    lines = []
    for top in range(0, rows.shape[0], steps[0]):
        blocks = (rows[top : top + steps[0], left : left + steps[1]] for left in range(0, rows.shape[1], steps[1]))
        lines.append("".join("#" if block.any() else "." for block in blocks))
    return tuple(lines)
