"""The generator of one trial: sizes, leaves, and whether what was drawn is fit to tell right from wrong."""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from grader.errors import RubricError
from grader.models import Array, Quantity, Rubric

ATTEMPTS = 400
"""How often an ordinary trial is drawn anew before the rubric is called impossible."""


class Evaluate(Protocol):
    """Evaluates quantities of the reference from leaves and dimensions (under the rubric's first convention)."""

    def __call__(self, names: tuple[str, ...], given: Mapping[str, Quantity]) -> dict[str, Any]: ...


class Draws:
    """The generator of one trial, and how to draw sizes and leaves with it."""

    def __init__(
        self,
        rubric: Rubric,
        targets: Sequence[str],
        evaluate: Evaluate,
        key: str,
        index: int,
        *,
        may_be_zero: bool = False,
    ) -> None:
        self.rubric = rubric
        self.targets = targets
        """what the trial is for: it has to tell right from wrong for one of them"""
        self.dimensions: dict[str, int] = {}
        self.may_be_zero = may_be_zero
        """whether there is nothing to tell right from wrong by: the targets are 0 everywhere"""
        self.axes = 1
        """of the inputs of any shape"""
        self._evaluate = evaluate
        self._key = key
        self._values: tuple[Mapping[str, Quantity], dict[str, Array]] = {}, {}
        """what was asked last: leaves, and the quantities that are known of them"""
        self._random = random.Random(int.from_bytes(hashlib.sha256(f"{key}/{index}".encode()).digest()[:8], "big"))

    def anew(self, index: int) -> Draws:
        """The generator of another trial of the same case."""
        return Draws(self.rubric, self.targets, self._evaluate, self._key, index, may_be_zero=self.may_be_zero)

    def aim(self) -> str:
        """The targets, as a message names them."""
        return " or ".join(repr(target) for target in self.targets)

    def value(self, name: str, leaves: Mapping[str, Quantity]) -> Array:
        """A quantity of the reference, for these leaves and the dimensions of this trial."""
        if leaves is not self._values[0]:
            self._values = leaves, {}
        known = self._values[1]
        if name not in known:
            known[name] = np.asarray(self._evaluate((name,), {**self.dimensions, **leaves})[name])
        return known[name]

    def integer(self, low: int, high: int) -> int:
        """A whole number between low and high, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def shuffled(self, values: list[int]) -> list[int]:
        """The values in another order."""
        values = list(values)
        for last in range(len(values) - 1, 0, -1):
            other = self.integer(0, last)
            values[last], values[other] = values[other], values[last]
        return values

    def sizes(self, widest: int | None = None) -> dict[str, int]:
        """A size for each dimension, all different where the ranges allow; at most `widest` beyond the smallest."""
        ranges = {}
        for name, (low, high) in self.rubric.dimensions.items():
            low = max(low, min(2, high))  # size 1 is an edge case of its own
            ranges[name] = (low, high if widest is None else min(high, low + widest))
        sizes = {name: self.integer(*limits) for name, limits in ranges.items()}
        for _ in range(ATTEMPTS):
            if len(set(sizes.values())) == len(sizes):
                break
            sizes = {name: self.integer(*limits) for name, limits in ranges.items()}
        return sizes

    def leaves(self, numbers: Callable[[int], list[float]]) -> dict[str, Quantity]:
        """All inputs, in the trial's dimensions: real ones entry by entry from `numbers`, labels among the classes."""
        sizes = self.dimensions
        leaves: dict[str, Quantity] = {}
        for name, leaf in self.rubric.inputs.items():
            letters = tuple(sizes)[: self.axes] if leaf.any_shape else leaf.shape
            shape = tuple(sizes[letter] for letter in letters)
            if leaf.kind == "label":
                classes = sizes[leaf.classes or ""]
                labels = [leaf.first + self.integer(0, classes - 1) for _ in range(math.prod(shape))]
                leaves[name] = np.array(labels, dtype=np.int64).reshape(shape) if shape else labels[0]
                continue
            drawn = numbers(math.prod(shape))
            if not leaf.negative:
                drawn = [abs(number) for number in drawn]
            leaves[name] = np.array(drawn).reshape(shape) if shape else drawn[0]
        return leaves

    def small_integers(self, many: int) -> list[float]:
        """Each one of -2, -1, 1, 2: a person can check the sums."""
        draw = self._random.random
        return [(-2.0, -1.0, 1.0, 2.0)[int(draw() * 4)] for _ in range(many)]

    def eighths(self, many: int) -> list[float]:
        """Multiples of 1/8 between -1.5 and 1.5, never 0."""
        return self._fractions(many, 12, 8.0)

    def fine(self, many: int) -> list[float]:
        """Multiples of 1/64 between -1/2 and 1/2, never 0: where there are many, few of their sums are 0."""
        return self._fractions(many, 32, 64.0)

    def _fractions(self, many: int, most: int, of: float) -> list[float]:
        draw = self._random.random
        return [(1 + int(draw() * most)) / (of if int(draw() * 2) else -of) for _ in range(many)]

    def activation(self, kind: str) -> tuple[str, str]:
        """The quantity that the relu or softmax is applied to, and the bias that moves it."""
        for activation in self.rubric.activations:
            if activation.kind == kind:
                return activation.of, activation.moved_by
        raise RubricError(f"there is no {kind} among the rubric's activations")


