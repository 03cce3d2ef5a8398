"""How long a child has been at one thing."""

from __future__ import annotations

import sys
import time


class Clock:
    """Seconds since the last answer: on the wall, and of the child's own CPU time where the system tells it."""

    def __init__(self, pid: int) -> None:
        self._cpu_clock = (~pid << 3) | 2 if sys.platform == "linux" else None  # clock_getcpuclockid(3)
        self.restart()

    def restart(self) -> None:
        """Count from now."""
        self._wall, self._cpu = time.monotonic(), self._cpu_now()

    @property
    def wall(self) -> float:
        return time.monotonic() - self._wall

    @property
    def cpu(self) -> float:
        return self._cpu_now() - self._cpu

    def _cpu_now(self) -> float:
        if self._cpu_clock is None:
            return time.monotonic()
        try:
            return time.clock_gettime(self._cpu_clock)
        except OSError:  # the child is gone; its pipe will say so
            return 0.0
