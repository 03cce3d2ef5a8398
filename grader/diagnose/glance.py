"""A first look at one trial: which of many explanations can give the student's value? All in one comparison.

Most can not, and are not worth a second look. Who gets one is compared in every trial, this one included.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.compare import SINGLE_PRECISION, is_column
from grader.diagnose.evidence import Value
from grader.models import Array, Tolerance


class Glance:
    """What each of many explanations gives in one trial."""

    def __init__(self, values: Sequence[Value], tolerance: Tolerance) -> None:
        self._tolerance = tolerance
        self._unclear: list[int] = []
        """they always get a second look"""
        alike: dict[tuple[int, ...], dict[int, Array]] = {}
        for place, value in enumerate(values):
            if value is not None and value.size and np.isfinite(value).all():
                alike.setdefault(value.shape, {})[place] = value.ravel()
            elif value is not None:
                self._unclear.append(place)
        stacked = [(shape, list(rows), np.stack(list(rows.values()))) for shape, rows in alike.items()]
        self._alike = [(shape, places, rows, np.abs(rows).max(axis=1)) for shape, places, rows in stacked]

    def possible(self, actual: Array) -> list[int]:
        """The places of all that can give this value; a few that can not may be among them."""
        tolerance = SINGLE_PRECISION if actual.dtype == np.float32 else self._tolerance
        found = list(self._unclear)
        for shape, places, rows, most in self._alike:
            if actual.shape == shape or is_column(actual.shape, shape):
                with np.errstate(all="ignore"):
                    off = np.abs(actual.ravel() - rows).max(axis=1)
                    near = off <= tolerance.atol + tolerance.rtol * most
                found += [places[row] for row in np.flatnonzero(near)]
        return sorted(found)
