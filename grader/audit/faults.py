"""Faults that any array code can have, as they would stand in a hand-in: each is laid around the right function.

`right(...)` calls the right function with what it was given. They are named after what a teacher would see.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A body for a function: `value` is the right value, `given` its arguments by name."""

    name: str
    body: str
    before: str = ""
    """what stands before the function"""
    misconception: str = ""
    """the name under which the mistake is known, if it has one"""
    at_extremes: bool = False
    """whether it shows in very large or very small entries alone, which a property of all of them does not look at"""
    seen_by: str = ""
    """the case of trials that is made for it, if there is one"""
    for_labels: bool = False
    """whether it is about a label that is a plain number"""


FAULTS = (
    # ---- the value
    Fault("the wrong sign", "return -value"),
    Fault("off by one in a thousand", "return value * 1.001"),
    Fault("one entry off by one in a thousand", "value.flat[np.argmax(np.abs(value))] *= 1.001\nreturn value"),
    Fault("twice as much", "return 2 * value"),
    Fault("all zeros", "return value * 0.0"),
    Fault("all ones", "return value * 0.0 + 1.0"),
    Fault("the absolute value", "return np.abs(value)"),
    Fault("negative entries set to zero", "return np.maximum(value, 0.0)"),
    Fault("rounded to two digits", "return np.round(value, 2)"),
    Fault("cut to whole numbers", "return np.trunc(value)"),
    Fault("kept between -10 and 10", "return np.clip(value, -10.0, 10.0)", at_extremes=True),
    Fault("small entries set to zero", "return np.where(np.abs(value) < 0.01, 0.0, value)",
          at_extremes=True),
    Fault("in half precision", "return value.astype(np.float16).astype(float)"),
    Fault("divided by its norm", "return value / (np.linalg.norm(value) + 1e-12)"),
    # ---- places
    Fault("the first entry alone", "left = np.zeros_like(value)\nleft.flat[0] = value.flat[0]\nreturn left"),
    Fault("without the last entry", "if value.size > 1:\n    value.flat[-1] = 0\nreturn value"),
    Fault("the first ten rows only", "if value.ndim:\n    value[10:] = 0\nreturn value"),
    Fault("in reverse order", "return value[::-1] if value.ndim else -value"),
    Fault("flattened", "return value.reshape(-1) if value.ndim > 1 else np.concatenate([value, value], None)"),
    Fault("transposed", "return value.T if value.ndim > 1 else value[None, :] * np.ones((2, 1))"),
    Fault("transposed where that has the same shape", "return value.T"),
    Fault("axes of size 1 dropped", "return np.squeeze(value)"),
    Fault("added up", "return np.sum(value) * np.ones(2)"),
    # ---- state
    Fault(
        "the first result, for ever",
        "if not kept:\n    kept.append(value)\nreturn kept[0]",
        "kept = []",
        seen_by="one input changed",
    ),
    Fault(
        "the first result of these shapes, for ever",
        "key = tuple(np.shape(each) for each in given.values())\nreturn kept.setdefault(key, value)",
        "kept = {}",
        seen_by="same shapes",
    ),
    Fault(
        "results added up call by call",
        "key = value.shape\nkept[key] = kept.get(key, 0.0) + value\nreturn kept[key]",
        "kept = {}",
        seen_by="same shapes",
    ),
    Fault("another result the second time", "key = repr(given)\nkept[key] = kept.get(key, 0) + 1\n"
          "return value * kept[key]", "kept = {}", seen_by="same trial again"),
    # ---- the form of the arguments
    Fault(
        "arguments read as they lie in memory",
        "given = {name: laid(each) for name, each in given.items()}\nreturn np.array(right(**given), dtype=float)",
        "def laid(each):\n    if not isinstance(each, np.ndarray):\n        return each\n"
        "    whole = each if each.base is None else each.base\n"
        "    if whole.size == each.size and whole.ndim == each.ndim and each.ndim:\n"
        "        return np.ravel(each, order='K').reshape(each.shape)\n"
        "    return np.ravel(each, order='A').reshape(each.shape)",
    ),
    Fault(
        "a label that must be a plain int",
        "for each in given.values():\n    if type(each) in (np.int64, np.ndarray) and np.ndim(each) == 0:\n"
        "        raise TypeError('not an int')\nreturn value",
        for_labels=True,
    ),
)  # fmt: skip
"""one argument is remembered too long, for each argument, comes on top of these: see `remembering`"""


def remembering(argument: str) -> Fault:
    """A result that is looked up by one argument alone."""
    return Fault(
        f"remembered by {argument} alone",
        f"key = np.asarray(given[{argument!r}]).tobytes(), value.shape\nreturn kept.setdefault(key, value)",
        "kept = {}",
        seen_by="one input changed",
    )
