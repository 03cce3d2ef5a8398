"""What every other tool checks with: a function's value on all its trials against the numbers computed beforehand.

Lies next to `trials.npz`, which benchmarks/others.py writes, and needs numpy only. A teacher who grades with one of
those tools would write something like it: parameters are matched by name and then by position, every call gets arrays
of its own, a vector may come back as a row or a column, and `np.allclose` decides.
"""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

Entry = list[Any]
"""where a value begins in the flat array, what it is, and its shape"""


class Homework:
    """All functions, trials and expected values of the file."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as file:
            self._numbers = file["numbers"]
            self.functions: dict[str, dict[str, Any]] = json.loads(file["index"].tobytes())

    def value(self, entry: Entry, layout: str = "C") -> Any:
        """A fresh copy of the value, in the memory order that the trial asks for."""
        start, kind, *shape = entry
        if kind == "int":
            return int(self._numbers[start])
        if kind == "float":
            return float(self._numbers[start])
        size = 1
        for length in shape:
            size *= length
        array = self._numbers[start : start + size].reshape(shape)
        if kind == "int64":
            return np.int64(array)
        array = array.astype(np.int64 if kind == "integers" else np.float64)
        return array if layout == "C" or not shape else _laid_out(array, layout)


@functools.cache
def homework() -> Homework:
    """The homework beside this file, read once."""
    return Homework(Path(__file__).with_name("trials.npz"))


def fault(name: str, function: Callable[..., Any]) -> str:
    """Why the function does not pass all its trials; empty if it does."""
    about = homework().functions[name]
    offered = {quantity: place for place, quantity in enumerate(about["offered"])}
    positional, keywords = _bind(function, about, offered)
    for number, (layout, values, expected) in enumerate(about["calls"]):
        given = {q: homework().value(values[offered[q]], layout) for q in (*positional, *keywords.values())}
        try:
            result = function(*(given[q] for q in positional), **{key: given[q] for key, q in keywords.items()})
        except Exception as error:
            return f"trial {number}: {type(error).__name__}: {error}"
        wanted = homework().value(expected)
        if not agrees(result, wanted):
            return f"trial {number}: expected {wanted!r}, got {result!r}"
    return ""


def check(name: str, function: Callable[..., Any]) -> None:
    """Raise AssertionError unless the function passes all its trials."""
    reason = fault(name, function)
    assert not reason, reason


def passed(namespace: Mapping[str, Any]) -> list[str]:
    """The functions of a loaded submission that pass."""
    return [name for name in homework().functions if name in namespace and not fault(name, namespace[name])]


def agrees(result: Any, expected: np.ndarray[Any, Any]) -> bool:
    """Whether the shape is right (a vector's may be a row's or a column's) and the numbers are close."""
    try:
        array = np.asarray(result)
        if array.shape != expected.shape:
            if expected.ndim != 1 or array.shape not in ((expected.size, 1), (1, expected.size)):
                return False
            array = array.reshape(-1)
        single = array.dtype == np.float32
        scale = np.abs(expected).max(initial=0.0)
        return bool(np.allclose(array, expected, rtol=0.0, atol=(2e-6 if single else 1e-6) * (1 + 10 * scale)))
    except (TypeError, ValueError):
        return False


def _bind(
    function: Callable[..., Any], about: Mapping[str, Any], offered: Mapping[str, int]
) -> tuple[list[str], dict[str, str]]:
    """The quantities that the function takes by position and by keyword."""
    lower = {name.lower(): name for name in reversed(about["offered"])}
    positional: list[str] = []
    keywords: dict[str, str] = {}
    for place, (name, parameter) in enumerate(inspect.signature(function).parameters.items()):
        quantity = name if name in offered else about["aliases"].get(name, lower.get(name.lower()))
        if quantity not in offered:
            if parameter.default is not parameter.empty or parameter.kind in (
                parameter.VAR_POSITIONAL,
                parameter.VAR_KEYWORD,
            ):
                break
            quantity = about["declared"][min(place, len(about["declared"]) - 1)]
        if parameter.kind is parameter.KEYWORD_ONLY:
            keywords[name] = quantity
        else:
            positional.append(quantity)
    return positional, keywords


def _laid_out(array: np.ndarray[Any, Any], layout: str) -> np.ndarray[Any, Any]:
    if layout == "F":
        return np.asfortranarray(array)
    if layout == "strided":
        wide = np.zeros((*array.shape[:-1], 2 * array.shape[-1]), array.dtype)
        wide[..., ::2] = array
        return wide[..., ::2]
    return array[..., ::-1].copy()[..., ::-1]
