"""Is the rubric in order, whatever its reference computes: points, names, sentences, limits, tolerance?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from grader.audit.fresh import fresh_trials
from grader.diagnose.sentences import SENTENCES
from grader.homework import Homework
from grader.language import LANGUAGES, is_translated
from grader.models import Array, Quantity, Tolerance

SMALLEST_ERROR = 1e-3
"""relative: an error of this size must be found"""
_SHARE_OF_LIMIT = 0.1
_ROUNDING_ROOM = 10.0
"""how many times the disagreement of two right implementations the tolerance must be"""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that was looked at, and what was found; `fault` says what to do where it falls short."""

    what: str
    found: str
    fault: str = ""


def facts(homework: Homework) -> list[Fact]:
    """Everything about the form of a rubric."""
    return [
        *_points(homework),
        *_reachable(homework),
        *_shapes(homework),
        *_sentences(homework),
        *_aliases(homework),
        *_limits(homework),
        *_tolerance(homework),
    ]


# ---------------------------------------------------------------- points and checks


def _points(homework: Homework) -> Iterator[Fact]:
    rubric = homework.rubric
    if rubric.points is None:
        fault = f"the rubric does not say what its points add up to; add 'points: {rubric.max_score:g}'"
        yield Fact("points", f"{rubric.max_score:g}, not declared", fault)
    else:
        yield Fact("points", f"{rubric.max_score:g}, as declared")
    parts = [points for criterion in rubric.criteria for points in criterion.points.values()]
    fine = [points for points in parts if abs(points * 8 - round(points * 8)) > 1e-9]
    if fine:
        yield Fact(
            "parts of points", f"{fine[0]:g}", f"{fine[0]:g} points are no multiple of 1/8, and sums get rounded"
        )


def _reachable(homework: Homework) -> Iterator[Fact]:
    rubric = homework.rubric
    used = {check for criterion in rubric.criteria for check in criterion.points}
    unused = [check for check in rubric.checks if check not in used]
    for check in unused:
        yield Fact(
            f"check {check!r}", "in no criterion", f"no criterion gives points for it; strike the check {check!r}"
        )
    for criterion in rubric.criteria:
        if rubric.names != "exact":
            twins = [c.function for c in rubric.criteria if _bare(c.function) == _bare(criterion.function)]
            if len(twins) > 1 and criterion.function == twins[0]:
                names = " and ".join(twins)
                yield Fact("names", names, f"{names} differ by case or underscores only; use 'names: exact'")
    if not unused:
        yield Fact("checks", f"all {len(rubric.checks)} are used by some criterion, all their cases can be drawn")


def _shapes(homework: Homework) -> Iterator[Fact]:
    """Of a matrix that is always square, a transposed one has the right shape."""
    limits = homework.rubric.dimensions
    fixed = {name: low for name, (low, high) in limits.items() if low == high}
    faults = 0
    for name, leaf in homework.rubric.inputs.items():
        sizes = [fixed.get(letter, 0) for letter in leaf.shape] if isinstance(leaf.shape, tuple) else []
        if len(sizes) > 1 and len(set(leaf.shape)) > 1 and sizes[0] and len(set(sizes)) == 1:
            faults += 1
            letters = " and ".join(leaf.shape)
            fault = f"{letters} are always {sizes[0]}, so a transposed {name} has the right shape; widen a range"
            yield Fact("shapes", f"{name} is always square", f"{fault} under 'dimensions'")
    if not faults:
        yield Fact("shapes", "no input is always square")


def _bare(name: str) -> str:
    return name.replace("_", "").lower()


# ---------------------------------------------------------------- sentences


def _sentences(homework: Homework) -> Iterator[Fact]:
    """A language is spoken whole or not at all: the rubric's own, and any that knows some of its sentences."""
    ours = set(SENTENCES.values())
    feedback = [each.feedback for each in homework.misconceptions]
    for language in LANGUAGES:
        texts = [*feedback, *(homework.rubric.checks if homework.rubric.language == language else ())]
        own = list(dict.fromkeys(text for text in texts if text and text not in ours))
        if language == "en" or not own:
            continue
        missing = [text for text in own if not is_translated(text, language)]
        if homework.rubric.language == language or len(missing) < len(own) / 2:
            found = f"{len(own) - len(missing)} of {len(own)} sentences"
            fault = f"not translated into {language}: {missing[0]!r}" if missing else ""
            more = f", and {len(missing) - 1} more" if len(missing) > 1 else ""
            yield Fact(f"language {language}", found, f"{fault}{more}" if fault else "")
    if homework.misconceptions:
        yield Fact("known mistakes", f"{len(homework.misconceptions)}, each with a sentence for the student")


