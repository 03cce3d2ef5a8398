"""A rubric made ready: its reference, its trials, the calls that every submission gets and the values expected of them.

Made once for a class. Whatever the rubric and the reference do not agree on is a RubricError here, before any
submission is opened.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from grader.compare import Expected, compare
from grader.errors import RubricError
from grader.frozen import FrozenTrials, read_frozen
from grader.models import Array, Call, Calls, Criterion, Misconception, Quantity, Rubric, Trial, Wanted
from grader.objects import check_class, check_object, wanted_of
from grader.quantities import Graph, UnknownGraph, read_misconceptions, read_reference
from grader.rubric import RubricFile, read_rubric
from grader.trials import ExampleError, check_case, check_example, draw, draw_case, read_example
from grader.trials.examples import GIVES, numbers

_TELLING_SIZES = (11, 13, 17, 19, 23, 29, 31, 37, 41, 43)


@dataclass(frozen=True)
class Convention:
    """One way to be right: the constants that the reference gets. The only one of a rubric without any has no title."""

    title: str | None
    constants: Mapping[str, str | int | float]


@dataclass(frozen=True, eq=False)
class Homework:
    """Everything that grading a submission needs, the same for the whole class."""

    file: RubricFile
    graph: Graph
    seed: int
    conventions: tuple[Convention, ...]
    trials: Mapping[str, tuple[Trial, ...]]
    """by function"""
    calls: Calls
    numbers: Mapping[tuple[str, int], tuple[int, ...]]
    """(function, place of the convention) -> the number of the call of each trial"""
    expected: Mapping[tuple[str, int], tuple[Array, ...]]
    """(function, place of the convention) -> the expected value of each trial"""
    aims: Mapping[tuple[str, int], Expected]
    """the same, ready to be compared with"""
    letters: Mapping[str, tuple[str, ...] | None]
    """quantity -> its shape in the rubric's dimensions, where they say it"""
    misconceptions: tuple[Misconception, ...] = ()
    """the mistakes that are known for it"""

    @property
    def rubric(self) -> Rubric:
        """The rubric itself."""
        return self.file.rubric


def read_homework(path: Path, seed: int) -> Homework:
    """The homework of a rubric file. Raises RubricError for a wrong rubric, a wrong reference, or a mismatch."""
    return homework_of(read_rubric(path), seed)


def homework_of(file: RubricFile, seed: int) -> Homework:
    """The homework of a rubric. Raises RubricError for a wrong reference, or where it and the rubric do not agree."""
    if file.trials is not None:
        try:
            return _thawed(file, read_frozen(file.trials), seed)
        except RubricError as error:
            raise file.error(("trials",), str(error)) from error
    try:
        graph = read_reference(file.reference)
    except RubricError as error:
        raise file.error(("reference",), str(error)) from error
    return replace(prepare(file, graph, seed), misconceptions=_misconceptions(file, graph))


def _thawed(file: RubricFile, frozen: FrozenTrials, seed: int) -> Homework:
    """The homework of frozen trials. Raises RubricError where the rubric and they are not about the same."""
    rubric = file.rubric
    titles: tuple[str | None, ...] = tuple(rubric.conventions) or (None,)
    functions = {each.function: each for each in frozen.functions}
    for what, found, expects in (
        ("homework", frozen.homework, rubric.homework),
        ("conventions", frozen.conventions, titles),
        ("functions", tuple(functions), tuple(criterion.function for criterion in rubric.criteria)),
    ):
        if found != expects:
            raise RubricError(f"the trials have the {what} {found!r}, and the rubric {expects!r}; get the kit again")
    if seed not in (0, frozen.seed):
        raise RubricError(f"the trials are those of seed {frozen.seed}, and no others can be drawn without a reference")
    wanted: list[Wanted] = []
    calls: list[Call] = []
    trials: dict[str, tuple[Trial, ...]] = {}
    numbers: dict[tuple[str, int], list[int]] = {}
    expected: dict[tuple[str, int], list[Array]] = {}
    for criterion in rubric.criteria:
        each = functions[criterion.function]
        lacking = {name for name in criterion.points if name in rubric.checks} - {row.check for row in each.trials}
        if lacking:
            raise RubricError(f"there are no trials of {each.function!r} for {sorted(lacking)[0]!r}; get the kit again")
        strange = {row.check for row in each.trials} - set(criterion.points)
        if strange:
            raise RubricError(
                f"the rubric gives no points of {each.function!r} for {sorted(strange)[0]!r}; get the kit again"
            )
        wanted.append(_wanting(rubric, criterion, each.offered, each.never))
        drawn = [row.trial(tuple(rubric.inputs)) for row in each.trials]
        # The first trial once more is known as such, unless that first one is not in the file.
        trials[each.function] = tuple(
            replace(trial, leaves=drawn[0].leaves) if _alike(trial.leaves, drawn[0].leaves) else trial
            for trial in drawn
        )
        for row in each.trials:
            for place in range(len(titles)):
                key = each.function, place
                values, value = row.call(place)
                numbers.setdefault(key, []).append(len(calls))
                expected.setdefault(key, []).append(value)
                calls.append(Call(each.function, values, row.layout))
    return Homework(
        file,
        UnknownGraph(),
        frozen.seed,
        tuple(Convention(title, {}) for title in titles),
        trials,
        Calls(tuple(wanted), tuple(calls)),
        {key: tuple(value) for key, value in numbers.items()},
        {key: tuple(value) for key, value in expected.items()},
        _aims(rubric, expected),
        frozen.letters,
    )


