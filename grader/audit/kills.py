"""Which trials catch what is planted? Hand-ins are graded in the sandbox, as every hand-in is, by several workers.

A hand-in carries several wrong versions of one function, each under a name of its own: a child for each would cost
more than all its calls.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from grader.audit.fresh import Fresh, fresh_trials
from grader.audit.planted import Planted, hand_in, right_one, version_name
from grader.compare import Expected
from grader.errors import SandboxError
from grader.grade import grade
from grader.homework import Homework, read_homework
from grader.models import (
    LEAVES_INPUTS_ALONE,
    Array,
    Call,
    Calls,
    Criterion,
    Happened,
    Outcome,
    Outcomes,
    Program,
    Result,
    Submission,
    Tolerance,
)
from grader.properties import evaluated, property_of
from grader.sandbox import Setting, be_a_worker, run, worker_context, worker_pool

Task = TypeVar("Task")
Answer = TypeVar("Answer")

_TOGETHER = 30
"""how many versions of a function a hand-in carries at most"""

_LARGEST_ANSWERS = 2**24
"""how many bytes the answers of a pack to fresh trials may have"""

EQUAL = Tolerance(rtol=1e-9, atol=1e-12)
"""Two values are the same if they differ by less: far less than any tolerance, more than rounding does."""


@dataclass(frozen=True, slots=True)
class Caught:
    """What the rubric's trials say to something planted."""

    trials: tuple[int, ...]
    """the trials of its function that fail"""
    changes_inputs: bool = False
    failure: str = ""
    """what Python says, where every trial of it fails"""


@dataclass(frozen=True, slots=True)
class Compared:
    """What fresh trials say: in how many of them it is another value, and the simplest of these."""

    trials: int
    different: int
    separating: int | None
    """place among the fresh trials"""


@dataclass(frozen=True)
class Bench:
    """Where hand-ins of an audit are run: the homework, the setting, and how many at a time."""

    homework: Homework
    setting: Setting
    jobs: int

    def each(self, work: Callable[[Bench, Task], Answer], tasks: Sequence[Task]) -> Iterator[Answer]:
        """The answers to all tasks, in their order, by several workers."""
        if self.jobs <= 1 or len(tasks) <= 1:
            yield from map(partial(work, self), tasks)
            return
        global _bench
        _bench = self  # a forked worker inherits it; a spawned one reads the rubric again
        recipe = (os.getpid(), self.homework.file.path, self.homework.seed, self.setting)
        with worker_pool(min(self.jobs, len(tasks)), worker_context(), _start_worker, *recipe) as pool:
            yield from pool.map(partial(_work, work), tasks)


_bench: Bench | None = None


def _start_worker(parent: int, path: Path, seed: int, setting: Setting) -> None:
    global _bench
    if _bench is None:
        _bench = Bench(read_homework(path, seed), setting, 1)
    be_a_worker(parent, interrupted=False)


def _work(work: Callable[[Bench, Task], Answer], task: Task) -> Answer:
    assert _bench is not None  # set when the worker started
    return work(_bench, task)


# ---------------------------------------------------------------- the rubric's own trials


def packs(planted: Sequence[Planted]) -> list[list[int]]:
    """Places in the list, so that what is in a pack is for the same function under the same convention."""
    alike: dict[tuple[str, int], list[int]] = defaultdict(list)
    for place, each in enumerate(planted):
        alike[each.function, each.convention].append(place)
    return [
        places[start : start + _TOGETHER] for places in alike.values() for start in range(0, len(places), _TOGETHER)
    ]


def caught(bench: Bench, planted: Sequence[Planted]) -> Iterator[tuple[int, Caught]]:
    """What the rubric's trials say to each, as it becomes known."""
    tasks = packs(planted)
    for places, answers in zip(
        tasks, bench.each(catch, [[planted[place] for place in places] for places in tasks]), strict=True
    ):
        yield from zip(places, answers, strict=True)


