"""Is each gradient of the reference the derivative that the rubric says? Proven by differences, never by formulas.

The derived quantity is evaluated with the other one moved along a coordinate or a random direction, on both sides; the
central differences of halved steps are extrapolated (Richardson), and the step with the least estimated error is taken
(Ridders 1982). A relu's argument that changes its sign on the way makes a kink: the step is shortened until it does
not, and very near to a kink the units are held as they are. Where a relu's argument is exactly 0 the value that the
rubric declares there (`at_zero`) is tested apart: with the units held, by differences, and, in the functions that see
the argument themselves, bit by bit. The points are fresh trials of all kinds, and, along random directions, the
rubric's own.

A derivative of 0 that is found to be 0 proves little and is counted apart; a gradient that is nowhere anything else is
a shortcoming.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from inspect import Parameter, Signature
from itertools import pairwise
from typing import Any

import numpy as np

from grader.audit.fresh import fresh_trials
from grader.homework import Homework
from grader.models import Array, Gradient, Quantity
from grader.quantities import Graph

ACHIEVED = 1e-6
"""a relative error up to which differences agree; about 1e-9 is normal"""
_COORDINATES = 12
_DIRECTIONS = 3
_STEPS = 7
_SHORTEST = 2.0**-8
_ROUNDING = 1e-10
"""relative to the loss: a million times its rounding, because the error is to be known to 1e-6"""


@dataclass
class Proof:
    """What differences say about one gradient under one convention."""

    function: str
    convention: str
    of: str
    wrt: str
    tested: int = 0
    """derivatives that are not 0 and agree, or do not"""
    zeros: int = 0
    """derivatives that are 0 on both sides, or too small for the loss to show"""
    kinks: int = 0
    """left out, because a kink is too near"""
    at_kinks: int = 0
    """derivatives where a unit is exactly at 0, tested with all units held"""
    error: float = 0.0
    """the largest error relative to the gradient's largest entry"""
    faults: list[str] = field(default_factory=list)
    """where it is another number than the differences"""
    unproven: list[str] = field(default_factory=list)
    """where differences can not say"""

    @property
    def agrees(self) -> bool:
        """Whether the gradient is proven."""
        return not self.faults and not self.unproven


def declared(homework: Homework) -> list[tuple[str, int]]:
    """The gradients that the rubric declares: function and place of the convention."""
    places = range(len(homework.conventions))
    return [(each.function, place) for each in homework.rubric.criteria if each.gradient for place in places]


def proofs_of(homework: Homework, function: str) -> list[Proof]:
    """What differences say about one gradient under each convention; taken once, where none has a say in it."""
    constants = set().union(*(convention.constants for convention in homework.conventions))
    criterion = next(each for each in homework.rubric.criteria if each.function == function)
    behind = homework.graph.ancestors(criterion.gradient.of) if criterion.gradient else frozenset()
    known: _Known = {}
    places = range(len(homework.conventions))
    return [proof_of(homework, function, place, known={} if constants & behind else known) for place in places]


def proof_of(
    homework: Homework, function: str, place: int, graph: Graph | None = None, known: _Known | None = None
) -> Proof:
    """What differences say about one gradient; `graph` in place of the reference's own, `known` those taken before."""
    criterion = next(each for each in homework.rubric.criteria if each.function == function)
    gradient, graph = criterion.gradient, graph or homework.graph
    if gradient is None:
        raise ValueError(f"{function} is not declared as a gradient")
    convention = homework.conventions[place]
    proof = Proof(criterion.function, convention.title or "", gradient.of, gradient.wrt)
    fresh = fresh_trials(homework, criterion.function, place).one_of_each()
    random = np.random.Generator(np.random.PCG64(0))
    own = homework.trials[function]
    for number, trial in enumerate((*fresh.trials, *own)):
        choice = _Choice(random, _COORDINATES, _DIRECTIONS) if number < len(fresh.trials) else _Choice(random, 0, 1)
        in_other_form = trial.layout != "C" or trial.label_form != "plain"
        if in_other_form or trial.case in ("same trial again", "same shapes"):
            continue  # to the reference, it is another trial of a kind that it has had
        given = {**convention.constants, **trial.dimensions, **trial.leaves}
        scale = trial.dimensions[gradient.times[convention.title]] if convention.title in gradient.times else 1
        try:
            with np.errstate(all="ignore"):
                taken = partial(_taken, {} if known is None else known, number)
                _test(homework, graph, proof, gradient, given, scale, choice, taken)
        except Exception as error:
            proof.faults.append(f"{trial.case}: the reference fails: {type(error).__name__}: {error}")
        if len(proof.faults) + len(proof.unproven) > 2:
            break
    if not proof.tested and proof.agrees:
        proof.unproven.append("no derivative other than 0 was met, so nothing is proven")
    return proof


