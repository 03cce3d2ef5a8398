"""Mistakes that any array code can have: the right array laid out, cut, rounded or scaled otherwise.

Each is a name and a function of the right value (and of a number from the student's code, where it needs one).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.models import Array

Transform = Callable[[Array], Array]


class NotHereError(Exception):
    """A transformation that makes no sense for this array."""


def _matrix(value: Array) -> Array:
    if value.ndim != 2:
        raise NotHereError
    return value


def _vector(value: Array) -> Array:
    if value.ndim != 1:
        raise NotHereError
    return value


def _without(value: Array, index: int, axis: int) -> Array:
    if value.ndim <= axis:
        raise NotHereError
    left = value.copy()
    left[(slice(None),) * axis + (index,)] = 0
    return left


def _only(value: Array, *places: slice | int) -> Array:
    """Zeros, but at these places."""
    if value.ndim < len(places):
        raise NotHereError
    kept = np.zeros(value.shape)
    kept[places] = value[places]
    return kept


def _padded(value: Array, size: float) -> Array:
    """With zeros up to a fixed size along the last axis."""
    if size != int(size) or not 1 <= size <= 1000 or value.ndim == 0 or value.shape[-1] > size:
        raise NotHereError
    wide = np.zeros((*value.shape[:-1], int(size)))
    wide[..., : value.shape[-1]] = value
    return wide


def _norm(value: Array) -> float:
    return float(np.linalg.norm(value))


def _rounded(digits: int) -> Transform:
    return lambda value: np.round(value, digits)


PLAIN: tuple[tuple[str, Transform], ...] = (
    ("gradient-sign", lambda v: -v),
    ("transposed-result", lambda v: _matrix(v).T),
    ("flattened-result", lambda v: _matrix(v).ravel()),
    ("flattened-result", lambda v: _matrix(v).ravel("F")),
    ("flattened-result", lambda v: _matrix(v).reshape(1, -1)),
    ("flattened-result", lambda v: _matrix(v).reshape(-1, 1)),
    ("reshape-instead-of-transpose", lambda v: _matrix(v).T.reshape(v.shape)),
    ("reshape-instead-of-transpose", lambda v: _matrix(v).reshape(v.shape[::-1]).T),
    ("integer-truncation", np.trunc),
    ("integer-division", np.floor),
    *(("rounds-result", _rounded(digits)) for digits in range(7)),
    ("rounds-result", lambda v: v.astype(np.float16).astype(float)),
    ("return-inside-loop", lambda v: _only(v, slice(0, 1))),
    ("return-inside-loop", lambda v: _only(v, slice(None), slice(0, 1))),
    ("return-inside-loop", lambda v: _only(v, 0, 0)),
    ("return-inside-loop", lambda v: v[0]),
    ("return-inside-loop", lambda v: v[:1]),
    ("misses-last-element", lambda v: _vector(v)[:-1]),
    ("misses-last-element", lambda v: _without(v, -1, 0)),
    ("misses-last-element", lambda v: _without(v, -1, 1)),
    ("loop-bounds", lambda v: _without(v, -1, 0)),
    ("loop-bounds", lambda v: _without(v, -1, 1)),
    ("loop-bounds", lambda v: _without(v, 0, 0)),
    ("loop-bounds", lambda v: _without(v, 0, 1)),
    ("loop-bounds", lambda v: v[:-1]),
    ("loop-bounds", lambda v: v[1:]),
    ("column-row-broadcast", lambda v: _vector(v)[:, np.newaxis] * np.ones(len(v))),
    ("column-row-broadcast", lambda v: _vector(v) * np.ones((len(v), 1))),
    ("shape-lost", np.squeeze),
    ("extra-factor", np.abs),
    ("extra-factor", np.square),
    ("rescales-gradient", lambda v: v / _norm(v)),
    ("rescales-gradient", lambda v: v / (_norm(v) + 1e-8)),
    ("rescales-gradient", lambda v: v / (_norm(v) + 1e-12)),
    ("rescales-gradient", lambda v: v / max(1.0, _norm(v))),
    ("rescales-gradient", lambda v: v / np.max(np.abs(v))),
    ("rescales-gradient", lambda v: v / np.sum(np.abs(v))),
    ("rescales-gradient", lambda v: v / np.sum(v)),
    ("rescales-gradient", lambda v: np.clip(v, -1, 1)),
    ("rescales-gradient", lambda v: (v - np.mean(v)) / (np.std(v) + 1e-8)),
    ("rescales-gradient", lambda v: v - np.mean(v)),
    ("rescales-gradient", lambda v: v / np.linalg.norm(v, axis=-1, keepdims=True)),
    ("rescales-gradient", np.tanh),
    ("rescales-gradient", np.sign),
)
"""name, and what it makes of the right value"""

LAYOUTS = tuple(
    (name, transform)
    for name, transform in PLAIN
    if name in ("gradient-sign", "transposed-result", "flattened-result", "integer-truncation", "rounds-result")
)
"""those that are looked for on top of another mistake"""

NUMBERED: tuple[tuple[str, Callable[[Array, float], Array]], ...] = (
    ("rescales-gradient", lambda v, c: np.clip(v, -abs(c), abs(c))),
    ("rescales-gradient", lambda v, c: v * min(1.0, c / _norm(v)) if _norm(v) else v),
    ("rescales-gradient", lambda v, c: v * (c / _norm(v)) if _norm(v) > c else v),
    ("rescales-gradient", lambda v, c: v / (_norm(v) + c)),
    ("rescales-gradient", lambda v, c: c * v / _norm(v)),
    ("hard-coded-class-count", _padded),
    ("rounds-result", lambda v, c: np.round(v, int(c)) if c == int(c) and abs(c) < 20 else v),
)
"""the same, with a number that stands in the student's code"""