def _alike(one: Mapping[str, Quantity], other: Mapping[str, Quantity]) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[name], other[name]) for name in one)


def _aims(rubric: Rubric, expected: Mapping[tuple[str, int], Sequence[Array]]) -> dict[tuple[str, int], Expected]:
    by_name = {criterion.function: criterion for criterion in rubric.criteria}
    return {
        (name, place): Expected(
            list(values),
            by_name[name].tolerance or rubric.tolerance,
            exact_shape=by_name[name].shape == "exact",
        )
        for (name, place), values in expected.items()
    }


def _misconceptions(file: RubricFile, graph: Graph) -> tuple[Misconception, ...]:
    try:
        known = frozenset(file.rubric.dimensions) | frozenset(
            name for c in file.rubric.conventions.values() for name in c
        )
        return read_misconceptions(file.misconceptions, graph, known)
    except RubricError as error:
        raise file.error(("reference",), str(error)) from error


@dataclass(frozen=True)
class Drawn:
    """The trials of one criterion, and under each convention their calls and what is expected of them."""

    wanted: Wanted
    trials: tuple[Trial, ...]
    calls: list[list[Call]]
    expected: list[list[Array]]


def _drawn_for(rubric: Rubric, graph: Graph, criterion: Criterion, seed: int) -> Drawn:
    """Draw the trials of one criterion and evaluate them. Raises RubricError where the reference fails on them."""
    conventions, function = _conventions(rubric), criterion.function
    wanted = _wanted(rubric, graph, criterion)
    try:
        drawn = Drawn(wanted, draw(rubric, criterion, seed, _evaluation(graph, conventions[0])), [], [])
        for convention in conventions:
            calls: list[Call] = []
            expected: list[Array] = []
            for trial in drawn.trials:
                values = _values(graph, rubric, trial, convention, (*wanted.offered, function))
                if not calls:
                    again = _values(graph, rubric, trial, convention, (function,))
                    _check_same(function, values[function], again[function])
                expected.append(_expected(criterion, values.pop(function)))
                shape = expected[-1].shape if criterion.returns == function else None
                calls.append(Call(function, values, trial.layout, shape))
            drawn.calls.append(calls)
            drawn.expected.append(expected)
    except RubricError:
        raise
    except (Exception, SystemExit) as error:
        message = f"the reference fails on the trials of {function!r}: {type(error).__name__}: {error}"
        raise RubricError(message) from error
    return drawn


def _conventions(rubric: Rubric) -> tuple[Convention, ...]:
    named = tuple(Convention(title, constants) for title, constants in rubric.conventions.items())
    return named or (Convention(None, {}),)


def prepare(file: RubricFile, graph: Graph, seed: int) -> Homework:
    """Draw the trials, make the calls and evaluate what is expected of them."""
    rubric = file.rubric
    conventions = _conventions(rubric)
    _check(file, graph, conventions)

    wanted: list[Wanted] = []
    calls: list[Call] = []
    trials: dict[str, tuple[Trial, ...]] = {}
    numbers: dict[tuple[str, int], list[int]] = {}
    expected: dict[tuple[str, int], list[Array]] = {}
    for place, criterion in enumerate(rubric.criteria):
        try:
            drawn = _drawn_for(rubric, graph, criterion, seed)
        except RubricError as error:
            raise file.error(("criteria", place, "function"), str(error)) from error
        wanted.append(drawn.wanted)
        trials[criterion.function] = drawn.trials
        for index in range(len(conventions)):
            expected[criterion.function, index] = drawn.expected[index]
            numbers[criterion.function, index] = [
                len(calls) + number * len(conventions) + index for number in range(len(drawn.trials))
            ]
        calls += chain.from_iterable(zip(*drawn.calls, strict=True))
    return Homework(
        file,
        graph,
        seed,
        conventions,
        trials,
        Calls(tuple(wanted), tuple(calls)),
        {key: tuple(value) for key, value in numbers.items()},
        {key: tuple(value) for key, value in expected.items()},
        _aims(rubric, expected),
        _letters(rubric, graph, conventions[0]),
    )