# ---------------------------------------------------------------- other names


_MEANING = {
    "label": {"y", "label", "labels", "target", "targets", "y_true", "ytrue", "t"},
    "scores": {"logits", "scores", "z_out", "logit"},
    "probabilities": {"probs", "probabilities", "y_hat", "yhat", "y_pred", "ypred", "proba", "p"},
    "data": {"inputs", "input", "features", "data", "x_batch", "xb"},
}
"""what a name means in every course"""


def _aliases(homework: Homework) -> Iterator[Fact]:
    rubric, graph = homework.rubric, homework.graph
    known = graph.quantities | set(rubric.inputs) | set(rubric.dimensions)
    softmaxed = {a.of for a in rubric.activations if a.kind == "softmax"}
    roles = {name: "label" for name, leaf in rubric.inputs.items() if leaf.kind == "label"}
    roles |= dict.fromkeys(softmaxed, "scores")
    roles |= {
        q: "probabilities" for q in graph.quantities if len(graph.needs(q)) == 1 and graph.needs(q)[0] in softmaxed
    }
    biases = {a.moved_by for a in rubric.activations}
    weights = {name for name, leaf in rubric.inputs.items() if len(leaf.shape) == 2 and name.lower().startswith("w")}
    roles |= {name: "data" for name in rubric.inputs if name not in roles and name not in biases | weights}
    count, faults = 0, 0
    places = [rubric.aliases, *(criterion.aliases for criterion in rubric.criteria)]
    for quantity, alias in (
        (quantity, alias) for aliases in places for quantity, names in aliases.items() for alias in names
    ):
        count += 1
        fault = ""
        near = [name for name in known if _bare(name) == _bare(alias) and name != quantity]
        meant = next((role for role, names in _MEANING.items() if alias.lower() in names), "")
        if alias in known:
            fault = f"{alias!r} is an alias of {quantity!r}, and a quantity itself: the alias never counts; strike it"
        elif near:
            fault = f"{alias!r} is an alias of {quantity!r}, and reads like {near[0]!r}; strike it"
        elif meant and roles.get(quantity, meant) != meant:
            fault = (
                f"{alias!r} is an alias of {quantity!r}, and everybody reads it as the {meant}; swap it or strike it"
            )
        if fault:
            faults += 1
            yield Fact("aliases", f"{quantity}: {alias}", fault)
    if not faults:
        yield Fact("aliases", f"{count}, each of one quantity")


# ---------------------------------------------------------------- limits


def _limits(homework: Homework) -> Iterator[Fact]:
    """The reference at the largest sizes that are drawn, against the limit of one call."""
    slowest, function = 0.0, ""
    for criterion in homework.rubric.criteria:
        numbers = homework.numbers[criterion.function, 0]
        largest = max(numbers, key=lambda n: sum(np.size(v) for v in homework.calls.calls[n].values.values()))
        trial = homework.trials[criterion.function][numbers.index(largest)]
        given = {**homework.conventions[0].constants, **trial.dimensions, **trial.leaves}
        spent = min(_seconds(homework, criterion.function, given) for _ in range(3))
        if spent >= slowest:
            slowest, function = spent, criterion.function
    limit = homework.rubric.limits.seconds
    fault = ""
    if slowest > _SHARE_OF_LIMIT * limit:
        fault = (
            f"the reference's {function} takes {slowest:.2g} s at the largest sizes, and a student's call may take "
            f"{limit:g} s: less than ten times that; set 'limits: {{seconds: {_rounded_up(10 * slowest):g}}}'"
        )
    yield Fact("time limit", f"{limit:g} s a call; the reference takes less than {_readable(slowest)}", fault)


def _seconds(homework: Homework, function: str, given: dict[str, Quantity]) -> float:
    started = time.perf_counter()
    with np.errstate(all="ignore"):
        homework.graph.evaluate((function,), given)
    return time.perf_counter() - started


def _readable(seconds: float) -> str:
    """A bound that does not change from run to run: the next of 1 ms, 10 ms, 100 ms, 1 s and so on."""
    bound = 0.001
    while seconds > bound:
        bound *= 10
    return f"{bound:g} s"


