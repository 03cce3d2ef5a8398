"""How often is the mistake in a failing function named, and named right?

    python benchmarks/diagnosis.py [FOLDER ...] [--names] [--seed 0]

Each folder holds `labels.json` and submissions, as tests/corpus does (the default: tests/corpus and tests/mistakes).
Every function that a label says must fail is one case: named right, named wrong (another name), or not named. Labels
that call themselves ambiguous are left out. Then the time that the search takes: per wrong submission, in this process,
without running student code. Times are of this machine at this moment.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import grader.grade as grading
from grader.grade import grade
from grader.homework import read_homework
from grader.models import Diagnosis, Submission
from grader.sandbox import choose, run

ROOT = Path(__file__).parent.parent
RUBRICS = {"column": "hw3-gradients", "rows": "hw3-minibatch"}
DEFAULT = [ROOT / "tests" / "corpus", ROOT / "tests" / "mistakes"]
FORGIVEN = {"top-level-script-code", "missing-local-file", "function-name-case", "parameter-name-unknown"}
"""labelled as failing; the grader forgives them, with a note"""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=DEFAULT, metavar="FOLDER")
    parser.add_argument("--names", action="store_true", help="list every function that was not named right")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    homeworks = {kind: read_homework(ROOT / "rubrics" / f"{name}.yaml", args.seed) for kind, name in RUBRICS.items()}
    setting = choose().setting
    spent: list[float] = []
    for folder in args.folders:
        labels: dict[str, dict[str, Any]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        counts: dict[str, Counter[str]] = {kind: Counter() for kind in RUBRICS}
        for name, label in labels.items():
            if label["correct"] or "ambiguous" in label or label["misconception"] in FORGIVEN:
                continue
            submission = Submission("s01", (folder / name).read_bytes())
            with timed(spent):
                result = grade(homeworks[label["assignment"]], submission, partial(run, setting), setting.level)
            named = {c.function: name_of(c.diagnosis) for c in result.criteria if c.diagnosis}
            for function in label["failing"]:
                verdict = judged(named.get(function), label["misconception"])
                counts[label["assignment"]][verdict] += 1
                if args.names and verdict != "right":
                    print(f"  {name}: {function} is {label['misconception']}, named {named.get(function)}")
        for kind, count in counts.items():
            whole = max(1, sum(count.values()))
            shares = ", ".join(f"{100 * count[each] / whole:.1f} % {each}" for each in ("right", "wrong", "not named"))
            print(f"{folder.name}, {RUBRICS[kind]}: {sum(count.values())} failing functions, {shares}")
    milliseconds = sorted(1000 * each for each in spent)
    print(f"search: {statistics.median(milliseconds):.1f} ms a wrong submission at the median, ", end="")
    print(f"{milliseconds[int(0.95 * len(milliseconds))]:.1f} ms at 95 %, {milliseconds[-1]:.1f} ms at worst")


@contextmanager
def timed(spent: list[float]) -> Iterator[None]:
    """Take the time of the search, the second time that it is made: a class has made it before."""
    search = grading.explanations

    def twice(*arguments: Any) -> Any:
        search(*arguments)
        started = time.perf_counter()
        found = search(*arguments)
        spent.append(time.perf_counter() - started)
        return found

    grading.explanations = twice  # type: ignore[assignment]
    try:
        yield
    finally:
        grading.explanations = search


def name_of(diagnosis: Diagnosis) -> str:
    """The name, or both where it took two."""
    return f"{diagnosis.misconception} + {diagnosis.second}" if diagnosis.second else diagnosis.misconception


def judged(name: str | None, label: str) -> str:
    """Whether a name is the label's."""
    return "not named" if name is None else "right" if name == label else "wrong"


if __name__ == "__main__":
    main()