def _evaluation(graph: Graph, convention: Convention) -> Callable[..., dict[str, Any]]:
    """What drawing a trial asks the reference: values under one convention, without a word about infinities."""

    def evaluate(names: tuple[str, ...], given: Mapping[str, Quantity]) -> dict[str, Any]:
        with np.errstate(all="ignore"):
            return graph.evaluate(names, {**convention.constants, **given})

    return evaluate


@lru_cache(maxsize=64)
def fresh_calls(homework: Homework, function: str, place: int, seed: int) -> list[tuple[Trial, Call]]:
    """Trials of a function as another seed draws them, each with its call under one convention."""
    rubric, graph, convention = homework.rubric, homework.graph, homework.conventions[place]
    criterion = next(each for each in rubric.criteria if each.function == function)
    offered = next(each.offered for each in homework.calls.wanted if each.name == function)
    evaluate = _evaluation(graph, homework.conventions[0])
    return [
        (trial, Call(function, _values(graph, rubric, trial, convention, offered), trial.layout))
        for trial in draw(rubric, criterion, seed, evaluate)
    ]


def trials_of_case(
    homework: Homework, functions: Collection[str], case: str, indices: Iterable[int], first: Trial | None
) -> list[Trial]:
    """Trials of one case of the library, each of use for one at least of these functions. Raises RubricError.

    A case that repeats a trial repeats `first`.
    """
    criteria = [each for each in homework.rubric.criteria if each.function in functions]
    targets = list(dict.fromkeys(each.returns for each in criteria if not each.of_a_new_object))
    evaluate = _evaluation(homework.graph, homework.conventions[0])
    try:
        return list(draw_case(homework.rubric, targets, case, indices, evaluate, first))
    except RubricError:
        raise
    except (Exception, SystemExit) as error:
        message = f"the reference fails on trials of the case {case!r}: {type(error).__name__}: {error}"
        raise RubricError(message) from error


def known_values(homework: Homework, functions: Collection[str], trial: Trial, place: int) -> dict[str, Any]:
    """All that these functions may ask for or must give, as far as the reference knows it, under one convention."""
    asked = [(*wanted.offered, wanted.name) for wanted in homework.calls.wanted if wanted.name in functions]
    values = partial(_values, homework.graph, homework.rubric, trial, homework.conventions[place])
    with contextlib.suppress(Exception, SystemExit):
        return values(tuple(dict.fromkeys(chain.from_iterable(asked))))
    known: dict[str, Any] = {}
    for names in asked:  # one of them fails there
        with contextlib.suppress(Exception, SystemExit):
            known |= values(names)
    return known


def _wanted(rubric: Rubric, graph: Graph, criterion: Criterion) -> Wanted:
    """What a function may ask for: what its target depends on, all inputs and dimensions; the declared ones first."""
    if rubric.asked is not None:
        return wanted_of(rubric, rubric.asked, criterion)
    upstream = graph.ancestors(criterion.function) & graph.quantities | set(criterion.offers)
    others = sorted((upstream | set(rubric.inputs) | set(rubric.dimensions)) - set(criterion.parameters))
    offered = (*criterion.parameters, *others)
    return _wanting(rubric, criterion, offered, tuple(sorted(graph.quantities - set(offered))))


def _wanting(rubric: Rubric, criterion: Criterion, offered: tuple[str, ...], never: tuple[str, ...]) -> Wanted:
    aliases = {name: quantity for quantity, names in rubric.aliases.items() for name in names}
    aliases |= {name: quantity for quantity, names in criterion.aliases.items() for name in names}
    exact, dimensions = rubric.names == "exact", tuple(rubric.dimensions)
    return Wanted(criterion.function, criterion.parameters, offered, aliases, exact, dimensions, never)


def _values(
    graph: Graph, rubric: Rubric, trial: Trial, convention: Convention, names: tuple[str, ...]
) -> dict[str, Any]:
    with np.errstate(all="ignore"):
        values = graph.evaluate(names, {**convention.constants, **trial.dimensions, **trial.leaves})
    for name, leaf in rubric.inputs.items():
        if leaf.kind == "label" and name in values and isinstance(values[name], int):
            if trial.label_form == "numpy":
                values[name] = np.int64(values[name])
            elif trial.label_form == "0-d":
                values[name] = np.array(values[name], dtype=np.int64)
    return {name: _sendable(name, value) for name, value in values.items()}


