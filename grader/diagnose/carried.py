"""An error carried forward: is a function right for the student's own wrong value of something before it?

A function that computes an earlier quantity itself, or calls the student's own function for it, is judged again with
the student's value of that quantity given to the graph. The student's function is called for it on the later function's
trials. Nothing is carried through a value that no longer depends on anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from grader.compare import is_column
from grader.diagnose.evidence import Evidence, Found, Value, same
from grader.diagnose.known import as_value, known_of
from grader.homework import Homework
from grader.models import Array, Call, Calls, Happened, Outcome, Quantity

Pair = tuple[str, str]
"""(a function that failed, an earlier one that failed too)"""

_MOST_CALLS = 1500


def pairs(homework: Homework, failing: Mapping[str, Evidence]) -> list[Pair]:
    """What each function may carry: the first earlier one that fails, where most errors begin; else the nearest."""
    graph = homework.graph
    order = [criterion.function for criterion in homework.rubric.criteria if criterion.function in failing]
    first: list[Pair] = []
    nearest: list[Pair] = []
    direct: list[Pair] = []
    for function, evidence in failing.items():
        earlier = [
            other
            for other in order
            if other != function
            and other not in evidence.asks
            and quantity_of(homework, other) in graph.ancestors(function)
            and graph.reaches(function, quantity_of(homework, other), evidence.asks)
        ]
        earlier.sort(key=lambda name: len(graph.ancestors(quantity_of(homework, name))))
        if earlier:
            first.append((function, earlier[0]))
        if len(earlier) > 1:
            nearest.append((function, earlier[-1]))
        direct += [(function, other) for other in earlier if _is_direct(homework, function, other)]
    return list(dict.fromkeys([*first, *nearest, *direct]))


def _is_direct(homework: Homework, function: str, other: str) -> bool:
    """Whether several errors may be carried at once: a property of an object has all that it is made of from others."""
    quantity = quantity_of(homework, function)
    return quantity != function and quantity_of(homework, other) in homework.graph.needs(quantity)


def quantity_of(homework: Homework, function: str) -> str:
    """What a student's function gives: its own quantity, or the one that it is a property of."""
    return next((each.returns for each in homework.rubric.criteria if each.function == function), function)


def calls_for(homework: Homework, wanted: Sequence[Pair], failing: Mapping[str, Evidence]) -> tuple[Calls, list[Pair]]:
    """The calls of the earlier functions on the later ones' trials, and the pair that each call is for."""
    calls: list[Call] = []
    of_pair: list[Pair] = []
    offered = {each.name: each.offered for each in homework.calls.wanted}
    for function, other in wanted:
        evidence = failing[function]
        if len(calls) + len(evidence.trials) > _MOST_CALLS:
            break
        for given in _everything(homework, evidence):
            with np.errstate(all="ignore"):
                values = homework.graph.evaluate(failing[other].asks, given)
            # What the student's function does not ask for need not be sent.
            nothing = dict.fromkeys(offered[other], 0.0)
            calls.append(Call(other, {**nothing, **{name: _plain(value) for name, value in values.items()}}))
            of_pair.append((function, other))
    return Calls(homework.calls.wanted, tuple(calls), lasting=False), of_pair


def _plain(value: Quantity) -> Quantity:
    """As it can be sent: a contiguous array of floats or integers, or a number."""
    if not isinstance(value, np.ndarray):
        return value
    return value.item() if value.ndim == 0 else np.ascontiguousarray(value)


def carried(
    homework: Homework,
    of_pair: Sequence[Pair],
    outcomes: Mapping[int, Outcome],
    failing: Mapping[str, Evidence],
) -> dict[str, str]:
    """function -> the earlier one whose error it carries."""
    own: dict[Pair, list[Value]] = defaultdict(list)
    for number, pair in enumerate(of_pair):
        outcome = outcomes.get(number)
        own[pair].append(outcome.value if outcome is not None and outcome.happened is Happened.VALUE else None)
    found: dict[str, str] = {}
    for (function, other), values in own.items():
        evidence = failing[function]
        if function not in found and _is_carried(homework, evidence, {other: values}):
            found[function] = other
    for function in dict.fromkeys(function for function, _ in own):
        together = {o: v for (f, o), v in own.items() if f == function and _is_direct(homework, function, o)}
        if function not in found and len(together) > 1 and _is_carried(homework, failing[function], together):
            found[function] = ", ".join(together)
    return found


