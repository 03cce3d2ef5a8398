"""Several homeworks side by side, each audited by one process from its first question to its last.

One homework alone is shared among the workers question by question (`kills.Bench`), and every question waits for its
slowest part; of several, each worker takes one whole, the largest first.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path
from threading import Thread
from typing import Any

from grader.audit import Audit, audit
from grader.homework import Homework, read_homework
from grader.sandbox import Setting, end_zygotes

Told = Callable[[int, str, int, int], None]
"""called with the place of a homework, what is done for it, how much of that, and of how much"""


def audits(homeworks: Sequence[Homework], settings: Sequence[Setting], jobs: int, told: Told) -> Iterator[Audit]:
    """The audit of each homework, in their order. Raises RubricError or SandboxError where one can not be made."""
    if jobs <= 1 or jobs >= 2 * len(homeworks):  # with so many workers, one that has a homework whole is the slowest
        for place, (homework, setting) in enumerate(zip(homeworks, settings, strict=True)):
            yield audit(homework, setting, jobs, partial(told, place))
        return
    global _homeworks, _tell
    end_zygotes()  # each worker has its own
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    words = context.SimpleQueue()
    _homeworks, _tell = homeworks, words.put  # forked workers inherit them; a spawned one reads its rubric again
    Thread(target=_listen, args=(words.get, told), daemon=True).start()
    pool = ProcessPoolExecutor(min(jobs, len(homeworks)), context, _start_worker, (words.put,))
    try:
        largest = sorted(range(len(homeworks)), key=lambda place: -_size(homeworks[place]))
        recipes = [(each.file.path, each.seed, setting) for each, setting in zip(homeworks, settings, strict=True)]
        answers = {place: pool.submit(_audit, place, *recipes[place]) for place in largest}
        yield from (answers[place].result() for place in range(len(homeworks)))
        words.put(None)
    except BaseException:  # interrupted, or one can not be audited: nobody waits for the others
        for worker in multiprocessing.active_children():
            worker.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _size(homework: Homework) -> int:
    """How much there is to do, very roughly: an object of a class takes as long as many calls of a function."""
    return len(homework.calls.calls) * (10 if homework.rubric.asked else 1)


_homeworks: Sequence[Homework] = ()
_tell: Callable[[Any], None]


def _listen(hear: Callable[[], Any], told: Told) -> None:
    while (words := hear()) is not None:
        told(*words)


def _start_worker(tell: Callable[[Any], None]) -> None:
    global _tell
    _tell = tell
    Finalize(None, end_zygotes, exitpriority=0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the audit itself hears of it, and ends its workers


def _audit(place: int, path: Path, seed: int, setting: Setting) -> Audit:
    homework = _homeworks[place] if _homeworks else read_homework(path, seed)
    return audit(homework, setting, 1, lambda *words: _tell((place, *words)))