def _sendable(name: str, value: Any) -> Any:
    """The value as a student's function can get it: a plain number, or an array of real numbers."""
    array = np.asarray(value)
    if array.dtype.kind not in "fiu":
        raise RubricError(f"the reference's {name!r} gives {type(value).__name__} ({array.dtype}), not real numbers")
    if isinstance(value, np.floating):
        return float(value)
    if isinstance(value, int | float | np.int64):
        return value
    kind = np.int64 if array.dtype.kind in "iu" else np.float64
    sent = np.ascontiguousarray(array, dtype=kind).reshape(array.shape)
    sent.flags.writeable = False  # for everybody who looks at it: a known mistake may write into what it gets
    return sent


def _expected(criterion: Criterion, value: Any) -> Array:
    array = np.array(value, dtype=np.float64)
    if not np.isfinite(array).all():
        raise RubricError(f"the reference's {criterion.function!r} is not finite on one of its trials")
    return array


def _check_same(function: str, value: Any, again: Any) -> None:
    if not np.array_equal(value, again):
        raise RubricError(f"the reference's {function!r} gives other values when asked again")


def _letters(rubric: Rubric, graph: Graph, convention: Convention) -> dict[str, tuple[str, ...] | None]:
    """Each quantity's shape in the homework's own letters, read off one evaluation where all sizes differ."""
    sizes = dict(zip(rubric.dimensions, _TELLING_SIZES, strict=False))
    names = {size: letter for letter, size in sizes.items()}
    leaves: dict[str, Any] = {}
    varying = {name for name, leaf in rubric.inputs.items() if leaf.any_shape}
    for name, leaf in rubric.inputs.items():
        letters = tuple(rubric.dimensions)[:1] if leaf.any_shape else leaf.shape
        shape = tuple(sizes.get(letter, 1) for letter in letters)
        if leaf.kind == "label":
            leaves[name] = np.full(shape, leaf.first, dtype=np.int64) if shape else leaf.first
        else:
            leaves[name] = np.full(shape, 0.5)
    with np.errstate(all="ignore"):
        values = graph.evaluate(graph.quantities, {**convention.constants, **sizes, **leaves})
    shapes = {name: np.shape(value) for name, value in {**leaves, **values}.items()}
    return {
        name: None
        if not all(size in names for size in shape) or varying & {name, *_ancestors(graph, name)}
        else tuple(names[size] for size in shape)
        for name, shape in shapes.items()
    }


def _ancestors(graph: Graph, name: str) -> frozenset[str]:
    return graph.ancestors(name) if name in graph.quantities else frozenset()


def shape_wanted(homework: Homework, criterion: Criterion, trial: Trial) -> tuple[int, ...]:
    """The shape of what must come back in a trial, where not that but a property of it is compared."""
    given = {**homework.conventions[0].constants, **trial.dimensions, **trial.leaves}
    with np.errstate(all="ignore"):
        return np.shape(homework.graph.evaluate((criterion.returns,), given)[criterion.returns])


# ---------------------------------------------------------------- where rubric and reference must agree


def _check(file: RubricFile, graph: Graph, conventions: tuple[Convention, ...]) -> None:
    rubric = file.rubric
    known = set(rubric.inputs) | set(rubric.dimensions)
    for convention in conventions:
        place = ("conventions", convention.title) if convention.title else ("inputs",)
        for name in sorted(graph.leaves - known - set(convention.constants)):
            users = [q for q in sorted(graph.quantities) if name in graph.ancestors(q)]
            message = f"the reference needs {name!r} (for {', '.join(users[:3])}), and the rubric does not give it"
            raise file.error(place, f"{message}; declare it under 'inputs', 'dimensions' or in the convention")
        for name in sorted(set(convention.constants) - graph.leaves):
            raise file.error(place, f"the constant {name!r} is no parameter of any function of the reference")
    for name in sorted(known & graph.quantities):
        raise file.error(("inputs", name), f"{name!r} is computed by the reference, so it can not be drawn too")
    for index, activation in enumerate(rubric.activations):
        _check_quantity(file, ("activations", index, "of"), activation.of, graph)
    for quantity in rubric.aliases:
        _check_quantity(file, ("aliases", quantity), quantity, graph, known)
    for name in rubric.examples:
        try:
            check_example_with(file, graph, conventions[0], name)
        except ExampleError as error:
            raise file.error(("examples", name, *error.key), str(error)) from error
    for check, cases in rubric.checks.items():
        for case, count in cases.items():
            try:
                check_case(rubric, case)
            except RubricError as error:
                raise file.error(("checks", check, case), str(error)) from error
            if case in rubric.examples and count > 1:
                raise file.error(("checks", check, case), f"found {count}, expected 1: an example is one trial")
    if rubric.asked is not None:
        check_class(rubric.asked, lambda key, message: file.error(("class", *key), message))
    for index, criterion in enumerate(rubric.criteria):
        _check_criterion(file, index, criterion, graph, known)
        if rubric.asked is not None:
            at = partial(_about_criterion, file, index)
            check_object(criterion, rubric.asked, graph.quantities | known, at)


