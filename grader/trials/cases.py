"""The library of cases: each turns the leaves of an ordinary trial into its own. Rubrics use them by name."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from grader.errors import RubricError
from grader.models import Quantity, Rubric
from grader.trials.draws import Draws, label_of


@dataclass(frozen=True)
class Case:
    """How a case turns an ordinary trial's leaves into its own, and which leaves it starts from."""

    needs: str = ""
    """label, batch, relu, softmax, both of softmax and label, or any shape: what the rubric must have for it"""
    numbers: Literal["integers", "eighths", "fine"] = "eighths"
    change: Callable[[Draws, dict[str, Quantity], int], dict[str, Quantity]] | None = None
    form: Mapping[str, Any] | None = None
    """fields of the Trial that the case sets"""
    square: bool = False
    extreme: bool = False
    """the softmax saturates: the best score must then lead by far"""
    tells: bool = True
    """whether the expected value must differ from zero"""
    axes: tuple[int, ...] = (1,)
    """of the inputs of any shape, in turn; 0 is a plain number"""


def fixed_input(rubric: Rubric, case: str) -> tuple[str, float] | None:
    """The single number that the case `<input> = <number>` fixes; None if it names no such input."""
    name, _, number = (part.strip() for part in case.partition("="))
    leaf = rubric.inputs.get(name)
    if leaf is None or leaf.shape or leaf.kind != "real":
        return None
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or (value < 0 and not leaf.negative):
        wanted = "a number" if leaf.negative else "a number that is not negative"
        raise RubricError(f"the case {case!r} does not fix an input; write '{name} = <number>' with {wanted}")
    return name, value


def fixed_dimension(rubric: Rubric, case: str) -> tuple[str, int]:
    name, _, size = (part.strip() for part in case.partition("="))
    if name not in rubric.dimensions or not size.isdigit() or not 1 <= int(size) <= 1000:
        raise RubricError(
            f"the case {case!r} does not fix a dimension; write '<dimension> = <size>' with one of "
            f"{', '.join(rubric.dimensions)}, and a size from 1 to 1000"
        )
    return name, int(size)


def _with_labels(draws: Draws, leaves: dict[str, Quantity], pick: Callable[[int, int], int]) -> dict[str, Quantity]:
    """The same leaves with the label of place i set to first + pick(i, classes)."""
    name = label_of(draws.rubric) or ""
    leaf, old = draws.rubric.inputs[name], np.asarray(leaves[name])
    classes = _classes(draws)
    labels = np.array([leaf.first + pick(i, classes) for i in range(old.size)], dtype=np.int64)
    return {**leaves, name: labels.reshape(old.shape) if old.shape else int(labels[0])}


def _classes(draws: Draws) -> int:
    return draws.dimensions[draws.rubric.inputs[label_of(draws.rubric) or ""].classes or ""]


