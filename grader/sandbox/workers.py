"""Worker processes of the grader: each has zygotes of its own, and neither they nor it outlive what started it."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import BaseContext
from multiprocessing.queues import SimpleQueue
from multiprocessing.util import Finalize
from typing import Any, NamedTuple

from grader.errors import PackageError, SandboxError
from grader.sandbox.level import Setting
from grader.sandbox.start import end_zygotes, take_over


def worker_context() -> BaseContext:
    """How workers are started: forked where that is safe, with all that is known; elsewhere they begin with nothing."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


@contextlib.contextmanager
def worker_pool(
    jobs: int, context: BaseContext, start: Callable[..., None], *arguments: Any
) -> Iterator[ProcessPoolExecutor]:
    """Workers, each started by `start`. Where they are not let go in peace, nobody waits for what is under way."""
    end_zygotes()  # each worker has its own
    pool = ProcessPoolExecutor(jobs, context, start, arguments)
    try:
        yield pool
    except BaseException:
        for worker in multiprocessing.active_children():
            worker.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def processors() -> list[int]:
    """The processors that this process may run on, as the system counts them."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


class Place(NamedTuple):
    """What one of several workers gets: its number, and a processor, if there are as many as workers."""

    number: int
    processor: int | None


def places(jobs: int, context: BaseContext) -> SimpleQueue[Place]:
    """A place for each worker, for whoever comes first.

    A worker, its zygote and a child take turns, some ten times a submission, and each turn is woken by the one before.
    Where the system wakes two workers' turns on one processor, the other stands idle until that is noticed.
    """
    own = processors()
    one_each = jobs > 1 and jobs == len(own) and hasattr(os, "sched_setaffinity")
    free = context.SimpleQueue()
    for number in range(jobs):
        free.put(Place(number, own[number] if one_each else None))
    return free


def take_place(free: SimpleQueue[Place], setting: Setting) -> None:
    """Take over a zygote that was started ahead; and stay, with it and all else, on a processor."""
    place = free.get()
    warm = take_over(setting, place.number)
    if place.processor is None:
        return
    with contextlib.suppress(OSError):  # taken from us since then: this worker goes where there is room
        os.sched_setaffinity(0, {place.processor})
        if warm is not None:
            with contextlib.suppress(SandboxError, PackageError):  # it has ended, and another will be started here
                warm.stay_on(place.processor)


def be_a_worker(parent: int, *, interrupted: bool) -> None:
    """Make this process a worker of its `parent`: it ends soon after that, and its zygotes with it.

    Where it is not `interrupted`, Ctrl-C is for the parent alone, which then ends its workers.
    """
    gc.freeze()  # what is here by now is needed to the end: it is not searched for what is not
    Finalize(None, end_zygotes, exitpriority=0)  # a worker's end is none that atexit hears of
    threading.Thread(target=end_with, args=(parent, os.getppid, os._exit), daemon=True).start()
    if not interrupted:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def end_with(parent: int, ask: Callable[[], int], end: Callable[[int], None]) -> None:
    """End this process soon after its parent has: a killed grader leaves nothing behind."""
    while ask() == parent:
        time.sleep(0.5)
    end(1)