def _about_criterion(file: RubricFile, place: int, key: tuple[str | int, ...], message: str) -> RubricError:
    return file.error(("criteria", place, *key), message)


def check_example_with(file: RubricFile, graph: Graph, convention: Convention, name: str) -> None:
    """Raise ExampleError where an example does not fit the inputs, or the reference does not give what it says."""
    rubric = file.rubric
    check_example(rubric, name)
    sizes, leaves = read_example(rubric, name)
    gives = rubric.examples[name].get(GIVES, {})
    if not isinstance(gives, dict):
        raise ExampleError((GIVES,), f"found {gives!r}, expected quantities with their values")
    for quantity, value in gives.items():
        key = (GIVES, quantity)
        _check_quantity(file, ("examples", name, *key), quantity, graph)
        said = numbers(value, key)
        try:
            with np.errstate(all="ignore"):
                given = {**convention.constants, **sizes, **leaves}
                right = np.asarray(graph.evaluate((quantity,), given)[quantity], dtype=np.float64)
        except (Exception, SystemExit) as error:
            message = f"the reference fails on this example: {type(error).__name__}: {error}"
            raise ExampleError(key, message) from error
        if compare(said, right, rubric.tolerance) is not None:
            raise ExampleError(key, f"found {_listed(said)}, and the reference gives {_listed(right)}")


def _listed(value: Array) -> str:
    """The numbers of an array as a rubric writes them."""
    return f"[{', '.join(_listed(row) for row in value)}]" if value.ndim else f"{float(value):.10g}"


def _check_criterion(file: RubricFile, place: int, criterion: Criterion, graph: Graph, known: set[str]) -> None:
    _check_quantity(file, ("criteria", place, "function"), criterion.function, graph)
    allowed = graph.ancestors(criterion.function) & (graph.quantities | known) | set(file.rubric.dimensions)
    for name in criterion.parameters:
        if name not in allowed:
            message = f"{criterion.function!r} does not depend on {name!r} in the reference; it may ask for"
            raise file.error(("criteria", place, "parameters"), f"{message}: {', '.join(sorted(allowed))}")
    if criterion.returns not in (criterion.function, *graph.ancestors(criterion.function)):
        message = f"{criterion.function!r} does not depend on {criterion.returns!r} in the reference"
        message += ", so it is no property of it"
        raise file.error(("criteria", place, "object", "value"), message)
    for quantity in criterion.offers:
        _check_quantity(file, ("criteria", place, "offers"), quantity, graph)
        if criterion.function in (quantity, *graph.ancestors(quantity)):
            message = f"{quantity!r} is {criterion.function!r} itself or computed from it, so it can not be offered"
            raise file.error(("criteria", place, "offers"), message)
    for quantity in criterion.aliases:
        _check_quantity(file, ("criteria", place, "aliases", quantity), quantity, graph, known)
    if criterion.gradient:
        of, wrt = criterion.gradient.of, criterion.gradient.wrt
        _check_quantity(file, ("criteria", place, "gradient", "of"), of, graph)
        _check_quantity(file, ("criteria", place, "gradient", "wrt"), wrt, graph, known)
        if wrt not in graph.ancestors(of):
            message = f"{of!r} does not depend on {wrt!r} in the reference; it depends on"
            above = ", ".join(sorted(graph.ancestors(of)))
            raise file.error(("criteria", place, "gradient", "wrt"), f"{message}: {above}")


def _check_quantity(
    file: RubricFile, place: tuple[str | int, ...], name: str, graph: Graph, others: set[str] | None = None
) -> None:
    known = sorted(graph.quantities | (others or set()))
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else "."
        reference = file.rubric.reference
        raise file.error(place, f"the reference {reference} has no quantity {name!r}{hint} It has: {', '.join(known)}")