def _first_class(draws: Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    """The first class everywhere, or at the head of a batch."""
    return _with_labels(draws, leaves, lambda i, m: 0 if i == 0 else draws.integer(0, m - 1))


def _last_class(draws: Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    return _with_labels(draws, leaves, lambda i, m: m - 1 if i == 0 else draws.integer(0, m - 1))


def _repeated_labels(draws: Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    label = draws.integer(0, _classes(draws) - 1)
    return _with_labels(draws, leaves, lambda i, m: label)


def _class_absent(draws: Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    """The last class is absent from the batch, or, every second time, the first."""
    shift = index % 2
    return _with_labels(draws, leaves, lambda i, m: shift + draws.integer(0, m - 2))


def _moved(
    draws: Draws, leaves: dict[str, Quantity], goal: Callable[[int, float], float | None]
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


def at_zero(draws: Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    units = draws.shuffled(list(range(len(np.atleast_1d(np.asarray(leaves[draws.activation("relu")[1]]))))))
    chosen = set(units[: max(1, (len(units) + 1) // 2)]) if index else set(units)
    return _moved(draws, leaves, lambda j, here: 0.0 if j in chosen else None)


def _near_zero(draws: Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    """Just above 0 and just below it in turn: 2**-18, which float32 still adds exactly to small integers."""
    return _moved(draws, leaves, lambda j, here: 2.0**-18 if (j + index) % 2 == 0 else -(2.0**-18))


def _dead(draws: Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    of, bias = draws.activation("relu")
    value = draws.value(of, leaves)
    top = value.reshape(-1, value.shape[-1]).max(axis=0)
    return {**leaves, bias: np.asarray(leaves[bias]) - np.maximum(top, 0.0) - 1.0}


def _saturated(draws: Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    """Scores a thousand apart, all probabilities 0 or 1: the last class leads, the first, and far below 0 any one."""
    bias = draws.activation("softmax")[1]
    old = np.asarray(leaves[bias])
    steps = list(range(old.shape[-1]))
    steps = [steps, steps[::-1], draws.shuffled(steps)][index % 3]
    return {**leaves, bias: old + 1024.0 * np.array(steps) - (8192.0 if index % 3 == 2 else 1024.0)}


def _small_probabilities(draws: Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    """The first example's scores 2.25 apart: probabilities of about 0.9, 0.1, 0.01, 0.001 and so on."""
    return _scores_apart(draws, leaves, 2.25)


def _scores_apart(draws: Draws, leaves: dict[str, Quantity], step: float) -> dict[str, Quantity]:
    of, bias = draws.activation("softmax")
    here = draws.value(of, leaves).reshape(-1, np.shape(leaves[bias])[-1])[0]
    goal = -step * np.array(draws.shuffled(list(range(len(here)))), dtype=np.float64)
    return {**leaves, bias: np.asarray(leaves[bias]) + (goal - here)}


def some_zeros(draws: Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    """About half of the entries of each array of real numbers are 0; of a single entry, every other time."""
    changed = dict(leaves)
    for name, leaf in draws.rubric.inputs.items():
        if leaf.kind == "real" and np.ndim(leaves[name]):
            value = np.array(leaves[name], dtype=np.float64)
            places = draws.shuffled(list(range(value.size)))
            value.flat[places[: (value.size + draws.integer(0, 1)) // 2]] = 0.0
            changed[name] = value
    return changed


def _scaled(factor: float) -> Callable[[Draws, dict[str, Quantity], int], dict[str, Quantity]]:
    def change(draws: Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
        real = [name for name, leaf in draws.rubric.inputs.items() if leaf.kind == "real"]
        return {**leaves, **{name: np.asarray(leaves[name]) * factor for name in real}}

    return change


def _shifted_scores(draws: Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    """All scores 1024 higher, or, every second time, lower: the probabilities stay as they are."""
    bias = draws.activation("softmax")[1]
    return {**leaves, bias: np.asarray(leaves[bias]) + (-1024.0 if index % 2 else 1024.0)}


def _leading_class(draws: Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    """The label is the class that leads by a thousand, its probability is 1; or, every fourth time, by six alone."""
    leaves = _saturated(draws, leaves, index) if index % 4 < 3 else _scores_apart(draws, leaves, 6.0)
    value = draws.value(draws.activation("softmax")[0], leaves)
    best = np.argmax(value.reshape(-1, value.shape[-1]), axis=1)
    return _with_labels(draws, leaves, lambda i, m: int(best[i]))


def _positive_and_negative(draws: Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    """A plain number is positive and negative in turn."""
    free = [name for name, leaf in draws.rubric.inputs.items() if leaf.any_shape]
    return {**leaves, **{name: (-1.0 if index % 2 else 1.0) * abs(float(leaves[name])) for name in free}}


def _all_zeros(draws: Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    """Every real input is 0, and not -0."""
    real = [name for name, leaf in draws.rubric.inputs.items() if leaf.kind == "real"]
    return {**leaves, **{name: np.abs(leaves[name]) * 0.0 for name in real}}


def _thousands(draws: Draws, leaves: dict[str, Quantity], index: int) -> dict[str, Quantity]:
    """Most entries of the inputs of any shape are 1000 or -1000, both in turn, then all the one, then all the other."""
    signs = ((1, -1), (1,), (-1,))[index % 3]
    changed: dict[str, Quantity] = {}
    for name in (name for name, leaf in draws.rubric.inputs.items() if leaf.any_shape):
        value = np.array(leaves[name])
        places = draws.shuffled(list(range(value.size)))[max(1, value.size // 3) :]
        for count, place in enumerate(places):
            value.flat[place] = 1000.0 * signs[count % len(signs)]
        changed[name] = value
    return {**leaves, **changed}


OTHER_HIDDEN_LAYER = "same output, other hidden layer"
"""a saturated softmax; from the second trial on the same one above another hidden layer"""

CASES: dict[str, Case] = {
    "small integers": Case(numbers="integers"),
    "random shapes": Case(),
    "square shapes": Case(square=True),
    "large shapes": Case(numbers="fine"),
    "larger batch": Case(needs="batch", numbers="fine"),
    "first class": Case(needs="label", change=_first_class),
    "last class": Case(needs="label", change=_last_class),
    "repeated labels": Case(needs="batch", change=_repeated_labels),
    "class absent": Case(needs="batch", change=_class_absent),
    "label as numpy integer": Case(needs="label", form={"label_form": "numpy"}),
    "label as 0-d array": Case(needs="label", form={"label_form": "0-d"}),
    "pre-activation at zero": Case(needs="relu", numbers="integers", change=at_zero, tells=False),
    "pre-activation near zero": Case(needs="relu", numbers="integers", change=_near_zero),
    "dead hidden layer": Case(needs="relu", numbers="integers", change=_dead, tells=False),
    "small probabilities": Case(needs="softmax", change=_small_probabilities),
    "saturated softmax": Case(needs="softmax", change=_saturated, extreme=True),
    "huge values": Case(needs="softmax", change=_scaled(64.0), extreme=True),
    "tiny values": Case(change=_scaled(2.0**-10), tells=False),
    "shifted scores": Case(needs="softmax", change=_shifted_scores),
    "leading class": Case(needs="softmax and label", change=_leading_class, tells=False),
    "some zeros": Case(change=some_zeros),
    "all zeros": Case(change=_all_zeros, tells=False),
    "1000 and -1000": Case(needs="any shape", change=_thousands),
    "any shape": Case(needs="any shape", numbers="integers", axes=(2, 3)),
    "plain number": Case(
        needs="any shape", axes=(0,), change=_positive_and_negative, tells=False, form={"after_success": True}
    ),
    "Fortran order": Case(form={"layout": "F"}, axes=(2,)),
    "strided inputs": Case(form={"layout": "strided"}, axes=(2,)),
    "negative strides": Case(form={"layout": "reversed"}, axes=(2,)),
    "same shapes": Case(form={"after_success": True}),
    "one input changed": Case(form={"after_success": True}),
    "same trial again": Case(form={"after_success": True}),
    OTHER_HIDDEN_LAYER: Case(needs="softmax", change=_saturated, extreme=True, form={"after_success": True}),
}
