"""How long a child has been at one thing: at one step (a call, a statement), and at all steps of one task."""

from __future__ import annotations

import sys
import time


class Clock:
    """Seconds of a step and of a task: on the wall, and of the child's CPU time where the system tells it."""

    def __init__(self, pid: int) -> None:
        self._cpu_clock = (~pid << 3) | 2 if sys.platform == "linux" else None  # clock_getcpuclockid(3)
        self._task: str | None = None
        self._task_wall = self._task_cpu = 0.0
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

    def task(self, name: str) -> tuple[float, float]:
        """Seconds on the wall and CPU seconds since this task was first asked about, without another in between."""
        wall, cpu = time.monotonic(), self._cpu_now()
        if name != self._task:
            self._task, self._task_wall, self._task_cpu = name, wall, cpu
        return wall - self._task_wall, cpu - self._task_cpu

    def _cpu_now(self) -> float:
        if self._cpu_clock is None:
            return time.monotonic()
        try:
            return time.clock_gettime(self._cpu_clock)
        except OSError:  # the child is gone; its end will say so
            return 0.0
