"""Does an actual value agree with the expected one? None, or the Difference in one sentence.

The order is shape, finite, values. The tolerance is scaled by the expected value, never by the student's; a value
that is not a number never agrees, not even with another one. What came back that is no array of numbers at all was
turned away before it gets here, with its own sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from grader.models import Array, Difference, Tolerance

SINGLE_PRECISION = Tolerance(rtol=2e-5, atol=2e-6)
"""Results in float32 are compared at float32's own precision: a sum of a few dozen rounded terms."""

_SHOWN_PLACES = 64


def compare(
    actual: Array,
    expected: Array,
    tolerance: Tolerance,
    *,
    exact_shape: bool = False,
    letters: Sequence[str] | None = None,
) -> Difference | None:
    """None if `actual` agrees with `expected` within the tolerance, else the Difference.

    A vector (k,) may come back as (k, 1) or (1, k) unless `exact_shape`; every other shape is exact. `letters` are
    the expected shape's symbolic dimensions, for the sentence. `actual` is real: float, integer or unsigned.
    """
    if actual.shape != expected.shape:
        k = expected.shape[0] if expected.ndim == 1 else -1
        if exact_shape or actual.shape not in ((k, 1), (1, k)):
            return _shape_difference(actual, expected, letters)
    if actual.dtype == np.float32:
        tolerance = Tolerance(
            rtol=max(tolerance.rtol, SINGLE_PRECISION.rtol), atol=max(tolerance.atol, SINGLE_PRECISION.atol)
        )
    flat = actual.reshape(-1).astype(np.float64)
    aim = expected.reshape(-1)
    with np.errstate(all="ignore"):
        bound = tolerance.atol + tolerance.rtol * (np.abs(aim).max() if aim.size else 0.0)
        agrees = np.abs(flat - aim) <= bound
    if agrees.all():
        return None
    return _value_difference(flat, aim, ~agrees, actual.shape)


def tell_apart(a: float, b: float) -> tuple[str, str]:
    """Both numbers with as few significant digits (at least three) as write them differently."""
    a, b = a + 0.0, b + 0.0  # no number is shown as -0
    for digits in range(3, 18):
        first, second = f"{a:.{digits}g}", f"{b:.{digits}g}"
        if first != second:
            return first, second
    return f"{a:.17g}", f"{b:.17g}"


def _shape_difference(actual: Array, expected: Array, letters: Sequence[str] | None) -> Difference:
    if expected.ndim == 0:
        wanted = "a single number"
    elif letters:
        wanted = f"shape {_tuple(letters)} = {_tuple(expected.shape)}"
    else:
        wanted = f"shape {_tuple(expected.shape)}"
    got = "a single number" if actual.ndim == 0 else f"shape {_tuple(actual.shape)}"
    return Difference("shape", f"expected {wanted}, got {got}")


def _value_difference(flat: Array, aim: Array, wrong: Array, shape: tuple[int, ...]) -> Difference:
    finite = np.isfinite(flat)
    bad = wrong & ~finite
    kind: Literal["finite", "values"] = "finite" if bad.any() else "values"
    chosen = bad if kind == "finite" else wrong
    places = np.flatnonzero(chosen)
    first = int(places[0])
    if kind == "finite":
        expected_text, actual_text = f"{float(aim[first]) + 0.0:.3g}", str(float(flat[first]))
    else:
        expected_text, actual_text = tell_apart(float(aim[first]), float(flat[first]))
    where = tuple(tuple(int(i) for i in np.unravel_index(place, shape)) for place in places[:_SHOWN_PLACES])
    differing = int(wrong.sum())
    message = f"expected {expected_text}, got {actual_text}"
    if flat.size > 1 or shape:
        noun = "entry differs" if flat.size == 1 else "entries differ"
        message += f" at [{', '.join(str(i) for i in where[0])}] ({differing} of {flat.size} {noun})"
    return Difference(kind, message, where, differing, int(flat.size))


def _tuple(parts: Sequence[object]) -> str:
    inside = ", ".join(str(part) for part in parts)
    return f"({inside},)" if len(parts) == 1 else f"({inside})"
