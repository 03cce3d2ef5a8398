"""What goes to the child, and the frames that come back: fixed binary headers, sizes checked before anything is read.

    request  length (4 bytes), a table (JSON), the student's file, length, a table, values
    value    tag (1 byte), then an int64, a float64, or: element type (1), axes (1), sizes (4 each), raw bytes
    frame    kind (1 byte), number (4), length of the payload (4), payload
    texts    count (2 bytes), then length (4) and UTF-8 bytes of each
    result   texts, if any (their count: 1), element type (1), axes (1), sizes (4 each), raw bytes; texts

The child believes the grader. The grader does not believe the child: whatever does not fit raises WireError, before
any memory is set aside for it.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

HEADER = struct.Struct("<BII")
MAX_PAYLOAD = 9 * 2**20
MAX_WORDS = 2**18
"""bytes of a frame that holds no array"""
MAX_VALUE_BYTES = 8 * 2**20
MAX_AXES = 8
MAX_TEXTS = 200
MAX_TEXT_BYTES = 2**14
"""what is read of one text; the rest is not looked at"""

READY, STATEMENT, LEFT_OUT, UNREADABLE, BOUND, LOADED = range(1, 7)
VALUE, ODD, RAISED, MEMORY, UNBOUND, MISSING, EXITING, PROBED, DONE, STAGE = range(7, 17)
KINDS = range(READY, STAGE + 1)

_INT, _FLOAT, _NUMPY_INT, _ARRAY = range(4)
_TYPES = (np.dtype("<f8"), np.dtype("<f4"), np.dtype("<i8"))
_RESULT_TYPES = _TYPES[:2]
_INT64, _FLOAT64 = struct.Struct("<q"), struct.Struct("<d")
_bytes_of = np.ndarray.tobytes  # whatever class of arrays it is
_COUNT = struct.Struct("<H")
_LENGTH = _PLACE = struct.Struct("<I")
_RESULTS = tuple(struct.Struct(f"<BIIBBB{axes}I") for axes in range(MAX_AXES + 1))
"""a frame's header, and the head of a result of so many axes"""
_SIZES = tuple(struct.Struct(f"<{axes}I") for axes in range(MAX_AXES + 1))


class WireError(Exception):
    """What arrived is not a frame, or not the payload that its kind must have."""


def frame(kind: int, number: int, payload: bytes = b"") -> bytes:
    """One frame, ready to be written."""
    return HEADER.pack(kind, number, len(payload)) + payload


def frames(data: bytes, start: int = 0) -> Iterator[tuple[int, int, int, int]]:
    """Kind, number, start and end of the payload of every frame that is there whole, from the one at `start` on.

    Raises WireError at a bad one.
    """
    end, unpack, size = start, HEADER.unpack_from, HEADER.size
    while len(data) - end >= size:
        kind, number, length = unpack(data, end)
        if kind not in KINDS or length > (MAX_PAYLOAD if kind == VALUE else MAX_WORDS):
            raise WireError(f"a frame of kind {kind} and {length} bytes")
        start = end + size
        end = start + length
        if end > len(data):
            return
        yield kind, number, start, end


def pack_table(table: dict[str, Any]) -> bytes:
    """A table of the request, with its length before it."""
    data = json.dumps(table, separators=(",", ":")).encode()
    return _LENGTH.pack(len(data)) + data


def unpack_table(data: bytes | memoryview) -> tuple[dict[str, Any], memoryview]:
    """The table at the head of what the grader sent, and the rest."""
    view = memoryview(data)
    (size,) = _LENGTH.unpack_from(view)
    table: dict[str, Any] = json.loads(view[4 : 4 + size].tobytes())
    return table, view[4 + size :]


def pack_places(places: Sequence[int]) -> bytes:
    """Where the values of a call lie, among them."""
    return _PLACE.pack(len(places)) + struct.pack(f"<{len(places)}I", *places)


def unpack_places(data: bytes | memoryview, start: int) -> tuple[int, ...]:
    """The places that were packed at `start`."""
    (count,) = _PLACE.unpack_from(data, start)
    return struct.unpack_from(f"<{count}I", data, start + _PLACE.size)


def pack_value(value: Any) -> bytes:
    """A number or an array (float64, float32 or int64) as bytes."""
    if isinstance(value, np.ndarray):
        code = _TYPES.index(value.dtype)
        return bytes((_ARRAY, code, value.ndim)) + _SIZES[value.ndim].pack(*value.shape) + np.ndarray.tobytes(value)
    if isinstance(value, np.integer):
        return bytes((_NUMPY_INT,)) + _INT64.pack(int(value))
    if isinstance(value, int):
        return bytes((_INT,)) + _INT64.pack(value)
    return bytes((_FLOAT,)) + _FLOAT64.pack(float(value))


def unpack_value(data: bytes | memoryview, start: int) -> Any:
    """The value at `start`, as the grader packed it; an array looks into `data`."""
    tag = data[start]
    if tag in (_INT, _NUMPY_INT):
        number = _INT64.unpack_from(data, start + 1)[0]
        return np.int64(number) if tag == _NUMPY_INT else number
    if tag == _FLOAT:
        return _FLOAT64.unpack_from(data, start + 1)[0]
    axes = data[start + 2]
    shape = _SIZES[axes].unpack_from(data, start + 3)
    return np.ndarray(shape, _TYPES[data[start + 1]], data, start + 3 + 4 * axes)