def label_of(rubric: Rubric) -> str | None:
    return next((name for name, leaf in rubric.inputs.items() if leaf.kind == "label"), None)


def hidden_inputs(draws: Draws, leaves: Mapping[str, Quantity]) -> list[str]:
    """The real inputs that the relu's argument depends on."""
    of, _ = draws.activation("relu")
    before = draws.value(of, leaves)
    real = [name for name, leaf in draws.rubric.inputs.items() if leaf.kind == "real"]
    return [
        name for name in real if (draws.value(of, {**leaves, name: np.asarray(leaves[name]) + 1.0}) != before).any()
    ]


def scaled(value: Quantity, factor: float) -> Quantity:
    """A real input times a factor; a plain number stays one."""
    return float(value) * factor if np.ndim(value) == 0 else np.asarray(value) * factor


def off_the_kinks(draws: Draws, leaves: Mapping[str, Quantity]) -> bool:
    """Whether no relu's argument is exactly 0; sums are exact, so there is no being close to it."""
    return all(draws.value(a.of, leaves).all() for a in draws.rubric.activations if a.kind == "relu")


def ordinary(draws: Draws, leaves: Mapping[str, Quantity]) -> bool:
    """Off every kink, no saturated softmax, and units of both kinds where there is room for both.

    Where the target has nothing to do with all that, any leaves will do.
    """
    any_will_do = draws.may_be_zero
    for activation in draws.rubric.activations:
        value = draws.value(activation.of, leaves)
        if activation.kind == "relu":
            if not any_will_do and value.size > 1 and not (0 < (value > 0).sum() < value.size):
                return False
        else:
            ordered = np.sort(value.reshape(-1, value.shape[-1]), axis=1)
            if (ordered[:, -1] - ordered[:, -2]).max() > 3.5 and not any_will_do:
                return False
    return any_will_do or off_the_kinks(draws, leaves)


def wide_gaps(draws: Draws, leaves: Mapping[str, Quantity], *, rows_apart: bool) -> bool:
    """Whether the best score leads by far in every row: float32, too, then sees which one it is.

    With `rows_apart`, the rows' best scores are so far apart that one maximum for all of them makes a row vanish.
    """
    value = draws.value(draws.activation("softmax")[0], leaves)
    ordered = np.sort(value.reshape(-1, value.shape[-1]), axis=1)
    best = ordered[:, -1]
    apart = not rows_apart or len(best) < 2 or best.max() - best.min() > 800
    return bool((best - ordered[:, -2]).min() >= 100 and apart)


def tells_right_from_wrong(draws: Draws, leaves: Mapping[str, Quantity]) -> bool:
    """Whether a target is far enough from zero there to tell right from wrong."""

    def tells(target: str) -> bool:
        value = draws.value(target, leaves)
        return bool(np.isfinite(value).all() and np.abs(value).max() > 1e-3)

    return _one(draws.targets, tells)


def kink_matters(draws: Draws, leaves: Mapping[str, Quantity]) -> bool:
    """Whether a target would be another if the relu counted 0 as active, or did not."""
    bias = draws.activation("relu")[1]
    sides = [{**leaves, bias: np.asarray(leaves[bias]) + shift} for shift in (2.0**-30, -(2.0**-30))]

    def matters(target: str) -> bool:
        here = draws.value(target, leaves)
        return any(bool(np.abs(draws.value(target, side) - here).max() > 1e-3) for side in sides)

    return _one(draws.targets, matters)


def _one(targets: Sequence[str], holds: Callable[[str], bool]) -> bool:
    """Whether it holds of one target at least. Raises what the last one raises, if the reference fails for all."""
    failed = 0
    for target in targets:
        try:
            if holds(target):
                return True
        except Exception:
            failed += 1
            if failed == len(targets):
                raise
    return False
