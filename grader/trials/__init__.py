"""(rubric, seed, index) -> Trial: the only place where anything is drawn.

Every number drawn is an integer or a multiple of 1/8, so that products and sums of them are exact in floating
point: a pre-activation is the same on every machine and in whatever order a student adds it up, and one that is
exactly 0 is exactly 0 for everybody. Only Python's `random.Random.random` is drawn from, whose sequence is the same
on every machine and in every version.

Ordinary trials stay away from the kink of a relu and from a saturated softmax, so that a mistake about either costs
the check that is about it and no other. The cases, each used by name in a rubric, are the keys of CASES; besides
them, `<dimension> = <size>` fixes one dimension, `<input> = <number>` a single number, and the name of one of the
rubric's worked examples stands for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from grader.errors import RubricError
from grader.models import Criterion, Rubric, Trial
from grader.trials import draws as drawing
from grader.trials.cases import CASES, OTHER_HIDDEN_LAYER, Case, at_zero, fixed_dimension, fixed_input, some_zeros
from grader.trials.draws import (
    Draws,
    Evaluate,
    hidden_inputs,
    kink_matters,
    label_of,
    off_the_kinks,
    ordinary,
    scaled,
    tells_right_from_wrong,
    wide_gaps,
)
from grader.trials.examples import ExampleError, check_example, read_example

__all__ = ["CASES", "ExampleError", "check_case", "check_example", "draw", "draw_case", "read_example"]


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
                key = f"{rubric.homework}/{seed}/{criterion.function}/{check}/{case}"
                draws = Draws(rubric, (criterion.returns,), evaluate, key, index, may_be_zero=criterion.of_a_new_object)
                trial = _draw_one(draws, case, index, trials[0] if trials else None)
                trials.append(replace(trial, check=check, case=case))
    return tuple(trials)


def draw_case(
    rubric: Rubric, targets: Sequence[str], case: str, indices: Iterable[int], evaluate: Evaluate, first: Trial | None
) -> Iterator[Trial]:
    """Trials of one case that are of use for one of several quantities at least, whatever the rubric's checks ask for.

    A case that repeats a trial repeats `first`. They are others than those that `draw` gives. Raises RubricError.
    """
    for index in indices:
        key = f"{rubric.homework}/any of {len(targets)}/{case}"
        draws = Draws(rubric, tuple(targets), evaluate, key, index, may_be_zero=not targets)
        yield replace(_draw_one(draws, case, index, first), case=case)


def check_case(rubric: Rubric, case: str) -> None:
    """Raise RubricError unless the library has a case of this name and the rubric says what it needs."""
    if case in rubric.examples:
        return
    if "=" in case:
        if fixed_input(rubric, case) is None:
            fixed_dimension(rubric, case)
        return
    if case not in CASES:
        examples = f"; the examples: {', '.join(rubric.examples)}" if rubric.examples else ""
        raise RubricError(
            f"there is no case {case!r}; the cases are: {', '.join(CASES)}, and '<dimension> = <size>'{examples}"
        )
    needs = CASES[case].needs
    if needs in ("label", "softmax and label") and label_of(rubric) is None:
        raise RubricError(f"the case {case!r} needs an input of kind label, and the rubric has none")
    if needs == "batch" and (label_of(rubric) is None or not rubric.inputs[label_of(rubric) or ""].shape):
        raise RubricError(f"the case {case!r} needs a whole batch of labels; this rubric has one label or none")
    most = max(CASES[case].axes)
    if needs == "any shape" and not any(leaf.any_shape for leaf in rubric.inputs.values()):
        raise RubricError(f"the case {case!r} needs an input of shape 'any', and the rubric has none")
    if needs == "any shape" and len(rubric.dimensions) < most:
        raise RubricError(f"the case {case!r} needs {most} dimensions, one an axis; the rubric has fewer")
    kind = needs.partition(" ")[0]
    if kind in ("relu", "softmax") and not any(a.kind == kind for a in rubric.activations):
        raise RubricError(f"the case {case!r} needs an entry of kind {kind} under 'activations'")
    if case == OTHER_HIDDEN_LAYER and not any(a.kind == "relu" for a in rubric.activations):
        raise RubricError(f"the case {case!r} needs an entry of kind relu under 'activations'")


def _draw_one(draws: Draws, case: str, index: int, first: Trial | None) -> Trial:
    if case in ("same trial again", "same shapes", "one input changed"):
        if first is None:
            raise RubricError(f"the case {case!r} repeats the first trial of a criterion, so it can not be the first")
        if case == "same trial again":
            return replace(first, after_success=True)
    if case in draws.rubric.examples:
        return Trial("", case, *read_example(draws.rubric, case), given=True)
    if case == OTHER_HIDDEN_LAYER and index:
        return _other_hidden_layer(draws, _draw_one(draws.anew(0), case, 0, first), index)
    fixed = fixed_input(draws.rubric, case)
    recipe = CASES[case] if "=" not in case else Case()
    for _ in range(drawing.ATTEMPTS):
        draws.dimensions = _sizes(draws, case, recipe, first)
        draws.axes = _axes(draws, case, recipe, index, first)
        leaves = draws.leaves(
            {"integers": draws.small_integers, "eighths": draws.eighths, "fine": draws.fine}[recipe.numbers]
        )
        if fixed is not None:
            leaves[fixed[0]] = fixed[1]
        if case == "one input changed" and first is not None:
            name = list(leaves)[index % len(leaves)]
            if np.array_equal(leaves[name], first.leaves[name]):
                continue
            leaves = {**first.leaves, name: leaves[name]}
            if off_the_kinks(draws, leaves):
                return Trial("", case, draws.dimensions, leaves, after_success=True)
            continue
        if not ordinary(draws, leaves):
            continue
        if recipe.change is not None:
            leaves = recipe.change(draws, leaves, index)
        if recipe.extreme and not wide_gaps(draws, leaves, rows_apart=case == "huge values"):
            continue
        if recipe.change is at_zero and not kink_matters(draws, leaves):
            continue
        if recipe.change is some_zeros and not off_the_kinks(draws, leaves):
            continue
        if recipe.tells and not draws.may_be_zero and not tells_right_from_wrong(draws, leaves):
            continue
        return Trial("", case, draws.dimensions, leaves, **(recipe.form or {}))
    raise RubricError(
        f"no trial could be drawn for the case {case!r} of {draws.aim()} in {drawing.ATTEMPTS} attempts; "
        "widen the ranges under 'dimensions' or drop the case"
    )


def _axes(draws: Draws, case: str, recipe: Case, index: int, first: Trial | None) -> int:
    """How many axes the inputs of any shape have."""
    free = [name for name, leaf in draws.rubric.inputs.items() if leaf.any_shape]
    if free and first is not None and case in ("same shapes", "one input changed"):
        return np.ndim(first.leaves[free[0]])
    return min(recipe.axes[index % len(recipe.axes)], len(draws.dimensions))


def _other_hidden_layer(draws: Draws, before: Trial, index: int) -> Trial:
    """The trial before with another hidden layer under the same saturated output: other units active, or the same."""
    draws.dimensions = dict(before.dimensions)
    of, _ = draws.activation("relu")
    hidden = hidden_inputs(draws, before.leaves)
    active = draws.value(of, before.leaves) > 0
    for _attempt in range(drawing.ATTEMPTS):
        if index % 2:
            drawn = draws.leaves(draws.eighths)
            leaves = {**before.leaves, **{name: drawn[name] for name in hidden}}
        else:
            larger = {name: scaled(before.leaves[name], 2.0 ** draws.integer(1, 4)) for name in hidden}
            leaves = {**before.leaves, **larger}
        same_units = bool(((draws.value(of, leaves) > 0) == active).all())
        if (
            same_units != bool(index % 2)
            and off_the_kinks(draws, leaves)
            and wide_gaps(draws, leaves, rows_apart=False)
        ):
            return replace(before, leaves=leaves)
    raise RubricError(f"no other hidden layer could be drawn for {draws.aim()} in {drawing.ATTEMPTS} attempts")


def _sizes(draws: Draws, case: str, recipe: Case, first: Trial | None) -> dict[str, int]:
    rubric = draws.rubric
    if case in ("same shapes", "one input changed") and first is not None:
        return dict(first.dimensions)
    if "=" in case and fixed_input(rubric, case) is None:
        name, size = fixed_dimension(rubric, case)
        return {**draws.sizes(), name: size}
    if recipe.square:
        low = max(low for low, _ in rubric.dimensions.values())
        high = min(high for _, high in rubric.dimensions.values())
        size = draws.integer(max(low, min(2, high)), max(low, high))
        return {name: min(max(size, a), b) for name, (a, b) in rubric.dimensions.items()}
    if case == "large shapes":
        large = dict(
            zip(rubric.dimensions, draws.shuffled([11 + i for i in range(len(rubric.dimensions))]), strict=True)
        )
        fixed = {name: low for name, (low, high) in rubric.dimensions.items() if low == high}
        return {**large, **fixed}
    sizes = draws.sizes(widest=len(rubric.dimensions) - 1 if recipe.numbers == "integers" else None)
    label = label_of(rubric)
    if case == "larger batch" and label is not None:
        name = rubric.inputs[label].shape[0]
        return {**sizes, name: 40}
    if case == "small probabilities" and label is not None:
        classes = rubric.inputs[label].classes or ""
        return {**sizes, classes: rubric.dimensions[classes][1]}
    if case in ("repeated labels", "class absent") and label is not None:
        leaf = rubric.inputs[label]
        low, high = rubric.dimensions[leaf.classes or ""]
        return {**sizes, leaf.classes or "": min(max(3, low), high), leaf.shape[0]: max(2, sizes[leaf.shape[0]])}
    return sizes
