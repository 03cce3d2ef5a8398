"""Which trials catch what is planted? Hand-ins are graded in the sandbox, as every hand-in is, by several workers.

Faults in different functions do not meet, so each hand-in carries one for every function.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TypeVar

import numpy as np

from grader.audit.classes import meet
from grader.audit.fresh import Fresh, fresh_trials
from grader.audit.planted import Planted, hand_in, right_class
from grader.compare import compare, is_column
from grader.errors import SandboxError
from grader.grade import grade
from grader.homework import Homework, read_homework
from grader.models import (
    LEAVES_INPUTS_ALONE,
    Array,
    Calls,
    Happened,
    Outcome,
    Outcomes,
    Program,
    Result,
    Submission,
    Tolerance,
)
from grader.properties import evaluated, property_of
from grader.sandbox import Setting, end_zygotes, run

Task = TypeVar("Task")
Answer = TypeVar("Answer")

EQUAL_RTOL = 1e-9
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
        end_zygotes()  # each worker has its own
        _bench = self  # a forked worker inherits it; a spawned one reads the rubric again
        context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        recipe = (self.homework.file.path, self.homework.seed, self.setting)
        pool = ProcessPoolExecutor(min(self.jobs, len(tasks)), context, _start_worker, recipe)
        try:
            yield from pool.map(partial(_work, work), tasks)
        except BaseException:  # interrupted: nobody waits for what is under way
            for worker in multiprocessing.active_children():
                worker.terminate()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


_bench: Bench | None = None


def _start_worker(path: Path, seed: int, setting: Setting) -> None:
    global _bench
    if _bench is None:
        _bench = Bench(read_homework(path, seed), setting, 1)
    Finalize(None, end_zygotes, exitpriority=0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the audit itself hears of it, and ends its workers


def _work(work: Callable[[Bench, Task], Answer], task: Task) -> Answer:
    assert _bench is not None  # set when the worker started
    return work(_bench, task)


# ---------------------------------------------------------------- the rubric's own trials


def packs(planted: Sequence[Planted]) -> list[list[int]]:
    """Places in the list, such that each pack has a function once at most."""
    by_function: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(planted):
        by_function[each.function].append(place)
    longest = max((len(places) for places in by_function.values()), default=0)
    return [[places[i] for places in by_function.values() if i < len(places)] for i in range(longest)]


def _apart(homework: Homework, functions: Sequence[str], pack: Sequence[int]) -> list[list[int]]:
    """A pack, cut so that no two of a part meet in a class."""
    criteria = {each.function: each for each in homework.rubric.criteria}
    parts: list[tuple[list[str], list[int]]] = []
    for function, place in zip(functions, pack, strict=True):
        for names, places in parts:
            if not any(meet(criteria[function], criteria[name]) for name in names):
                names.append(function)
                places.append(place)
                break
        else:
            parts.append(([function], [place]))
    return [places for _, places in parts]


def caught(bench: Bench, planted: Sequence[Planted]) -> Iterator[tuple[int, Caught]]:
    """What the rubric's trials say to each, as it becomes known."""
    tasks = [
        part for pack in packs(planted) for part in _apart(bench.homework, [planted[p].function for p in pack], pack)
    ]
    for places, answers in zip(
        tasks, bench.each(_catch, [[planted[p] for p in places] for places in tasks]), strict=True
    ):
        yield from zip(places, answers, strict=True)


def _catch(bench: Bench, planted: Sequence[Planted]) -> list[Caught]:
    homework = bench.homework
    if homework.rubric.asked:
        outcomes = _of_objects(bench, hand_in(homework, planted), [each.function for each in planted])
    else:
        outcomes = _run(bench, hand_in(homework, planted), homework.calls)
    found = []
    for each in planted:
        key = each.function, each.convention
        own = [outcomes[number] for number in homework.numbers[key]]
        agree = homework.aims[key].agree([o.value if o.happened is Happened.VALUE else None for o in own])
        changes = any(outcome.changed for outcome in own)
        failed = all(o.happened in _FAILED for o in own)
        found.append(Caught(tuple(i for i, agrees in enumerate(agree) if not agrees), changes, own[0].text * failed))
    return found