def _rounded_up(seconds: float) -> float:
    return float(np.ceil(seconds * 2) / 2)


# ---------------------------------------------------------------- tolerance


def _tolerance(homework: Homework) -> Iterator[Fact]:
    """Neither wider than an error of one in a thousand, nor tighter than two right implementations disagree."""
    for place in range(len(homework.conventions)):
        for criterion in homework.rubric.criteria:
            if criterion.returns != criterion.function or criterion.of_a_new_object:
                continue  # a property is right or wrong, and what a new object has may be 0 everywhere
            key = criterion.function, place
            aims = homework.aims[key]
            worse = [value * (1 + SMALLEST_ERROR) for value in aims.values]
            if all(aims.agree(worse)):
                yield Fact(
                    "tolerance",
                    _written(aims.tolerance),
                    f"{criterion.function} may be off by {SMALLEST_ERROR:g} of its value in every trial; "
                    "set a smaller rtol",
                )
                return
            rounding = _rounding(homework, criterion.function, place)
            room = min((_bound(value, aims.tolerance) / _ROUNDING_ROOM for value in aims.values), default=0.0)
            if rounding > room:
                yield Fact(
                    "tolerance",
                    _written(aims.tolerance),
                    f"two right implementations of {criterion.function} differ by up to {rounding:.1g} through "
                    "rounding; set a larger rtol or atol",
                )
                return
            single = _in_single_precision(homework, criterion.function, place)
            if not all(aims.agree(single)):
                index = aims.agree(single).index(False)
                case = homework.trials[criterion.function][index].case
                yield Fact(
                    "tolerance",
                    _written(aims.tolerance),
                    f"{criterion.function} in single precision does not pass the case {case!r}; "
                    "draw numbers that float32 can hold, or leave the case out",
                )
                return
    yield Fact(
        "tolerance",
        f"{_written(homework.rubric.tolerance)}: {SMALLEST_ERROR:g} is found, float32 and another rounding pass",
    )


def _written(tolerance: Tolerance) -> str:
    return f"rtol {tolerance.rtol:g}, atol {tolerance.atol:g}"


def _bound(value: Array, tolerance: Tolerance) -> float:
    return float(tolerance.atol + tolerance.rtol * np.abs(value).max(initial=0.0))


def _rounding(homework: Homework, function: str, place: int) -> float:
    """The largest difference that rounding makes: the reference in double and in extended precision."""
    fresh = fresh_trials(homework, function, place).some(60)
    constants = homework.conventions[place].constants
    most = 0.0
    for trial, aim in zip(fresh.trials, fresh.expected, strict=True):
        exact = {name: _extended(value) for name, value in trial.leaves.items()}
        try:
            with np.errstate(all="ignore"):
                given = {**constants, **trial.dimensions, **exact}
                value = np.asarray(homework.graph.evaluate((function,), given)[function], dtype=float)
        except TypeError:  # a function that knows no extended precision
            continue
        if value.shape == aim.shape and value.size:
            most = max(most, float(np.abs(value - aim).max() / max(1.0, np.abs(aim).max())))
    return most


def _extended(value: Quantity) -> Quantity:
    array = np.asarray(value)
    return value if array.dtype.kind != "f" else (array.astype(np.longdouble) if array.ndim else np.longdouble(array))


def _in_single_precision(homework: Homework, function: str, place: int) -> list[Array]:
    """What the reference gives in each trial if all that it gets, and all that it gives, is float32."""
    constants = homework.conventions[place].constants
    criterion = next(each for each in homework.rubric.criteria if each.function == function)
    needs = homework.graph.needs(function) if criterion.object is None else tuple(homework.rubric.inputs)
    found = []
    for number, trial in zip(homework.numbers[function, place], homework.trials[function], strict=True):
        call = homework.calls.calls[number]
        given = {
            **constants,
            **trial.dimensions,
            **{name: _single(call.values[name]) for name in needs if name in call.values},
        }
        with np.errstate(all="ignore"):
            found.append(np.asarray(homework.graph.evaluate((function,), given)[function]).astype(np.float32))
    return found


def _single(value: Quantity) -> Quantity:
    array = np.asarray(value)
    return array.astype(np.float32) if array.dtype.kind == "f" and array.ndim else value
