"""State that is kept from one call to the next: what the calls so far would then have left behind.

The calls of a function are made in one order, in a module of its own, so what it kept can be computed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from grader.diagnose.evidence import Evidence, Value
from grader.models import Call

Right = Callable[[Call, dict[str, Any]], Any]
"""what the right function gives for a call, some of its arguments replaced"""


Given = Iterator[tuple[Call, Value]]
"""what an explanation gives call by call, computed as far as somebody asks"""


def explanations(evidence: Evidence, right: Right) -> Iterator[tuple[str, Given]]:
    """Names, each with what it gives call by call."""
    for key in _keys(evidence):
        yield "accumulates-across-calls", _accumulated(evidence, right, key, mean=False)
        yield "accumulates-across-calls", _accumulated(evidence, right, key, mean=True)
    for name in evidence.asks:
        yield "accumulates-across-calls", _piled(evidence, right, name)
    for key in _keys(evidence):
        yield "stale-cache", _first_result(evidence, right, key)
        for name in evidence.asks:
            yield "stale-cache", _first_argument(evidence, right, name, key)
    yield "stale-cache", _one_behind(evidence, right)


Key = Callable[[Call], object]


def _accumulated(evidence: Evidence, right: Right, key: Key, *, mean: bool) -> Given:
    """Every call adds to the total of its kind, which starts at zero and stays as it was where shapes do not fit."""
    totals: dict[object, Any] = {}
    counts: dict[object, int] = {}
    for call, _ in evidence.history:
        kind = key(call)
        try:
            totals[kind] = totals.get(kind, 0.0) + right(call, {})
            counts[kind] = counts.get(kind, 0) + 1
            value = np.asarray(totals[kind] / counts[kind] if mean else totals[kind], dtype=float)
        except Exception:
            value = None
        yield call, value


def _piled(evidence: Evidence, right: Right, name: str) -> Given:
    """The rows of all calls so far are piled up in one argument; once they do not fit, nothing fits any more."""
    rows: list[Any] = []
    for call, _ in evidence.history:
        rows += list(np.atleast_1d(call.values[name]))
        try:
            pile = np.stack(rows)
        except ValueError:
            yield call, None
            continue
        yield call, _value(right, call, {name: pile, evidence.roles.batch: len(rows)})


def _keys(evidence: Evidence) -> list[Key]:
    """By what a cache can tell calls apart: nothing, all shapes, all content, one argument's shape or plain number."""
    keys: list[Key] = [
        lambda call: None,
        lambda call: tuple(np.shape(call.values[name]) for name in evidence.asks),
        lambda call: tuple(np.asarray(call.values[name]).tobytes() for name in evidence.asks),
    ]
    for name in evidence.asks:
        keys.append(lambda call, name=name: (np.shape(call.values[name]), _plain(call.values[name])))  # type: ignore[misc]
        keys.append(lambda call, name=name: np.shape(call.values[name])[-1:])  # type: ignore[misc]
    return keys


def _plain(value: Any) -> object:
    return int(value) if np.ndim(value) == 0 and float(value) == int(value) else None


def _first_result(evidence: Evidence, right: Right, key: Key) -> Given:
    """The result of the first call of its kind is given again."""
    kept: dict[object, Value] = {}
    for call, _ in evidence.history:
        kind = key(call)
        if kind not in kept:
            kept[kind] = _value(right, call, {})
        yield call, kept[kind]


def _first_argument(evidence: Evidence, right: Right, name: str, key: Key) -> Given:
    """One argument stays as it was in the first call of its kind."""
    kept: dict[object, Any] = {}
    for call, _ in evidence.history:
        yield call, _value(right, call, {name: kept.setdefault(key(call), call.values[name])})


def _one_behind(evidence: Evidence, right: Right) -> Given:
    """Each call gives what the one before it should have given."""
    calls: Sequence[Call] = [call for call, _ in evidence.history]
    for before, call in pairwise([*calls[:1], *calls]):
        yield call, _value(right, before, {})


def _value(right: Right, call: Call, replaced: dict[str, Any]) -> Value:
    try:
        return np.asarray(right(call, replaced), dtype=float)
    except Exception:
        return None