def pack_texts(*texts: str) -> bytes:
    """Texts, one after the other."""
    packed = [_COUNT.pack(len(texts))]
    for text in texts:
        part = text.encode("utf-8", "backslashreplace")
        packed += (_LENGTH.pack(len(part)), part)
    return b"".join(packed)


def unpack_texts(data: bytes) -> list[str]:
    """The texts of a payload; the payload must end where the last text ends."""
    try:
        (count,) = _COUNT.unpack_from(data, 0)
        if count > MAX_TEXTS:
            raise WireError(f"{count} texts in one frame")
        texts, at = [], 2
        for _ in range(count):
            (length,) = _LENGTH.unpack_from(data, at)
            at += 4
            if length > len(data) - at:
                raise WireError("a text longer than its frame")
            texts.append(data[at : at + min(length, MAX_TEXT_BYTES)].decode("utf-8", "replace"))
            at += length
    except struct.error as error:
        raise WireError(f"no texts: {error}") from None
    if at != len(data):
        raise WireError("bytes after the last text")
    return texts


def result_frame(number: int, changed: list[str], array: np.ndarray[Any, Any]) -> bytes:
    """The frame of what call `number` gave: the parameters that it wrote into, and an array of float64 or float32."""
    raw = _bytes_of(array)
    if not changed:
        return _result_head(number, array.shape, array.itemsize, len(raw)) + raw
    texts = pack_texts(*changed)
    return _result_head(number, array.shape, array.itemsize, len(raw) + len(texts), has_texts=True) + raw + texts


def _result_head(number: int, shape: tuple[int, ...], itemsize: int, rest: int, *, has_texts: bool = False) -> bytes:
    """What stands before the entries of an array, and the texts: so many bytes together."""
    axes = len(shape)
    code = 0 if itemsize == 8 else 1
    return _RESULTS[axes].pack(VALUE, number, 3 + 4 * axes + rest, has_texts, code, axes, *shape)


class Usual:
    """The frames of some calls as they are where all is well: float64 of the shapes that are expected, nothing changed.

    They differ in the values alone, so they are known, and read, all at once.
    """

    def __init__(self, numbers: Sequence[int], shapes: Sequence[tuple[int, ...]]) -> None:
        self.numbers = tuple(numbers)
        self._shapes = tuple(shapes)
        heads = [
            _result_head(number, shape, 8, 8 * math.prod(shape)) for number, shape in zip(numbers, shapes, strict=True)
        ]
        self._first, self._heads = b"".join(heads[:1]), np.frombuffer(b"".join(heads), np.uint8)
        is_head: list[bool] = []
        self._cuts: list[tuple[int, int]] = []
        count = 0
        for head, shape in zip(heads, shapes, strict=True):
            size = math.prod(shape)
            is_head += [True] * len(head) + [False] * (8 * size)
            self._cuts.append((count, count + size))
            count += size
        self._size = len(is_head)
        self.places = {number: place for place, number in enumerate(self.numbers)}
        self._head_at, self._value_at = np.flatnonzero(is_head), np.flatnonzero(np.logical_not(is_head))

    def read(self, data: bytes, start: int) -> tuple[int, np.ndarray[Any, Any]] | None:
        """Where the frames that begin at `start` end, and all values in one piece; None if they are of another kind."""
        if not data.startswith(self._first, start) or len(data) - start < self._size:
            return None
        whole = np.frombuffer(data, np.uint8, self._size, start)
        if (whole.take(self._head_at) != self._heads).any():
            return None
        return start + self._size, whole.take(self._value_at).view(_TYPES[0])

    def value(self, number: int, values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """Of all values in one piece, that of one call."""
        place = self.places[number]
        return values[slice(*self._cuts[place])].reshape(self._shapes[place])


@lru_cache(maxsize=1024)
def _head(head: bytes) -> tuple[bool, np.dtype[Any], tuple[int, ...], int]:
    """What the head of a result says, the same for many: whether texts follow, element type, shape, bytes."""
    has_texts, code, axes = head[:3]
    if axes > MAX_AXES or code >= len(_RESULT_TYPES) or has_texts > 1 or len(head) != 3 + 4 * axes:
        raise WireError(f"a result of type {code} with {axes} axes")
    shape, dtype = _SIZES[axes].unpack_from(head, 3), _TYPES[code]
    size = math.prod(shape) * dtype.itemsize  # Python integers: no overflow
    return bool(has_texts), dtype, shape, size


def unpack_result(data: bytes, start: int, end: int) -> tuple[list[str], np.ndarray[Any, Any]]:
    """The changed parameters and the array of a payload."""
    if end - start < 3 or end > len(data):
        raise WireError("no result")
    at = start + 3 + 4 * data[start + 2]
    has_texts, dtype, shape, size = _head(data[start : min(at, end)])
    if size > min(MAX_VALUE_BYTES, end - at):
        raise WireError(f"an array of shape {shape} in {end - at} bytes")
    try:
        array: np.ndarray[Any, Any] = np.ndarray(shape, dtype, data, at).copy()  # and no more than itself is kept
    except ValueError:  # no entries, and yet too large
        raise WireError(f"an array of shape {shape}, which there can not be") from None
    if not has_texts:
        if at + size != end:
            raise WireError("bytes after the array")
        return [], array
    return unpack_texts(data[at + size : end]), array
