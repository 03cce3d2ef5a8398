"""Worker processes of the grader: each has zygotes of its own, and neither they nor it outlive what started it."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.util import Finalize

from grader.sandbox.start import end_zygotes


def be_a_worker(parent: int, *, interrupted: bool) -> None:
    """Make this process a worker of its `parent`: it ends soon after that, and its zygotes with it.

    Where it is not `interrupted`, Ctrl-C is for the parent alone, which then ends its workers.
    """
    Finalize(None, end_zygotes, exitpriority=0)  # a worker's end is none that atexit hears of
    threading.Thread(target=end_with, args=(parent, os.getppid, os._exit), daemon=True).start()
    if not interrupted:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def end_with(parent: int, ask: Callable[[], int], end: Callable[[int], None]) -> None:
    """End this process soon after its parent has: a killed grader leaves nothing behind."""
    while ask() == parent:
        time.sleep(0.5)
    end(1)
