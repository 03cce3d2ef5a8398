"""Trials written down with what is expected in them: numbers in the place of a reference.

A file of frozen trials is JSON, format 1:

    {"format": 1, "homework": "hw3", "grader": "0.4.0", "seed": 1, "conventions": [null],
     "letters": {"W1": ["dh", "d"]},
     "functions": [{"function": "grad_oa", "offered": ["os", "y", "d"], "never": ["grad_ha"],
       "trials": [{"check": "random shapes", "case": "small integers", "dimensions": {"d": 2}, "layout": "C",
         "label_form": "plain", "after_success": false, "given": false,
         "calls": [{"values": {"y": 2, "os": {"shape": [2], "float64": [0.25, 0.75]}, "d": 2},
                    "expected": {"shape": [2], "float64": [0.25, -0.25]}}]}]}]}

A plain number is one (`2`, `2.0`), numpy's own whole number `{"int64": 2}`, an array its shape and its numbers, row by
row. `calls` has an entry a convention; those after the first say only what differs from it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from grader.errors import RubricError
from grader.models import Array, LabelForm, Layout, Quantity, Trial


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FrozenCall(_Strict):
    """What a function was offered under one convention, and what is expected of it."""

    values: dict[str, Any]
    expected: Any


class FrozenTrial(_Strict):
    """A trial; its inputs are among the values of its first call."""

    check: str
    case: str
    dimensions: dict[str, int]
    layout: Layout
    label_form: LabelForm
    after_success: bool
    given: bool
    calls: tuple[FrozenCall, ...] = Field(min_length=1)

    def trial(self, inputs: Sequence[str]) -> Trial:
        """The trial as it was drawn."""
        leaves = {name: thawed(value) for name, value in self.calls[0].values.items() if name in inputs}
        return Trial(
            self.check,
            self.case,
            self.dimensions,
            leaves,
            self.layout,
            self.label_form,
            self.after_success,
            self.given,
        )

    def call(self, place: int) -> tuple[dict[str, Quantity], Array]:
        """The values on offer under a convention, and the expected one."""
        values = {**self.calls[0].values, **self.calls[place].values}
        return {name: thawed(value) for name, value in values.items()}, np.array(
            thawed(self.calls[place].expected), dtype=np.float64
        )


class FrozenFunction(_Strict):
    """The trials of one function, and what it may ask for."""

    function: str
    offered: tuple[str, ...]
    never: tuple[str, ...]
    trials: tuple[FrozenTrial, ...]


class FrozenTrials(_Strict):
    """All trials of a homework."""

    format: Literal[1] = 1
    homework: str
    grader: str
    seed: int
    conventions: tuple[str | None, ...]
    letters: dict[str, tuple[str, ...] | None]
    functions: tuple[FrozenFunction, ...]


def read_frozen(path: Path) -> FrozenTrials:
    """The trials of a file. Raises RubricError if it is missing, or holds something else."""
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise RubricError(f"{path}: the trials can not be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise RubricError(f"{path}: this file of trials is no JSON: {error}") from error
    if isinstance(content, dict) and content.get("format") != 1:
        raise RubricError(
            f"{path}: these trials are of format {content.get('format')!r}, and this grader reads format 1; get the "
            "kit again, or another version of the grader"
        )
    try:
        trials = FrozenTrials.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RubricError(f"{path}: {where}: {first['msg']}; get the kit again") from None
    try:
        for trial in (trial for function in trials.functions for trial in function.trials):
            for place in range(len(trial.calls)):
                trial.call(place)
    except (TypeError, ValueError, KeyError, OverflowError, MemoryError):
        message = "a value in these trials is no number and no array of its shape; get the kit again"
        raise RubricError(f"{path}: {message}") from None
    return trials


def frozen_text(trials: FrozenTrials) -> str:
    """The text of a file of trials, a line a trial: the same bytes for the same trials."""
    whole = trials.model_dump()
    functions = whole.pop("functions")
    lines = [json.dumps(whole, ensure_ascii=False)[:-1] + ', "functions": [']
    for number, function in enumerate(functions):
        rows = function.pop("trials")
        lines.append(json.dumps(function, ensure_ascii=False)[:-1] + ', "trials": [')
        lines.append(",\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
        lines.append("]}" + ("," if number < len(functions) - 1 else ""))
    return "\n".join([*lines, "]}", ""])


def frozen(value: Quantity) -> Any:
    """A value as it stands in a file."""
    if isinstance(value, np.ndarray):
        kind = "int64" if value.dtype.kind in "iu" else "float64"
        return {"shape": list(value.shape), kind: value.ravel().tolist()}
    if isinstance(value, np.integer):
        return {"int64": int(value)}
    return value


def thawed(value: Any) -> Quantity:
    """The value of a file, the same to the last bit."""
    if not isinstance(value, Mapping):
        number: Quantity = value
        return number
    if "shape" not in value:
        return np.int64(value["int64"])
    kind = "int64" if "int64" in value else "float64"
    array = np.array(value[kind], dtype=kind).reshape(tuple(value["shape"]))
    array.flags.writeable = False
    return array
