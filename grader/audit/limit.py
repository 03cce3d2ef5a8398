"""A limit of time for the teacher's own code, which an audit runs here: a known mistake, or a mutant, may never end."""

from __future__ import annotations

import contextlib
import functools
import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any

SECONDS = 5.0
"""for one call, on the wall"""


class TooLongError(BaseException):
    """A call took too long. No `except Exception` of the code that is called, or calls, holds it up."""


_set = False
"""whether the alarm is ours"""


@contextlib.contextmanager
def alarm() -> Iterator[None]:
    """Where many limited calls are made, this around them spares each to set the alarm and to set it back."""
    global _set
    if _set or not _possible():
        yield
        return
    before, _set = signal.signal(signal.SIGALRM, _stop), True
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)
        _set = False


def limited(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, whose calls end with TooLongError when they take too long, where the system has such alarms."""
    if not _possible():
        return function

    @functools.wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        with alarm():
            signal.setitimer(signal.ITIMER_REAL, SECONDS)
            try:
                return function(*arguments, **named)
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)

    return call


def _possible() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def _stop(*_: Any) -> None:
    raise TooLongError(f"it takes more than {SECONDS:g} s")