def catch(bench: Bench, planted: Sequence[Planted]) -> list[Caught]:
    """What the rubric's trials say to a pack."""
    homework, found = bench.homework, []
    key = planted[0].function, planted[0].convention
    for outcomes in _run(bench, planted, _own_calls(homework, *key)):
        judged = dict(zip(homework.numbers[key], outcomes, strict=True))
        if homework.rubric.asked:
            judged = dict(evaluated(homework, Outcomes(judged, {})).outcomes)
        own = [judged[number] for number in homework.numbers[key]]
        agree = homework.aims[key].agree([o.value if o.happened is Happened.VALUE else None for o in own])
        changes = any(outcome.changed for outcome in own)
        text = own[0].text if own and all(o.happened in _FAILED for o in own) else ""
        found.append(Caught(tuple(i for i, agrees in enumerate(agree) if not agrees), changes, text))
    return found


@lru_cache(maxsize=8)
def _own_calls(homework: Homework, function: str, convention: int) -> Calls:
    """The calls of one function."""
    numbers = homework.numbers[function, convention]
    wanted = next(each for each in homework.calls.wanted if each.name == function)
    return Calls((wanted,), tuple(homework.calls.calls[number] for number in numbers))


@lru_cache(maxsize=8)
def _of_versions(calls: Calls, many: int) -> Calls:
    """The calls of one function, once for each version in a pack: of a class that is missing, another is taken."""
    [wanted] = calls.wanted
    names = [version_name(wanted.name, place) for place in range(many)]
    return Calls(
        tuple(replace(wanted, name=name) for name in names),
        tuple(Call(name, call.values, call.layout) for name in names for call in calls.calls),
        repeats=calls,
    )


_FOR_WANT_OF_MEMORY = (Happened.MEMORY_LIMIT, Happened.CRASHED, Happened.MISSING)
"""what may become of a version because of those before it in its pack"""

_FAILED = set(Happened) - {Happened.VALUE, Happened.ODD}


def _run(bench: Bench, planted: Sequence[Planted], calls: Calls, times: float = 1.0) -> Iterator[list[Outcome]]:
    """What comes of each of them in these calls of their function; `times` as much time as a submission has."""
    limits = bench.homework.rubric.limits
    limits = limits.model_copy(update={"seconds": limits.seconds * times})
    program, many = Program(hand_in(bench.homework, planted)), len(calls.calls)
    found = run(bench.setting, program, _of_versions(calls, len(planted)), limits)
    if found.unreadable:
        raise SandboxError(f"the reference can not be handed in: {found.unreadable}")
    for place, each in enumerate(planted):
        outcomes = [found.outcomes[number] for number in range(place * many, (place + 1) * many)]
        if len(planted) > 1 and any(outcome.happened in _FOR_WANT_OF_MEMORY for outcome in outcomes):
            [outcomes] = _run(bench, [each], calls, times)  # the others may have kept what was there
        yield outcomes


def right_as_a_class(bench: Bench, function: str) -> bool:
    """Whether the reference, as a class, gets full marks in one criterion."""
    [found] = catch(bench, [right_one(bench.homework, function)])
    return not found.trials


def costs(homework: Homework, planted: Planted, found: Caught) -> bool:
    """Whether it costs points: a trial of a check that carries some, or its arguments changed where that counts."""
    criterion = next(c for c in homework.rubric.criteria if c.function == planted.function)
    trials = homework.trials[planted.function]
    spoils = found.changes_inputs and criterion.points.get(LEAVES_INPUTS_ALONE, 0) > 0
    return spoils or any(criterion.points[trials[index].check] > 0 for index in found.trials)


# ---------------------------------------------------------------- fresh trials


def compared(bench: Bench, planted: Sequence[Planted]) -> Iterator[Compared]:
    """Whether each is another function at all: what a thousand fresh trials say, in the order of the list."""
    by_function: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(planted):
        by_function[each.function].append(place)
    tasks = list(by_function.values())  # a worker draws a function's trials once
    answers: dict[int, Compared] = {}
    for places, found in zip(tasks, bench.each(_compare, [[planted[p] for p in t] for t in tasks]), strict=True):
        answers |= zip(places, found, strict=True)
    yield from (answers[place] for place in range(len(planted)))


