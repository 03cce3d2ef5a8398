"""A limit of time for the teacher's own code, which an audit runs here: a known mistake, or a mutant, may never end."""

from __future__ import annotations

import functools
import signal
import threading
from collections.abc import Callable
from typing import Any

SECONDS = 5.0
"""for one call, on the wall"""


class TooLongError(BaseException):
    """A call took too long. No `except Exception` of the code that is called, or calls, holds it up."""


def limited(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, whose calls end with TooLongError when they take too long, where the system has such alarms."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return function

    @functools.wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        before = signal.signal(signal.SIGALRM, _stop)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            return function(*arguments, **named)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    return call


def _stop(*_: Any) -> None:
    raise TooLongError(f"it takes more than {SECONDS:g} s")
