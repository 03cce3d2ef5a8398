"""Does an actual value agree with the expected one? None, or the Difference in one sentence.

The order is shape, finite, values. The tolerance is scaled by the expected value, never by the student's; a value
that is not a number never agrees, not even with another one. What came back that is no array of numbers at all was
turned away before it gets here, with its own sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Literal

import numpy as np

from grader.language import _, n_
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
    if actual.shape != expected.shape and (exact_shape or not is_column(actual.shape, expected.shape)):
        return _shape_difference(actual, expected, letters)
    flat = actual.reshape(-1).astype(np.float64)
    aim = expected.reshape(-1)
    with np.errstate(all="ignore"):
        agrees = np.abs(flat - aim) <= _bound(expected, tolerance, single=actual.dtype == np.float32)
    if agrees.all():
        return None
    return _value_difference(flat, aim, ~agrees, actual.shape)


class Expected:
    """The expected values of several calls, made ready to be compared with many students' values at once."""

    def __init__(self, values: Sequence[Array], tolerance: Tolerance, *, exact_shape: bool = False) -> None:
        self.values = tuple(values)
        self.tolerance = tolerance
        self.exact_shape = exact_shape
        self._shapes = [value.shape for value in self.values]
        self._sizes = [value.size for value in self.values]
        self._starts = np.cumsum([0, *self._sizes[:-1]])
        self._aims = np.concatenate([value.reshape(-1) for value in self.values]) if self.values else np.zeros(0)
        self._double = self._bounds([False] * len(self.values))

    def of(self, values: Sequence[Array]) -> Expected:
        """Other values, to be compared with in the same way."""
        return Expected(values, self.tolerance, exact_shape=self.exact_shape)

    @cached_property
    def _single(self) -> Array:
        return self._bounds([True] * len(self.values))

    def _bounds(self, single: Sequence[bool]) -> Array:
        bounds = [_bound(v, self.tolerance, single=s) for v, s in zip(self.values, single, strict=True)]
        return np.repeat(bounds, self._sizes)

    def agree(self, actuals: Sequence[Array | None]) -> list[bool]:
        """Whether `compare` finds no difference, call by call; None stands for no value, and agrees with nothing."""
        if [a if a is None else a.shape for a in actuals] == self._shapes:
            return self._near([a for a in actuals if a is not None])
        whole = [v if a is None or not self._fits(a, v) else a for a, v in zip(actuals, self.values, strict=True)]
        return [near and w is a for near, w, a in zip(self._near(whole), whole, actuals, strict=True)]

    def agree_in_one(self, whole: Array) -> list[bool] | None:
        """The same for values of float64 in the expected shapes, one after the other.

        None if they are not as many, as where those for another convention are among them.
        """
        return self._within(whole, self._double) if whole.size == self._aims.size else None

    def _near(self, values: Sequence[Array]) -> list[bool]:
        """Whether each value, which has as many entries as it should, agrees."""
        if not values:
            return []
        flat = np.concatenate([value.reshape(-1) for value in values], dtype=np.float64)
        single = [value.dtype.char == "f" for value in values]
        bounds = self._double if True not in single else self._single if all(single) else self._bounds(single)
        return self._within(flat, bounds)

    def _within(self, flat: Array, bounds: Array) -> list[bool]:
        with np.errstate(all="ignore"):
            near = np.abs(flat - self._aims) <= bounds
        if near.all():
            return [True] * len(self.values)
        return [bool(near[start : start + size].all()) for start, size in zip(self._starts, self._sizes, strict=True)]

    def _fits(self, actual: Array, expected: Array) -> bool:
        return actual.shape == expected.shape or (not self.exact_shape and is_column(actual.shape, expected.shape))


def is_column(shape: tuple[int, ...], expected: tuple[int, ...]) -> bool:
    """Whether a vector was expected, and this is it as one column or one row."""
    return len(expected) == 1 and shape in ((*expected, 1), (1, *expected))


def _bound(expected: Array, tolerance: Tolerance, *, single: bool) -> float:
    """How far an entry may be off: scaled by the largest expected entry."""
    rtol, atol = tolerance.rtol, tolerance.atol
    if single:
        rtol, atol = max(rtol, SINGLE_PRECISION.rtol), max(atol, SINGLE_PRECISION.atol)
    return atol + rtol * float(np.abs(expected).max() if expected.size else 0.0)


def tell_apart(a: float, b: float) -> tuple[str, str]:
    """Both numbers with as few significant digits (at least three) as write them differently."""
    a, b = a + 0.0, b + 0.0  # no number is shown as -0
    for digits in range(3, 18):
        first, second = f"{a:.{digits}g}", f"{b:.{digits}g}"
        if first != second:
            return first, second
    return f"{a:.17g}", f"{b:.17g}"


def _shape_difference(actual: Array, expected: Array, letters: Sequence[str] | None) -> Difference:
    wanted = _shape(expected.shape, f"{_tuple(letters)} = " if letters else "")
    message = _("expected {expected}, got {actual}").format(expected=wanted, actual=_shape(actual.shape))
    return Difference("shape", message)


def _shape(shape: tuple[int, ...], letters: str = "") -> str:
    """The words for a shape."""
    return _("shape {shape}").format(shape=letters + _tuple(shape)) if shape else _("a single number")


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
    if flat.size > 1 or shape:
        message = n_(
            "expected {expected}, got {actual} at [{place}] ({differing} of {total} entry differs)",
            "expected {expected}, got {actual} at [{place}] ({differing} of {total} entries differ)",
            flat.size,
        ).format(
            expected=expected_text,
            actual=actual_text,
            place=", ".join(str(i) for i in where[0]),
            differing=differing,
            total=flat.size,
        )
    else:
        message = _("expected {expected}, got {actual}").format(expected=expected_text, actual=actual_text)
    return Difference(kind, message, where, differing, int(flat.size))


def _tuple(parts: Sequence[object]) -> str:
    inside = ", ".join(str(part) for part in parts)
    return f"({inside},)" if len(parts) == 1 else f"({inside})"
