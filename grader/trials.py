"""(rubric, seed, index) -> Trial: the only place where anything is drawn.

Every number drawn is an integer or a multiple of 1/8, so that products and sums of them are exact in floating
point: a pre-activation is the same on every machine and in whatever order a student adds it up, and one that is
exactly 0 is exactly 0 for everybody. Only Python's `random.Random.random` is drawn from, whose sequence is the same
on every machine and in every version.

Ordinary trials stay away from the kink of a relu and from a saturated softmax, so that a mistake about either costs
the check that is about it and no other. The cases, each used by name in a rubric, are the keys of CASES; besides
them, `<dimension> = <size>` fixes one dimension.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from grader.errors import RubricError
from grader.models import Array, Criterion, Quantity, Rubric, Trial

ATTEMPTS = 400
"""How often an ordinary trial is drawn anew before the rubric is called impossible."""


class Evaluate(Protocol):
    """Evaluates quantities of the reference from leaves and dimensions (under the rubric's first convention)."""

    def __call__(self, names: tuple[str, ...], given: Mapping[str, Quantity]) -> dict[str, Any]: ...


def draw(rubric: Rubric, criterion: Criterion, seed: int, evaluate: Evaluate) -> tuple[Trial, ...]:
    """All trials of one criterion, in the order of its checks: the same for the same seed, on every machine.

    Raises RubricError for a case that does not exist or can not be had with this rubric's dimensions.
    """
    trials: list[Trial] = []
    for check in rubric.checks:
        if check not in criterion.points:
            continue
        for case, count in rubric.checks[check].items():
            for index in range(count):
                key = f"{rubric.homework}/{seed}/{criterion.function}/{check}/{case}/{index}"
                draws = _Draws(rubric, criterion.function, evaluate, key)
                trial = _draw_one(draws, case, index, trials[0] if trials else None)
                trials.append(replace(trial, check=check, case=case))
    return tuple(trials)


def check_case(rubric: Rubric, case: str) -> None:
    """Raise RubricError unless the library has a case of this name and the rubric says what it needs."""
    if "=" in case:
        _fixed_dimension(rubric, case)
        return
    if case not in CASES:
        raise RubricError(f"there is no case {case!r}; the cases are: {', '.join(CASES)}, and '<dimension> = <size>'")
    needs = CASES[case].needs
    if needs == "label" and _label_of(rubric) is None:
        raise RubricError(f"the case {case!r} needs an input of kind label, and the rubric has none")
    if needs == "batch" and (_label_of(rubric) is None or not rubric.inputs[_label_of(rubric) or ""].shape):
        raise RubricError(f"the case {case!r} needs a whole batch of labels; this rubric has one label or none")
    if needs in ("relu", "softmax") and not any(a.kind == needs for a in rubric.activations):
        raise RubricError(f"the case {case!r} needs an entry of kind {needs} under 'activations'")


# ---------------------------------------------------------------- drawing


class _Draws:
    """The generator of one trial, and how to draw sizes and leaves with it."""

    def __init__(self, rubric: Rubric, target: str, evaluate: Evaluate, key: str) -> None:
        self.rubric = rubric
        self.target = target
        self.dimensions: dict[str, int] = {}
        self._evaluate = evaluate
        self._random = random.Random(int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big"))

    def value(self, name: str, leaves: Mapping[str, Quantity]) -> Array:
        """A quantity of the reference, for these leaves and the dimensions of this trial."""
        return np.asarray(self._evaluate((name,), {**self.dimensions, **leaves})[name])

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

    def leaves(self, number: Callable[[], float]) -> dict[str, Quantity]:
        """All inputs, in the trial's dimensions: real ones entry by entry from `number`, labels among the classes."""
        sizes = self.dimensions
        leaves: dict[str, Quantity] = {}
        for name, leaf in self.rubric.inputs.items():
            shape = tuple(sizes[letter] for letter in leaf.shape)
            if leaf.kind == "label":
                classes = sizes[leaf.classes or ""]
                labels = [leaf.first + self.integer(0, classes - 1) for _ in range(int(np.prod(shape)))]
                leaves[name] = np.array(labels, dtype=np.int64).reshape(shape) if shape else labels[0]
            elif shape:
                leaves[name] = np.array([number() for _ in range(int(np.prod(shape)))]).reshape(shape)
            else:
                leaves[name] = number()
        return leaves

    def small_integer(self) -> float:
        """One of -2, -1, 1, 2: a person can check the sums."""
        return float((-2, -1, 1, 2)[self.integer(0, 3)])

    def eighth(self) -> float:
        """A multiple of 1/8 between -1.5 and 1.5, never 0."""
        return float(self.integer(1, 12) * (1 if self.integer(0, 1) else -1)) / 8.0

    def activation(self, kind: str) -> tuple[str, str]:
        """The quantity that the relu or softmax is applied to, and the bias that moves it."""
        for activation in self.rubric.activations:
            if activation.kind == kind:
                return activation.of, activation.moved_by
        raise RubricError(f"there is no {kind} among the rubric's activations")


@dataclass(frozen=True)
class _Case:
    """How a case turns an ordinary trial's leaves into its own, and which leaves it starts from."""

    needs: str = ""
    """label, batch, relu or softmax: what the rubric must have for it"""
    integers: bool = False
    change: Callable[[_Draws, dict[str, Quantity], int], dict[str, Quantity]] | None = None
    form: Mapping[str, Any] | None = None
    """fields of the Trial that the case sets"""
    square: bool = False
    extreme: bool = False
    """the softmax saturates: the best score must then lead by far"""
    tells: bool = True
    """whether the expected value must differ from zero"""


def _draw_one(draws: _Draws, case: str, index: int, first: Trial | None) -> Trial:
    if case in ("same trial again", "same shapes"):
        if first is None:
            raise RubricError(f"the case {case!r} repeats the first trial of a criterion, so it can not be the first")
        if case == "same trial again":
            return replace(first, after_success=True)
    recipe = CASES[case] if "=" not in case else _Case()
    for _ in range(ATTEMPTS):
        draws.dimensions = _sizes(draws, case, recipe, first)
        leaves = draws.leaves(draws.small_integer if recipe.integers else draws.eighth)
        if not _ordinary(draws, leaves):
            continue
        if recipe.change is not None:
            leaves = recipe.change(draws, leaves, index)
        if recipe.extreme and not _wide_gaps(draws, leaves, rows_apart=case == "huge values"):
            continue
        if recipe.change is _at_zero and not _kink_matters(draws, leaves):
            continue
        if recipe.tells and not _tells(draws, leaves):
            continue
        return Trial("", case, draws.dimensions, leaves, **(recipe.form or {}))
    raise RubricError(
        f"no trial could be drawn for the case {case!r} of {draws.target!r} in {ATTEMPTS} attempts; "
        "widen the ranges under 'dimensions' or drop the case"
    )


def _sizes(draws: _Draws, case: str, recipe: _Case, first: Trial | None) -> dict[str, int]:
    rubric = draws.rubric
    if case == "same shapes" and first is not None:
        return dict(first.dimensions)
    if "=" in case:
        name, size = _fixed_dimension(rubric, case)
        return {**draws.sizes(), name: size}
    if recipe.square:
        low = max(low for low, _ in rubric.dimensions.values())
        high = min(high for _, high in rubric.dimensions.values())
        size = draws.integer(max(low, min(2, high)), max(low, high))
        return {name: min(max(size, a), b) for name, (a, b) in rubric.dimensions.items()}
    sizes = draws.sizes(widest=len(rubric.dimensions) - 1 if recipe.integers else None)
    label = _label_of(rubric)
    if case == "larger batch" and label is not None:
        name = rubric.inputs[label].shape[0]
        return {**sizes, name: rubric.dimensions[name][1] + 2}
    if case in ("repeated labels", "class absent") and label is not None:
        leaf = rubric.inputs[label]
        low, high = rubric.dimensions[leaf.classes or ""]
        return {**sizes, leaf.classes or "": min(max(3, low), high), leaf.shape[0]: max(2, sizes[leaf.shape[0]])}
    return sizes


def _ordinary(draws: _Draws, leaves: Mapping[str, Quantity]) -> bool:
    """Away from every kink, no saturated softmax, and units of both kinds where there is room for both."""
    for activation in draws.rubric.activations:
        value = draws.value(activation.of, leaves)
        if activation.kind == "relu":
            if np.abs(value).min() < 1 / 128:
                return False
            if value.size > 1 and not (0 < (value > 0).sum() < value.size):
                return False
        else:
            ordered = np.sort(value.reshape(-1, value.shape[-1]), axis=1)
            if (ordered[:, -1] - ordered[:, -2]).max() > 3.5:
                return False
    return True


def _wide_gaps(draws: _Draws, leaves: Mapping[str, Quantity], *, rows_apart: bool) -> bool:
    """Whether the best score leads by far in every row: float32, too, then sees which one it is.

    With `rows_apart`, the rows' best scores are so far apart that one maximum for all of them makes a row vanish.
    """
    value = draws.value(draws.activation("softmax")[0], leaves)
    ordered = np.sort(value.reshape(-1, value.shape[-1]), axis=1)
    best = ordered[:, -1]
    apart = not rows_apart or len(best) < 2 or best.max() - best.min() > 800
    return bool((best - ordered[:, -2]).min() >= 100 and apart)


def _tells(draws: _Draws, leaves: Mapping[str, Quantity]) -> bool:
    """Whether the target is far enough from zero there to tell right from wrong."""
    target = draws.value(draws.target, leaves)
    return bool(np.isfinite(target).all() and np.abs(target).max() > 1e-3)


def _kink_matters(draws: _Draws, leaves: Mapping[str, Quantity]) -> bool:
    """Whether the target would be another if the relu counted 0 as active."""
    bias = draws.activation("relu")[1]
    above = {**leaves, bias: np.asarray(leaves[bias]) + 2.0**-30}
    moved = draws.value(draws.target, above) - draws.value(draws.target, leaves)
    return bool(np.abs(moved).max() > 1e-3)


# ---------------------------------------------------------------- cases


def _label_of(rubric: Rubric) -> str | None:
    return next((name for name, leaf in rubric.inputs.items() if leaf.kind == "label"), None)


def _fixed_dimension(rubric: Rubric, case: str) -> tuple[str, int]:
    name, _, size = (part.strip() for part in case.partition("="))
    if name not in rubric.dimensions or not size.isdigit() or not 1 <= int(size) <= 64:
        raise RubricError(
            f"the case {case!r} does not fix a dimension; write '<dimension> = <size>' with one of "
            f"{', '.join(rubric.dimensions)}, and a size from 1 to 64"
        )
    return name, int(size)


def _with_labels(draws: _Draws, leaves: dict[str, Quantity], pick: Callable[[int, int], int]) -> dict[str, Quantity]:
    """The same leaves with the label of place i set to first + pick(i, classes)."""
    name = _label_of(draws.rubric) or ""
    leaf, old = draws.rubric.inputs[name], np.asarray(leaves[name])
    classes = _classes(draws)
    labels = np.array([leaf.first + pick(i, classes) for i in range(old.size)], dtype=np.int64)
    return {**leaves, name: labels.reshape(old.shape) if old.shape else int(labels[0])}


def _classes(draws: _Draws) -> int:
    return draws.dimensions[draws.rubric.inputs[_label_of(draws.rubric) or ""].classes or ""]


def _first_class(draws: _Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    """The first class everywhere, or at the head of a batch."""
    return _with_labels(draws, leaves, lambda i, m: 0 if i == 0 else draws.integer(0, m - 1))


def _last_class(draws: _Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    return _with_labels(draws, leaves, lambda i, m: m - 1 if i == 0 else draws.integer(0, m - 1))


def _repeated_labels(draws: _Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    label = draws.integer(0, _classes(draws) - 1)
    return _with_labels(draws, leaves, lambda i, m: label)


def _class_absent(draws: _Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    """The last class is absent from the batch, or, every second time, the first."""
    shift = index % 2
    return _with_labels(draws, leaves, lambda i, m: shift + draws.integer(0, m - 2))


def _moved(
    draws: _Draws, leaves: dict[str, Quantity], goal: Callable[[int, float], float | None]
) -> dict[str, Quantity]:
    """Leaves whose bias puts unit j's pre-activation, in one example, at goal(j, value); None leaves it alone."""
    of, bias = draws.activation("relu")
    value = draws.value(of, leaves)
    rows = value.reshape(-1, value.shape[-1])
    moved = np.array(leaves[bias], dtype=np.float64)
    for j in range(rows.shape[1]):
        here = float(rows[draws.integer(0, len(rows) - 1), j])
        aim = goal(j, here)
        if aim is not None:
            moved[j] += aim - here
    return {**leaves, bias: moved}


def _at_zero(draws: _Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    units = draws.shuffled(list(range(len(np.atleast_1d(np.asarray(leaves[draws.activation("relu")[1]]))))))
    chosen = set(units[: max(1, (len(units) + 1) // 2)]) if index else set(units)
    return _moved(draws, leaves, lambda j, here: 0.0 if j in chosen else None)


def _near_zero(draws: _Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    """Just above 0 and just below it in turn: 2**-16, which float32 still adds exactly to small integers."""
    return _moved(draws, leaves, lambda j, here: 2.0**-16 if (j + index) % 2 == 0 else -(2.0**-16))


def _dead(draws: _Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    of, bias = draws.activation("relu")
    value = draws.value(of, leaves)
    top = value.reshape(-1, value.shape[-1]).max(axis=0)
    return {**leaves, bias: np.asarray(leaves[bias]) - np.maximum(top, 0.0) - 1.0}


def _saturated(draws: _Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    """Scores a thousand apart: all probabilities are 0 or 1."""
    _, bias = draws.activation("softmax")
    old = np.asarray(leaves[bias])
    steps = np.array(draws.shuffled(list(range(old.shape[-1]))), dtype=np.float64)
    return {**leaves, bias: old + 1024.0 * (steps - (old.shape[-1] // 2))}


def _scaled(factor: float) -> Callable[[_Draws, dict[str, Quantity], int], dict[str, Quantity]]:
    def change(draws: _Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
        real = [name for name, leaf in draws.rubric.inputs.items() if leaf.kind == "real"]
        return {**leaves, **{name: np.asarray(leaves[name]) * factor for name in real}}

    return change


CASES: dict[str, _Case] = {
    "small integers": _Case(integers=True),
    "random shapes": _Case(),
    "square shapes": _Case(square=True),
    "larger batch": _Case(needs="batch"),
    "first class": _Case(needs="label", change=_first_class),
    "last class": _Case(needs="label", change=_last_class),
    "repeated labels": _Case(needs="batch", change=_repeated_labels),
    "class absent": _Case(needs="batch", change=_class_absent),
    "label as numpy integer": _Case(needs="label", form={"label_form": "numpy"}),
    "label as 0-d array": _Case(needs="label", form={"label_form": "0-d"}),
    "pre-activation at zero": _Case(needs="relu", integers=True, change=_at_zero, tells=False),
    "pre-activation near zero": _Case(needs="relu", integers=True, change=_near_zero),
    "dead hidden layer": _Case(needs="relu", integers=True, change=_dead, tells=False),
    "saturated softmax": _Case(needs="softmax", change=_saturated, extreme=True),
    "huge values": _Case(needs="softmax", change=_scaled(64.0), extreme=True),
    "tiny values": _Case(change=_scaled(2.0**-10), tells=False),
    "Fortran order": _Case(form={"layout": "F"}),
    "strided inputs": _Case(form={"layout": "strided"}),
    "negative strides": _Case(form={"layout": "reversed"}),
    "same shapes": _Case(form={"after_success": True}),
    "same trial again": _Case(form={"after_success": True}),
}


def cases() -> Iterator[str]:
    """The names of all cases."""
    yield from CASES