def _test(
    homework: Homework,
    graph: Graph,
    proof: Proof,
    gradient: Gradient,
    given: Mapping[str, Quantity],
    scale: float,
    choice: _Choice,
    taken: Callable[..., tuple[float, float]],
) -> None:
    values = graph.evaluate((proof.function, gradient.wrt, gradient.of), given)
    claimed, point = np.asarray(values[proof.function], dtype=float), np.asarray(values[gradient.wrt], dtype=float)
    if not np.isfinite(values[gradient.of]).all():
        if np.isfinite(claimed).all():
            proof.unproven.append(
                f"{gradient.of} is {float(np.sum(values[gradient.of])):g} on some trials where its gradient is finite; "
                "write it so that it stays finite (log-sum-exp)"
            )
        return
    if claimed.shape != point.shape:
        proof.faults.append(f"its shape {claimed.shape} is not that of {gradient.wrt}, {point.shape}")
        return
    kinks = _Kinks(homework, graph, given)
    held = kinks.held()

    behind = (graph.ancestors(gradient.of) & graph.quantities) - {gradient.wrt}
    unmoved = [name for name in behind if gradient.wrt not in graph.ancestors(name)]
    before = {through: through.evaluate(unmoved, given) for through in (graph, held)}

    def at(moved: Array, through: Graph = graph) -> dict[str, Quantity]:
        copies = {
            name: value.copy() if isinstance(value, np.ndarray) else value for name, value in before[through].items()
        }
        return {**given, **copies, gradient.wrt: moved if moved.ndim else float(moved)}

    def loss(moved: Array, through: Graph) -> float:
        return float(np.sum(through.evaluate((gradient.of,), at(moved, through))[gradient.of]))

    if kinks.on_zero:
        proof.faults += kinks.declared_values(proof.function)
    largest = float(np.abs(claimed).max(initial=0.0))
    for direction in choice.directions(point):
        slope = float(np.sum(claimed * direction))
        step = 2.0**-4
        while (
            not kinks.on_zero
            and step >= _SHORTEST
            and any(kinks.changed(at(point + side * direction)) for side in (step, -step))
        ):
            step /= 4
        near = kinks.on_zero or step < _SHORTEST  # at a kink, or so near that only what lies on this side of it counts
        step = 2.0**-4 if near else step
        along = partial(_moved, loss, point, direction, held if near else graph)
        derivative, estimated = taken(direction, near, along, step, scale)
        for shorter in (_until_zero(point, direction), 2.0**-12, 2.0**-16, 2.0**-20):
            if abs(derivative - slope) <= ACHIEVED * abs(slope):
                break
            if shorter < step:  # an entry passed through 0 on the way, where an absolute value has its kink
                other, its_error = taken(direction, near, along, shorter, scale)
                if abs(other - slope) < abs(derivative - slope):
                    derivative, estimated = other, its_error
        size = max(largest * float(np.abs(direction).sum()), abs(derivative))
        unseen = _ROUNDING * abs(scale * along(0.0)) / step  # what a rounded loss can not show
        if not np.isfinite(derivative) or not np.isfinite(slope):
            proof.faults.append(f"the derivative by {gradient.wrt} is {derivative:g} and the reference gives {slope:g}")
            return
        if size <= unseen or (slope == 0 and abs(derivative) <= max(1e-9, 10 * estimated)):
            proof.zeros += 1
            continue
        error = abs(derivative - slope) / max(size, 1e-12)
        if error > max(ACHIEVED, 10 * estimated / max(size, 1e-12)) or (estimated > 1e-3 * size and size > 1e-6):
            if _bends(along):
                proof.kinks += 1
                continue
            proof.faults.append(
                f"the reference gives {slope:.9g} where differences of {gradient.of} by {gradient.wrt} give "
                f"{derivative:.9g}{' (at a kink)' if kinks.on_zero else ''}"
            )
            return
        proof.tested += 1
        proof.at_kinks += kinks.on_zero
        proof.error = max(proof.error, error)


def _moved(
    loss: Callable[[Array, Graph], float], point: Array, direction: Array, through: Graph, distance: float
) -> float:
    return loss(point + distance * direction, through)


@dataclass(frozen=True)
class _Choice:
    """Coordinates, all or some of them, and directions at random."""

    random: np.random.Generator
    coordinates: int
    at_random: int

    def directions(self, point: Array) -> Iterator[Array]:
        many = min(point.size, self.coordinates)
        for place in range(many) if many == point.size else self.random.choice(point.size, many, replace=False):
            unit = np.zeros(point.size)
            unit[place] = 1.0
            yield unit.reshape(point.shape)
        for _ in range(self.at_random if point.size > 1 or not many else 0):
            yield np.asarray(self.random.standard_normal(point.shape))


