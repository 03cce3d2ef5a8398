"""Worked examples: numbers that stand in the rubric itself, read into the sizes and leaves of a trial."""

from __future__ import annotations

import math
from collections.abc import Collection
from difflib import get_close_matches
from typing import Any

import numpy as np

from grader.errors import RubricError
from grader.models import Array, Quantity, Rubric
from grader.trials.cases import CASES

GIVES = "gives"
"""The key of an example under which stands what comes of its numbers."""

_SMALLEST, _LARGEST = 1, 64


class ExampleError(RubricError):
    """What is wrong with an example, and under which of its keys."""

    def __init__(self, key: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.key = key


def check_example(rubric: Rubric, name: str) -> None:
    """Raise ExampleError unless this is a name that an example can have, and its numbers fit the rubric's inputs."""
    if name in CASES or "=" in name:
        raise ExampleError((), f"{name!r} is the name of a case; give the example another one")
    read_example(rubric, name)


def read_example(rubric: Rubric, name: str) -> tuple[dict[str, int], dict[str, Quantity]]:
    """The sizes and the leaves of a worked example. Raises ExampleError for whatever does not fit the inputs."""
    content = rubric.examples[name]
    known = (*rubric.inputs, *rubric.dimensions, GIVES)
    for key in content:
        if key not in known:
            raise ExampleError((key,), _unknown(key, known))
    missing = [leaf for leaf in rubric.inputs if leaf not in content]
    if missing:
        raise ExampleError((), f"the example says nothing about {', '.join(missing)}; it needs every input")
    sizes = {key: _size(content[key], key) for key in rubric.dimensions if key in content}
    said_by = dict.fromkeys(sizes, "the example")
    arrays: dict[str, Array] = {}
    for key, leaf in rubric.inputs.items():
        arrays[key] = numbers(content[key], (key,))
        letters = tuple(rubric.dimensions)[: arrays[key].ndim] if leaf.any_shape else leaf.shape
        if arrays[key].ndim != len(letters):
            raise ExampleError((key,), f"found {_shape(arrays[key].shape)}, expected {_letters(letters)}")
        for letter, size in zip(letters, arrays[key].shape, strict=True):
            _check_size(size, letter, (key,))
            if sizes.setdefault(letter, size) != size:
                raise ExampleError((key,), f"{letter} is {size} here, and {sizes[letter]} in {said_by[letter]}")
            said_by.setdefault(letter, key)
        if leaf.kind == "real" and not leaf.negative and arrays[key].min() < 0:
            raise ExampleError((key,), f"found {arrays[key].min():g}, expected no negative number")
    for letter in rubric.dimensions:
        if letter not in sizes:
            raise ExampleError((), f"no input says how large {letter} is; add '{letter}: <size>' to the example")
    return {letter: sizes[letter] for letter in rubric.dimensions}, {
        key: _leaf(rubric, key, array, sizes) for key, array in arrays.items()
    }


def numbers(value: Any, key: tuple[str | int, ...]) -> Array:
    """A number, or nested lists of numbers, as an array. Raises ExampleError for anything else."""
    _check_numbers(value, key)
    try:
        return np.array(value, dtype=np.float64)
    except ValueError:
        raise ExampleError(key, "found lists of different lengths, expected rows of one length") from None


def _check_numbers(value: Any, key: tuple[str | int, ...]) -> None:
    if isinstance(value, list):
        for index, each in enumerate(value):
            _check_numbers(each, (*key, index))
        return
    try:
        fine = type(value) in (int, float) and math.isfinite(value)
    except OverflowError:
        fine = False
    if not fine:
        found = "a mapping" if isinstance(value, dict) else "nothing" if value is None else repr(value)
        raise ExampleError(key, f"found {found}, expected a number")


def _size(value: Any, key: str) -> int:
    if type(value) is not int:
        raise ExampleError((key,), f"found {value!r}, expected a size from {_SMALLEST} to {_LARGEST}")
    _check_size(value, key, (key,))
    return value


def _check_size(size: int, letter: str, key: tuple[str | int, ...]) -> None:
    if not _SMALLEST <= size <= _LARGEST:
        raise ExampleError(key, f"{letter} is {size} here, expected a size from {_SMALLEST} to {_LARGEST}")


def _leaf(rubric: Rubric, key: str, array: Array, sizes: dict[str, int]) -> Quantity:
    leaf = rubric.inputs[key]
    if leaf.kind == "real":
        return array if array.ndim else float(array)
    last = leaf.first + sizes[leaf.classes or ""] - 1
    for label in array.flat:
        if label != int(label) or not leaf.first <= label <= last:
            raise ExampleError(
                (key,), f"found the label {label:g}, expected a whole number from {leaf.first} to {last}"
            )
    return array.astype(np.int64) if leaf.shape else int(array)


def _shape(shape: tuple[int, ...]) -> str:
    return f"an array of shape {shape}" if shape else "a single number"


def _letters(shape: tuple[str, ...]) -> str:
    return f"an array of shape [{', '.join(shape)}]" if shape else "a single number"


def _unknown(key: str, known: Collection[str]) -> str:
    near = get_close_matches(key, known, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else "."
    return f"there is no input {key!r}{hint} Known are: {', '.join(known)}"
