"""Several homeworks side by side, each audited by one process from its first question to its last.

One homework alone is shared among the workers question by question (`kills.Bench`), and every question waits for its
slowest part; of several, each worker takes one whole, the largest first.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

from grader.audit import Audit, audit
from grader.diagnose import check_names
from grader.errors import RubricError, SandboxError
from grader.homework import read_homework
from grader.models import Rubric
from grader.rubric import RubricFile
from grader.sandbox import Setting, be_a_worker, worker_context, worker_pool

Told = Callable[[int, str, int, int], None]
"""called with the place of a homework, what is done for it, how much of that, and of how much"""


def audits(
    files: Sequence[RubricFile], seed: int, settings: Sequence[Setting], jobs: int, told: Told
) -> Iterator[Audit | RubricError]:
    """The audit of each homework, in their order, or what is wrong with its rubric. Raises SandboxError."""
    if jobs <= 1 or jobs >= 2 * len(files):  # with so many workers, one that has a homework whole is the slowest
        for place, (file, setting) in enumerate(zip(files, settings, strict=True)):
            yield _audited(file.path, seed, setting, jobs, partial(told, place))
        return
    context = worker_context()
    words = context.SimpleQueue()
    listener = Thread(target=_listen, args=(words.get, told), daemon=True)
    listener.start()
    largest = sorted(range(len(files)), key=lambda place: -_size(files[place].rubric))
    try:
        with worker_pool(min(jobs, len(files)), context, _start_worker, os.getpid(), words.put) as pool:
            answers = {place: pool.submit(_work, place, files[place].path, seed, settings[place]) for place in largest}
            yield from (answers[place].result() for place in range(len(files)))
            words.put(None)
            listener.join()
    except BrokenProcessPool as error:
        message = "a process that audits ended without a word; does a reference end Python itself, or is memory short?"
        raise SandboxError(f"{message} --jobs 1 audits one homework after the other.") from error


def _size(rubric: Rubric) -> int:
    """How much there is to do, very roughly: an object of a class takes as long as many calls of a function."""
    trials = [sum(rubric.checks.get(check, {}).values()) for each in rubric.criteria for check in each.points]
    return sum(trials) * max(1, len(rubric.conventions)) * (10 if rubric.asked else 1)


def _audited(
    path: Path, seed: int, setting: Setting, jobs: int, progress: Callable[[str, int, int], None]
) -> Audit | RubricError:
    try:
        homework = read_homework(path, seed)
        check_names(homework)
        if homework.file.trials is not None:
            message = "there is no reference to prove; audit the rubric that the kit is of"
            raise homework.file.error(("trials",), message)
        return audit(homework, setting, jobs, progress)
    except RubricError as error:
        return error


_tell: Callable[[Any], None]


def _listen(hear: Callable[[], Any], told: Told) -> None:
    while (words := hear()) is not None:
        told(*words)


def _start_worker(parent: int, tell: Callable[[Any], None]) -> None:
    global _tell
    _tell = tell
    be_a_worker(parent, interrupted=False)


def _work(place: int, path: Path, seed: int, setting: Setting) -> Audit | RubricError:
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):  # the teacher's own code may print
        return _audited(path, seed, setting, 1, lambda *words: _tell((place, *words)))
