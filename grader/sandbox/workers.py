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
from typing import Any

from grader.sandbox.start import end_zygotes


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


def one_each(jobs: int, context: BaseContext) -> SimpleQueue[int] | None:
    """A processor for each of as many workers as there are processors; None for another number of workers.

    A worker, its zygote and a child take turns, some ten times a submission, and each turn is woken by the one before.
    Where the system wakes two workers' turns on one processor, the other stands idle until that is noticed.
    """
    own = processors()
    if jobs < 2 or jobs != len(own) or not hasattr(os, "sched_setaffinity"):
        return None
    free = context.SimpleQueue()
    for processor in own:
        free.put(processor)
    return free


def stay_on_one(free: SimpleQueue[int] | None) -> None:
    """Keep this worker, and what it starts from now on, on a processor that is free."""
    if free is not None:
        with contextlib.suppress(OSError):  # taken from us since then: this worker goes where there is room
            os.sched_setaffinity(0, {free.get()})


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
