"""What a student's function gave back: an array of real numbers, or the words that say what it was instead.

Arrays, lists, tuples, scalars and np.matrix are values; float32 stays float32, so that it can be judged at its own
precision; every other real type becomes float64.
"""

from __future__ import annotations

import numbers
import sys
from decimal import Decimal
from typing import Any

import numpy as np

from .program import kind_of
from .wire import MAX_AXES, MAX_VALUE_BYTES

_DOUBLE = np.dtype("<f8")
_LARGEST = MAX_VALUE_BYTES // 8


def as_array(value: Any) -> np.ndarray[Any, Any] | str:
    """A float64 or float32 array, to be packed at once; or a few words such as 'None' or 'a generator'."""
    if type(value) is np.ndarray and value.dtype is _DOUBLE and 0 < value.size <= _LARGEST and value.ndim <= MAX_AXES:
        return value  # as it mostly is
    if isinstance(value, bool | np.bool_):
        return f"the truth value {bool(value)}"
    if isinstance(value, str | bytes):
        return f"the string {value[:2000]!r}"
    if isinstance(value, np.ndarray | np.generic):
        return _from_array(value)
    if isinstance(value, numbers.Number | Decimal):
        return _from_rows(value, "a number")
    if isinstance(value, list | tuple):
        return _from_rows(value, "a list" if isinstance(value, list) else "a tuple")
    return kind_of(value)


def _from_array(value: Any) -> np.ndarray[Any, Any] | str:
    if "numpy.ma" in sys.modules and isinstance(value, np.ma.MaskedArray):  # to ask would import it, which is slow
        masked = int(np.count_nonzero(np.ma.getmaskarray(value)))
        if masked:
            return f"a masked array with {masked} masked {'entry' if masked == 1 else 'entries'}"
    array = np.asarray(value)
    words = _not_numbers(array, "a number" if array.ndim == 0 else "an array")
    return words or _plain(array)


def _from_rows(value: Any, noun: str) -> np.ndarray[Any, Any] | str:
    if "numpy.ma" in sys.modules and isinstance(value, list | tuple) and any(np.ma.is_masked(part) for part in value):
        return f"{noun} of masked arrays"
    try:
        array = np.asarray(value)
        if array.dtype == object and all(_is_real(part) for part in array.flat):
            array = array.astype(np.float64)  # Python's own numbers: large integers, fractions, decimals
    except (ValueError, TypeError, RecursionError, OverflowError):
        return f"{noun} of {len(value)} whose parts have different shapes" if hasattr(value, "__len__") else noun
    return _not_numbers(array, noun) or _plain(array)


def _is_real(value: object) -> bool:
    return isinstance(value, numbers.Real | Decimal) and not isinstance(value, bool)


def _not_numbers(array: np.ndarray[Any, Any], noun: str) -> str:
    if array.dtype.kind in "fiu":
        return ""
    names = {"b": "truth values", "c": "complex numbers", "O": "objects", "U": "strings", "S": "strings"}
    content = names.get(array.dtype.kind, f"the type {array.dtype}")
    if array.ndim == 0:
        return "a complex number" if array.dtype.kind == "c" else f"a value of {content}"
    return f"{noun} of {content} (dtype {array.dtype})" if array.dtype.kind in "bcO" else f"{noun} of {content}"


def _plain(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any] | str:
    if array.ndim > MAX_AXES:
        return f"an array of {array.ndim} axes"
    if array.size > _LARGEST or any(n >= 2**32 for n in array.shape):
        return f"an array of shape {tuple(int(n) for n in array.shape)}, far larger than what was asked for"
    single = array.dtype.kind == "f" and array.dtype.itemsize == 4  # in either order of bytes
    dtype = np.dtype("<f4") if single else _DOUBLE
    if array.dtype == dtype:
        return array
    with np.errstate(all="ignore"):
        return np.array(array, dtype=dtype, order="C", copy=True, subok=False)
