"""What a student's function gave back: an array of real numbers, or the words that say what it was instead.

Arrays, lists, tuples, scalars and np.matrix are values; float32 stays float32, so that it can be judged at its own
precision; every other real type becomes float64.
"""

from __future__ import annotations

import numbers
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.ma import MaskedArray, getmaskarray, is_masked

from . import words
from .program import kind_of
from .wire import MAX_AXES, MAX_VALUE_BYTES
from .words import Words

_DOUBLE = np.dtype("<f8")
_LARGEST = MAX_VALUE_BYTES // 8


def as_array(value: Any) -> np.ndarray[Any, Any] | str:
    """A float64 or float32 array, to be packed at once; or a few words such as 'None' or 'a generator'."""
    if type(value) is np.ndarray and value.dtype is _DOUBLE and 0 < value.size <= _LARGEST and value.ndim <= MAX_AXES:
        return value  # as it mostly is
    if isinstance(value, bool | np.bool_):
        return Words(words.TRUTH_VALUE, value=bool(value))
    if isinstance(value, str | bytes):
        return Words(words.STRING, value=repr(value[:2000]))
    if isinstance(value, np.ndarray | np.generic):
        return _from_array(value)
    if isinstance(value, numbers.Number | Decimal):
        return _from_rows(value, words.NUMBER)
    if isinstance(value, list | tuple):
        return _from_rows(value, words.LIST if isinstance(value, list) else words.TUPLE)
    return kind_of(value)


def _from_array(value: Any) -> np.ndarray[Any, Any] | str:
    if isinstance(value, MaskedArray):
        masked = int(np.count_nonzero(getmaskarray(value)))
        if masked:
            return Words(words.ONE_MASKED if masked == 1 else words.MANY_MASKED, count=masked)
    array = np.asarray(value)
    return _not_numbers(array, words.NUMBER if array.ndim == 0 else words.ARRAY) or _plain(array)


def _from_rows(value: Any, noun: str) -> np.ndarray[Any, Any] | str:
    if isinstance(value, list | tuple) and any(isinstance(part, MaskedArray) and is_masked(part) for part in value):
        return Words(words.OF_MASKED_ARRAYS, container=Words(noun))
    try:
        array = np.asarray(value)
        if array.dtype == object and all(_is_real(part) for part in array.flat):
            array = array.astype(np.float64)  # Python's own numbers: large integers, fractions, decimals
    except (ValueError, TypeError, RecursionError, OverflowError):
        if not hasattr(value, "__len__"):
            return Words(noun)
        return Words(words.OF_DIFFERENT_SHAPES, container=Words(noun), count=len(value))
    return _not_numbers(array, noun) or _plain(array)


def _is_real(value: object) -> bool:
    return isinstance(value, numbers.Real | Decimal) and not isinstance(value, bool)


_CONTENTS = {
    "b": words.TRUTH_VALUES,
    "c": words.COMPLEX_NUMBERS,
    "O": words.OBJECTS,
    "U": words.STRINGS,
    "S": words.STRINGS,
}


def _not_numbers(array: np.ndarray[Any, Any], noun: str) -> Words | None:
    kind = array.dtype.kind
    if kind in "fiu":
        return None
    content = Words(_CONTENTS[kind]) if kind in _CONTENTS else Words(words.THE_TYPE, dtype=array.dtype)
    if array.ndim == 0:
        return Words(words.COMPLEX_NUMBER) if kind == "c" else Words(words.VALUE_OF, content=content)
    if kind in "bcO":
        return Words(words.OF_WITH_DTYPE, container=Words(noun), content=content, dtype=array.dtype)
    return Words(words.OF, container=Words(noun), content=content)


def _plain(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any] | str:
    if array.ndim > MAX_AXES:
        return Words(words.TOO_MANY_AXES, axes=array.ndim)
    if array.size > _LARGEST or any(n >= 2**32 for n in array.shape):
        return Words(words.TOO_LARGE, shape=tuple(int(n) for n in array.shape))
    single = array.dtype.kind == "f" and array.dtype.itemsize == 4  # in either order of bytes
    dtype = np.dtype("<f4") if single else _DOUBLE
    if array.dtype == dtype:
        return array
    with np.errstate(all="ignore"):
        return np.array(array, dtype=dtype, order="C", copy=True, subok=False)