def _compare(bench: Bench, alike: Sequence[Planted]) -> list[Compared]:
    """The same for those of one function: packs that share the calls of their convention, and answers of some size."""
    homework, found = bench.homework, dict[int, Compared]()
    asked = frozenset(name for each in alike for name in each.asks)
    criterion = next(each for each in homework.rubric.criteria if each.function == alike[0].function)
    for place in sorted({each.convention for each in alike}):
        own = [number for number, each in enumerate(alike) if each.convention == place]
        fresh = fresh_trials(homework, criterion.function, place)
        many = max(1, min(_TOGETHER, _LARGEST_ANSWERS // max(1, sum(value.nbytes for value in fresh.expected))))
        more = max(1.0, len(fresh.trials) / max(1, len(homework.trials[criterion.function])))
        calls = _fresh_calls(homework, criterion.function, place, asked)
        for start in range(0, len(own), many):
            pack = own[start : start + many]
            answers = _run(bench, [alike[number] for number in pack], calls, more)
            for number, outcomes in zip(pack, answers, strict=True):
                found[number] = _as_compared(homework, alike[number], criterion, fresh, outcomes)
    return [found[number] for number in range(len(alike))]


def _as_compared(
    homework: Homework, planted: Planted, criterion: Criterion, fresh: Fresh, outcomes: Sequence[Outcome]
) -> Compared:
    key = planted.function, planted.convention
    if criterion.returns == criterion.function:
        agree = _fresh_aims(homework, *key).agree(_in_double([outcome.value for outcome in outcomes]))
    else:  # a property: it leaves room, so that what is within the tolerance is the same
        values = [
            property_of(homework, criterion, planted.convention, trial, outcome).value
            for trial, outcome in zip(fresh.trials, outcomes, strict=True)
        ]
        agree = homework.aims[key].of(fresh.expected).agree(values)
    differ = [i for i, same in enumerate(agree) if not same and outcomes[i].happened not in _SLOW]
    return Compared(len(fresh.trials), len(differ), fresh.telling(differ, planted.seen_by))


@lru_cache(maxsize=8)
def _fresh_aims(homework: Homework, function: str, convention: int) -> Expected:
    exact = homework.aims[function, convention].exact_shape
    return Expected(fresh_trials(homework, function, convention).expected, EQUAL, exact_shape=exact)


@lru_cache(maxsize=8)
def _fresh_calls(homework: Homework, function: str, convention: int, asked: frozenset[str]) -> Calls:
    """The calls of a function's fresh trials, with what is declared or asked for, and nothing else on offer."""
    calls = fresh_trials(homework, function, convention).calls
    [wanted] = calls.wanted
    if wanted.recipe is None:
        offered = tuple(name for name in wanted.offered if name in asked or name in wanted.declared)
        wanted = replace(wanted, offered=offered)
    return Calls((wanted,), calls.calls)


_SLOW = (Happened.TIME_LIMIT, Happened.NOT_RUN)
"""what takes longer is not wrong for it"""


def equal(value: Array, aim: Array) -> bool:
    """Whether two values are the same but for rounding."""
    real = not np.iscomplexobj(value)
    return real and Expected([aim], EQUAL, exact_shape=True).agree(_in_double([value])) == [True]


def _in_double(values: Sequence[Array | None]) -> list[Array | None]:
    """What is less precise is not the same."""
    return [value if value is None else value.astype(np.float64, copy=False) for value in values]


# ---------------------------------------------------------------- whole submissions


_HURRY = 5


def graded(bench: Bench, submission: Submission) -> Result:
    """The result of a whole submission.

    It is asked for in a hurry first: what gets full marks where the file may run for a fifth of its time only gets them
    in the whole of it too, and a file that trains for ever is not waited for as long as a student's would be.
    """
    for homework in (in_a_hurry(bench.homework), bench.homework):
        result = grade(homework, submission, partial(run, bench.setting), bench.setting.level)
        if result.score == result.max_score:
            break
    return result


@lru_cache(maxsize=8)
def in_a_hurry(homework: Homework) -> Homework:
    """The same homework, with a part of the time for what stands at the top of a file."""
    limits = homework.rubric.limits
    limits = limits.model_copy(update={"load_seconds": limits.load_seconds / _HURRY})
    rubric = homework.rubric.model_copy(update={"limits": limits})
    return replace(homework, file=replace(homework.file, rubric=rubric))


__all__ = ["Bench", "Caught", "Compared", "Fresh", "caught", "compared", "costs", "equal", "graded"]
