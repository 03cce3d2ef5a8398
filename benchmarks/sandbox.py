"""What do the locks cost a submission, over a bare fork that does the same work?

    python benchmarks/sandbox.py [--rounds 200]

One submission of rubrics/hw3-gradients.yaml is run again and again, at every level that holds here and at `none` (a
fork of the same warm process with nothing locked), in turn, so that the machine's noise falls on all alike.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

from grader.homework import read_homework
from grader.models import Program
from grader.sandbox import LOCKED, Level, Setting, run, try_level

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    rounds = parser.parse_args().rounds
    homework = read_homework(ROOT / "rubrics" / "hw3-gradients.yaml", 0)
    program = Program((ROOT / "submissions" / "hw3-gradients" / "s01.py").read_bytes())
    settings = [Setting(Level.NONE), *(Setting(level) for level in LOCKED if try_level(Setting(level)).holds)]
    spent: dict[Setting, list[float]] = {setting: [] for setting in settings}
    for number in range(rounds + 5):
        for setting in settings[number % len(settings) :] + settings[: number % len(settings)]:
            started = time.perf_counter()
            outcomes = run(setting, program, homework.calls, homework.rubric.limits)
            seconds = time.perf_counter() - started
            if not all(outcome.value is not None for outcome in outcomes.outcomes.values()):
                sys.exit(f"{setting.level}: the submission did not run")
            if number >= 5:  # the first ones start the warm processes
                spent[setting].append(seconds)
    bare = spent[settings[0]]
    print(f"{rounds} rounds, {len(homework.calls.calls)} calls a submission; milliseconds")
    for setting in settings:
        own = statistics.median(a - b for a, b in zip(spent[setting], bare, strict=True))
        tenth, half = (statistics.quantiles(spent[setting], n=10)[0], statistics.median(spent[setting]))
        print(
            f"  {setting.level:<8} best tenth {1000 * tenth:6.2f}   median {1000 * half:6.2f}"
            f"   over the bare fork {1000 * own:+6.2f} (median of differences)"
        )


if __name__ == "__main__":
    main()