def _until_zero(point: Array, direction: Array) -> float:
    """Half of the way to where the first entry is 0 that is not; infinite where none ever is."""
    moving = (point != 0) & (direction != 0)
    return float(np.abs(point[moving] / direction[moving]).min(initial=np.inf)) / 2


_Known = dict[tuple[int, bytes, bool, float], tuple[float, float]]
"""derivatives and their errors, by trial, direction, whether units are held, and step"""


def _taken(
    known: _Known,
    trial: int,
    direction: Array,
    held: bool,
    along: Callable[[float], float],
    step: float,
    scale: float,
) -> tuple[float, float]:
    """So many times the derivative, and its error, as they were taken before, or as they are taken now."""
    key = trial, direction.tobytes(), held, step
    if key not in known:
        known[key] = _derivative(along, step)
    derivative, error = known[key]
    return scale * derivative, scale * error


def _derivative(along: Callable[[float], float], step: float) -> tuple[float, float]:
    """The derivative at 0 and its estimated error, from this step and halves of it."""
    best, least = 0.0, np.inf
    before: list[float] = []
    for _ in range(_STEPS):
        row = [(along(step) - along(-step)) / (2 * step)]
        for order, other in enumerate(before):
            row.append(row[-1] + (row[-1] - other) / (4.0 ** (order + 1) - 1))
            error = max(abs(row[-1] - row[-2]), abs(row[-1] - other))
            if error < least:
                best, least = row[-1], error
        if least <= 1e-11 * max(1.0, abs(best)):
            break
        before, step = row, step / 2
    return best, float(least)


def _bends(along: Callable[[float], float]) -> bool:
    """Whether there is a kink nearby that no relu makes, as of an absolute value.

    The second difference of a smooth function falls to a quarter with half the step, that of a kink to a half.
    """
    steps = [2.0**-power for power in range(4, 4 + _STEPS)]
    second = [abs(along(step) - 2 * along(0.0) + along(-step)) for step in steps]
    return any(half > 0.4 * whole > 1e-9 * max(1.0, abs(along(0.0))) for whole, half in pairwise(second))


class _Kinks:
    """The relus of a homework at one point: which units are on, and which are exactly at 0."""

    def __init__(self, homework: Homework, graph: Graph, given: Mapping[str, Quantity]) -> None:
        self._graph, self._given = graph, given
        self._relus = [
            (activation.of, bent, activation.at_zero)
            for activation in homework.rubric.activations
            if activation.kind == "relu"
            for bent in sorted(graph.quantities)
            if graph.needs(bent) == (activation.of,)
        ]
        names = [of for of, _, _ in self._relus]
        self._before = {name: np.asarray(value) for name, value in graph.evaluate(names, given).items()}
        self.on_zero = any((value == 0).any() for value in self._before.values())

    def changed(self, given: Mapping[str, Quantity]) -> bool:
        """Whether a unit that was on one side of 0 is at 0 or on the other side now."""
        names = [of for of, _, _ in self._relus if of not in self._held_names(given)]
        now = self._graph.evaluate(names, given)
        return any((np.sign(now[name]) * np.sign(self._before[name]) < 0).any() for name in names)

    def _held_names(self, given: Mapping[str, Quantity]) -> set[str]:
        """Those that nobody looks at, because what comes of them is given."""
        return {of for of, bent, _ in self._relus if bent in given}

    def held(self) -> Graph:
        """The graph with every unit held on or off as it is here, those at 0 as the rubric declares."""
        functions: dict[str, Callable[..., Any]] = {}
        for of, bent, at_zero in self._relus:
            slope = np.where(self._before[of] == 0, at_zero, self._before[of] > 0)
            functions[bent] = _times(of, slope)
        return self._graph.with_functions(**functions)

    def declared_values(self, function: str) -> list[str]:
        """What is wrong with the value at 0 of a function that sees the relu's argument itself, bit by bit."""
        needs = self._graph.needs(function)
        known = self._graph.evaluate(needs, self._given)
        found = []
        for of, bent, at_zero in self._relus:
            if of not in needs or bent == function or at_zero not in (0, 1):
                continue
            aside = np.where(self._before[of] == 0, 1.0 if at_zero else -1.0, self._before[of])
            here = self._graph.evaluate((function,), known)[function]
            there = self._graph.evaluate((function,), {**known, of: aside})[function]
            if not np.array_equal(here, there):
                found.append(f"where {of} is 0, it does not give what the rubric declares (at_zero: {at_zero:g})")
        return found


def _times(of: str, slope: Array) -> Callable[..., Any]:
    """A function of the one quantity `of`, as a reference would have it."""

    def bent(value: Any) -> Any:
        return value * slope

    bent.__signature__ = Signature([Parameter(of, Parameter.POSITIONAL_OR_KEYWORD)])  # type: ignore[attr-defined]
    return bent
