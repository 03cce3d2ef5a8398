"""The minibatches that a student's code makes, in whichever of the usual forms, as rows: number of the batch, x, y."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import numpy as np

from .program import kind_of

Rows = np.ndarray[Any, Any]


def rows_of(batches: Any, X: Rows, y: Rows) -> Rows | str:
    """An array (examples, 1 + d + 1) for batches of X (n, d) and y (n,); or in a few words what they were instead.

    A batch is a pair (X, y), also in a dict, rows of X with the label behind or without (it is nan then), the numbers
    of the rows, or a list of pairs (x, y).
    """
    if isinstance(batches, np.ndarray) and batches.ndim == 2 and batches.dtype.kind == "f":
        return kind_of(batches)  # one array that is not cut
    if isinstance(batches, str | bytes | dict) or not isinstance(batches, Iterable):
        return kind_of(batches)
    listed = list(islice(batches, 4 * len(X) + 4))
    if len(listed) == 2 and _two_lists(listed):
        listed = list(zip(*listed, strict=False))
    parts = []
    for number, batch in enumerate(listed):
        pair = _pair(batch, X, y)
        if pair is None:
            return kind_of(batch)
        rows, labels = pair
        parts.append(np.column_stack([np.full(len(rows), number), rows, labels]))
    return np.concatenate(parts) if parts else np.zeros((0, X.shape[1] + 2))


def _two_lists(listed: Sequence[Any]) -> bool:
    """Whether it is all X, and then all y: a list of matrices, and one of labels."""
    first, second = listed
    if not all(isinstance(each, list | tuple) and len(each) for each in listed) or len(first) != len(second):
        return False
    return all(_axes(part) == 2 for part in first) and (len(first) != 2 or _axes(second[0]) < 2)


def _axes(value: Any) -> int:
    try:
        return np.ndim(value)
    except ValueError:
        return -1


def _pair(batch: Any, X: Rows, y: Rows) -> tuple[Rows, Rows] | None:
    d = X.shape[1]
    if isinstance(batch, dict):
        batch = tuple(sorted(batch.values(), key=_axes, reverse=True))
    if isinstance(batch, tuple | list) and len(batch) and all(_is_example(each, d) for each in batch):
        return np.array([each[0] for each in batch], float).reshape(-1, d), np.array([each[1] for each in batch], float)
    if isinstance(batch, tuple | list) and len(batch) >= 2 and _axes(batch[0]) == 2:
        rows, labels = np.asarray(batch[0], float), np.asarray(batch[1], float)
        if labels.ndim == 2:
            labels = np.argmax(labels, axis=1) if labels.shape[1] > 1 else labels[:, 0]
        fits = rows.shape[1] == d and labels.shape == (len(rows),)
        return (rows, labels) if fits else None
    if _axes(batch) < 1:
        return None
    array = np.asarray(batch)
    if array.ndim == 1 and array.dtype.kind in "iu" and array.size and array.min() >= 0 and array.max() < len(X):
        return X[array], y[array].astype(float)
    if array.ndim == 2 and array.shape[1] == d + 1 and array.dtype.kind in "fiu":
        return array[:, :d].astype(float), array[:, d].astype(float)
    if array.ndim == 2 and array.shape[1] == d and array.dtype.kind in "fiu":
        return array.astype(float), np.full(len(array), np.nan)
    return None


def _is_example(each: Any, d: int) -> bool:
    return isinstance(each, tuple | list) and len(each) == 2 and np.shape(each[0]) == (d,) and np.size(each[1]) == 1