def carried_by_name(
    homework: Homework, wanted: Sequence[Pair], found: Mapping[str, Found], failing: Mapping[str, Evidence]
) -> dict[str, str]:
    """The same where the earlier one's mistake is proven: it gives the student's values, nothing need be called."""
    known = known_of(homework)
    carriers: dict[str, str] = {}
    for function, other in wanted:
        place = found[other].place if other in found else None
        if (
            function in carriers
            or place is None
            or homework.misconceptions[place].quantity != quantity_of(homework, other)
        ):
            continue
        values: list[Value] = []
        for given in _everything(homework, failing[function]):
            made = known.replaced(given, place)
            values.append(None if made is None else as_value(made[quantity_of(homework, other)]))
        if _is_carried(homework, failing[function], {other: values}):
            carriers[function] = other
    return carriers


def _everything(homework: Homework, evidence: Evidence) -> Iterator[dict[str, Quantity]]:
    """All that is known in each trial: constants, sizes, leaves, and what was on offer."""
    constants = homework.conventions[evidence.convention].constants
    for call, trial in zip(evidence.calls, evidence.trials, strict=True):
        yield {**constants, **trial.dimensions, **trial.leaves, **call.values}


def _is_carried(homework: Homework, evidence: Evidence, values: Mapping[str, Sequence[Value]]) -> bool:
    """Whether a function is right for the student's values of one earlier function, or of several."""
    known, graph = known_of(homework), homework.graph
    carried_by: dict[str, list[Value]] = {}
    for function, own in values.items():
        quantity = quantity_of(homework, function)
        with np.errstate(all="ignore"):
            right = [
                np.asarray(graph.evaluate((quantity,), given)[quantity], dtype=float)
                for given in _everything(homework, evidence)
            ]
        shaped = [_shaped(value, aim) for value, aim in zip(own, right, strict=True)]
        for value, aim in zip(shaped, right, strict=True):
            if value is not None and (value.shape != aim.shape or not np.isfinite(value).all()):
                return False  # what is not even a value of this quantity carries nothing
        if _is_trivial(shaped, right, evidence):
            return False
        carried_by[quantity] = shaped

    def expected(index: int) -> Value:
        wrong = {quantity: shaped[index] for quantity, shaped in carried_by.items()}
        given = known.given(evidence, evidence.calls[index], evidence.trials[index])
        for quantity, value in wrong.items():
            if value is None:
                return None
            given[quantity] = value
        try:
            with np.errstate(all="ignore"):
                return as_value(graph.evaluate((evidence.function,), given)[evidence.function])
        except Exception:  # a value of the wrong shape fails as it likes
            return None

    through = [expected(index) for index in range(len(evidence.trials))]
    # That the right value of a property is the same everywhere says nothing.
    aims = through if quantity_of(homework, evidence.function) != evidence.function else evidence.expected
    if _is_trivial(through, aims, evidence):  # type: ignore[arg-type]
        return False
    return evidence.explained_by(lambda index: through[index])


def _shaped(value: Value, aim: Array) -> Value:
    """A vector that came as a column or a row, as a vector."""
    return value.reshape(aim.shape) if value is not None and is_column(value.shape, aim.shape) else value


def _is_trivial(values: Sequence[Value], right: Iterable[Array], evidence: Evidence) -> bool:
    """Whether the value is zero, or the same wherever the right one changes: then nothing can be seen through it."""
    seen = [(v, r) for v, r in zip(values, right, strict=True) if v is not None]
    if not seen or not any(np.any(np.nan_to_num(v)) for v, _ in seen):
        return True
    by_shape: dict[tuple[int, ...], list[tuple[Array, Array]]] = defaultdict(list)
    for value, aim in seen:
        by_shape[aim.shape].append((value, aim))
    for group in by_shape.values():
        first, aim = group[0]
        for value, other in group[1:]:
            if not same(aim, other, evidence.tolerance) and not same(first, value, evidence.tolerance):
                return False
    return True
