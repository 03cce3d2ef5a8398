"""The frames between the grader and the child: fixed binary headers, sizes checked before anything is read.

    frame    kind (1 byte), number (4), length of the payload (4), payload
    value    tag (1 byte), then an int64, a float64, or: element type (1), axes (1), sizes (4 each), raw bytes
    texts    count (2 bytes), then length (4) and UTF-8 bytes of each
    result   length of the texts (4), texts (the changed parameters), value

The child is not believed: whatever does not fit raises WireError, before any memory is set aside for it.
"""

from __future__ import annotations

import struct
from typing import Any

import numpy as np

HEADER = struct.Struct("<BII")
MAX_PAYLOAD = 9 * 2**20
MAX_VALUE_BYTES = 8 * 2**20
MAX_AXES = 8
MAX_TEXTS = 200

READY, STATEMENT, LEFT_OUT, UNREADABLE, BOUND, LOADED = range(1, 7)
VALUE, ODD, RAISED, MEMORY, UNBOUND, MISSING, EXITING, DONE = range(7, 15)
KINDS = range(READY, DONE + 1)

_INT, _FLOAT, _NUMPY_INT, _ARRAY = range(4)
_TYPES = (np.dtype("<f8"), np.dtype("<f4"), np.dtype("<i8"))
_INT64 = struct.Struct("<q")
_FLOAT64 = struct.Struct("<d")


class WireError(Exception):
    """What arrived is not a frame, or not the payload that its kind must have."""


def frame(kind: int, number: int, payload: bytes = b"") -> bytes:
    """One frame, ready to be written."""
    return HEADER.pack(kind, number, len(payload)) + payload


def read_header(data: bytes | bytearray, start: int) -> tuple[int, int, int]:
    """Kind, number and payload length of the header at `start`."""
    kind, number, length = HEADER.unpack_from(data, start)
    if kind not in KINDS or length > MAX_PAYLOAD:
        raise WireError(f"a frame of kind {kind} and {length} bytes")
    return kind, number, length


def pack_value(value: Any) -> bytes:
    """A number or an array (float64, float32 or int64) as bytes."""
    if isinstance(value, np.ndarray):
        code = _TYPES.index(value.dtype)
        sizes = struct.pack(f"<{value.ndim}I", *value.shape)
        return bytes((_ARRAY, code, value.ndim)) + sizes + np.ndarray.tobytes(value)
    if isinstance(value, np.integer):
        return bytes((_NUMPY_INT,)) + _INT64.pack(int(value))
    if isinstance(value, int):
        return bytes((_INT,)) + _INT64.pack(value)
    return bytes((_FLOAT,)) + _FLOAT64.pack(float(value))


def unpack_value(data: bytes, start: int = 0, whole: bool = False) -> Any:
    """The value at `start`, an array of its own memory. With `whole`, the value must end where the data end."""
    try:
        value, end = _unpack_value(data, start)
    except (struct.error, IndexError, ValueError, TypeError) as error:
        raise WireError(f"no value: {error}") from None
    if whole and end != len(data):
        raise WireError("bytes after the value")
    return value


def _unpack_value(data: bytes, start: int) -> tuple[Any, int]:
    tag = data[start]
    if tag in (_INT, _NUMPY_INT):
        number = _INT64.unpack_from(data, start + 1)[0]
        return (np.int64(number) if tag == _NUMPY_INT else number), start + 9
    if tag == _FLOAT:
        return _FLOAT64.unpack_from(data, start + 1)[0], start + 9
    if tag != _ARRAY:
        raise WireError(f"a value with the tag {tag}")
    dtype, axes = _TYPES[data[start + 1]], data[start + 2]
    if axes > MAX_AXES:
        raise WireError(f"an array of {axes} axes")
    shape = struct.unpack_from(f"<{axes}I", data, start + 3)
    at, size = start + 3 + 4 * axes, dtype.itemsize
    for length in shape:  # Python integers: no overflow
        size *= length
    if size > min(MAX_VALUE_BYTES, len(data) - at):
        raise WireError(f"an array of shape {shape} in {len(data) - at} bytes")
    return np.frombuffer(data[at : at + size], dtype=dtype).reshape(shape).copy(), at + size


def pack_texts(*texts: str) -> bytes:
    """Texts, one after the other."""
    parts = [text.encode("utf-8", "backslashreplace") for text in texts]
    return struct.pack("<H", len(parts)) + b"".join(struct.pack("<I", len(part)) + part for part in parts)


def unpack_texts(data: bytes) -> list[str]:
    """The texts of a payload; the payload must end where the last text ends."""
    try:
        (count,) = struct.unpack_from("<H", data, 0)
        if count > MAX_TEXTS:
            raise WireError(f"{count} texts in one frame")
        texts, at = [], 2
        for _ in range(count):
            (length,) = struct.unpack_from("<I", data, at)
            at += 4
            if length > len(data) - at:
                raise WireError("a text longer than its frame")
            texts.append(data[at : at + length].decode("utf-8", "backslashreplace"))
            at += length
    except struct.error as error:
        raise WireError(f"no texts: {error}") from None
    if at != len(data):
        raise WireError("bytes after the last text")
    return texts


def pack_result(changed: list[str], array: np.ndarray[Any, Any]) -> bytes:
    """What one call gave: the parameters that it wrote into, and the array."""
    texts = pack_texts(*changed)
    return struct.pack("<I", len(texts)) + texts + pack_value(array)


def unpack_result(data: bytes) -> tuple[list[str], np.ndarray[Any, Any]]:
    """The changed parameters and the float array of a payload."""
    if len(data) < 4:
        raise WireError("no result")
    (size,) = struct.unpack_from("<I", data)
    if size > len(data) - 4:
        raise WireError("texts longer than their frame")
    changed = unpack_texts(data[4 : 4 + size])
    value = unpack_value(data, 4 + size, whole=True)
    if not isinstance(value, np.ndarray) or value.dtype.kind != "f":
        raise WireError("a result that is no array of floating point numbers")
    return changed, value