def _of_objects(bench: Bench, source: bytes, functions: Sequence[str]) -> dict[int, Outcome]:
    """What comes of some criteria's calls alone, where students hand in a class: as it is compared."""
    homework = bench.homework
    numbers = [number for function in functions for number in homework.numbers[function, 0]]
    calls = Calls(homework.calls.wanted, tuple(homework.calls.calls[number] for number in numbers), lasting=False)
    found = _run(bench, source, calls)
    back = {number: found[place] for place, number in enumerate(numbers)}
    return dict(evaluated(homework, Outcomes(back, {})).outcomes)


_FAILED = set(Happened) - {Happened.VALUE, Happened.ODD}


def _run(bench: Bench, source: bytes, calls: Calls, times: float = 1.0) -> dict[int, Outcome]:
    """What comes of it; `times` as much time as a submission has."""
    limits = bench.homework.rubric.limits
    limits = limits.model_copy(update={"seconds": limits.seconds * times})
    found = run(bench.setting, Program(source), calls, limits)
    if found.unreadable:
        raise SandboxError(f"the reference can not be handed in: {found.unreadable}")
    return dict(found.outcomes)


def right_as_a_class(bench: Bench, function: str) -> bool:
    """Whether the reference, as a class, gets full marks in one criterion."""
    homework = bench.homework
    outcomes = _of_objects(bench, right_class(homework, function), [function])
    own = [outcomes[number] for number in homework.numbers[function, 0]]
    aims = homework.aims[function, 0]
    return all(aims.agree([o.value if o.happened is Happened.VALUE else None for o in own]))


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
    homework, found = bench.homework, []
    for each in alike:
        fresh = fresh_trials(homework, each.function, each.convention)
        exact = homework.aims[each.function, each.convention].exact_shape
        more = len(fresh.trials) / max(1, len(homework.trials[each.function]))
        outcomes = _run(bench, hand_in(homework, [each]), fresh.calls, max(1.0, more))
        criterion = next(c for c in homework.rubric.criteria if c.function == each.function)
        values = [
            property_of(homework, criterion, each.convention, trial, outcomes[i])
            for i, trial in enumerate(fresh.trials)
        ]
        tolerance = homework.aims[each.function, each.convention].tolerance

        differ = [
            i
            for i, aim in enumerate(fresh.expected)
            if outcomes[i].happened not in _SLOW
            and not (
                equal(values[i].value, aim, exact_shape=exact)
                if criterion.returns == criterion.function
                else _within(values[i].value, aim, tolerance)
            )
        ]
        found.append(Compared(len(fresh.trials), len(differ), fresh.telling(differ, each.seen_by)))
    return found


_SLOW = (Happened.TIME_LIMIT, Happened.NOT_RUN)
"""what takes longer is not wrong for it"""


def _within(value: Array | None, aim: Array, tolerance: Tolerance) -> bool:
    """Whether a property is the same; it leaves room, so that what is within the tolerance is."""
    return value is not None and compare(value, aim, tolerance) is None


def equal(value: Array | None, aim: Array, *, exact_shape: bool) -> bool:
    """Whether two values are the same but for rounding."""
    if value is None or (value.shape != aim.shape and (exact_shape or not is_column(value.shape, aim.shape))):
        return False
    with np.errstate(all="ignore"):
        most = np.abs(aim).max() if aim.size else 0.0
        return bool((np.abs(value.reshape(aim.shape) - aim) <= EQUAL_RTOL * most + 1e-12).all())


# ---------------------------------------------------------------- whole submissions


def graded(bench: Bench, submissions: Sequence[Submission]) -> Iterator[Result]:
    """The results of whole submissions."""
    yield from bench.each(_grade, submissions)


def _grade(bench: Bench, submission: Submission) -> Result:
    return grade(bench.homework, submission, partial(run, bench.setting), bench.setting.level)


__all__ = ["Bench", "Caught", "Compared", "Fresh", "caught", "compared", "costs", "equal", "graded"]
