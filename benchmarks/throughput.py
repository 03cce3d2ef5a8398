"""How fast is a class graded, and where does the time go?

    python benchmarks/throughput.py [--submissions 1000 10000] [--jobs 2] [--thirty]

Submissions for rubrics/hw3-gradients.yaml, half of them wrong, are taken in turn from the labelled ones in
tests/corpus. First all are graded as `grade` does it, with sandbox, results and pages; then forty once more in this
process, stage by stage, for the shares. Times are of this machine at this moment: compare figures of one run.

The rubric makes 41 to 43 trials of each function; with --thirty, a copy of it makes 30, with every check and case.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from grader.batch import Job, grade_all, result_text
from grader.grade import grade
from grader.homework import read_homework
from grader.models import HandIn
from grader.report import class_page, gradebook, row_of, student_page, write
from grader.sandbox import Setting, choose, run
from grader.submissions import read_submission

ROOT = Path(__file__).parent.parent
RUBRIC = ROOT / "rubrics" / "hw3-gradients.yaml"
THIRTY = {
    "random shapes": {
        "small integers": 2,
        "random shapes": 3,
        **dict.fromkeys(("square shapes", "d = 1", "dh = 1", "m = 2", "large shapes"), 1),
    },
    "y indexing": {"first class": 2, "last class": 2},
    "relu at 0": {"pre-activation at zero": 2, "pre-activation near zero": 1, "dead hidden layer": 1},
    "numeric extremes": {"small probabilities": 1, "saturated softmax": 2, "huge values": 1, "tiny values": 1},
    "unusual inputs": dict.fromkeys(
        ("label as numpy integer", "label as 0-d array", "Fortran order", "strided inputs", "negative strides"), 1
    ),
    "repeatable": {
        "same shapes": 1,
        "one input changed": 2,
        "same output, other hidden layer": 2,
        "same trial again": 1,
    },
}
"""30 trials of each function, of every case of the rubric"""
_STAT = Path("/proc/stat")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, nargs="+", default=[100], metavar="N")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--thirty", action="store_true", help="30 trials of each function, instead of 41 to 43")
    args = parser.parse_args()
    setting = choose().setting
    with tempfile.TemporaryDirectory() as folder:
        rubric = thirty_trials(Path(folder)) if args.thirty else RUBRIC
        print_figures(rubric, args, setting)


def print_figures(rubric: Path, args: argparse.Namespace, setting: Setting) -> None:
    """Grade a class of each size, then a few one after the other."""
    trials = sorted({len(trials) for trials in read_homework(rubric, 0).trials.values()})
    print(f"sandbox: {setting.level}; {args.jobs} workers; {' or '.join(map(str, trials))} trials of each function")
    each: list[float] = []
    for count in args.submissions:
        with tempfile.TemporaryDirectory() as folder:
            each.append(grade_class(Path(folder), count, args.jobs, setting, rubric))
    for count, seconds in list(zip(args.submissions, each, strict=True))[1:]:
        print(f"a submission among {count}, over one among {args.submissions[0]}: {seconds / each[0]:.3f}")
    with tempfile.TemporaryDirectory() as folder:
        job = Job(read_homework(rubric, 0), Path(folder) / "reports", setting)
        print_shares(job, make_class(Path(folder) / "submissions", 40))


def thirty_trials(folder: Path) -> Path:
    """A copy of the rubric, and of its reference, that makes 30 trials of each function."""
    rubric = yaml.safe_load(RUBRIC.read_text(encoding="utf-8"))
    rubric["checks"] = THIRTY
    for part in ("rubrics", "reference"):
        (folder / part).mkdir()
    shutil.copy(RUBRIC.parent / rubric["reference"], folder / "reference")
    path = folder / "rubrics" / RUBRIC.name
    path.write_text(yaml.safe_dump(rubric, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def grade_class(folder: Path, count: int, jobs: int, setting: Setting, rubric: Path = RUBRIC) -> float:
    """Grade a class as `grade` does, from the rubric to the class page; print the figures; seconds a submission."""
    hand_ins = make_class(folder / "submissions", count)
    started, used = time.perf_counter(), cpu_seconds()
    job = Job(read_homework(rubric, 0), folder / "reports", setting)
    with memory_watched() as memory:
        rows = list(grade_all(job, hand_ins, jobs))
        write(job.folder / "index.html", class_page("hw3-gradients", "benchmark", rows))
        write(job.folder / "gradebook.csv", gradebook(rows))
    total, used = time.perf_counter() - started, cpu_seconds() - used
    wrong = sum(row.score != row.max_score for row in rows)
    print(f"{len(rows)} submissions ({wrong} of them wrong): {total:.2f} s")
    wall, cpu = 1000 * total / count, 1000 * used / count
    print(f"  a submission: {wall:.1f} ms of wall time, {cpu:.1f} ms of CPU time (all of the machine's)")
    print(f"  memory of the grader, all its processes, without the students': {memory[0] / 2**20:.0f} MB at most")
    return total / count


def cpu_seconds() -> float:
    """CPU time of the whole machine, where the system tells: behind the walls, nobody of ours waits for a child."""
    if not _STAT.is_file():
        usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(part.ru_utime + part.ru_stime for part in usage)
    user, nice, system, _idle, _iowait, irq, softirq, *_ = map(int, _STAT.read_text().split("\n")[0].split()[1:])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def make_class(folder: Path, count: int) -> list[HandIn]:
    """Hand-ins, right and wrong in turn, no two with the same bytes."""
    corpus = ROOT / "tests" / "corpus"
    labels = json.loads((corpus / "labels.json").read_text(encoding="utf-8"))
    sides = [[n for n, v in labels.items() if v["assignment"] == "column" and v["correct"] is c] for c in (True, False)]
    folder.mkdir()
    hand_ins = []
    for index in range(count):
        side = sides[index % 2]
        source = (corpus / side[index // 2 % len(side)]).read_text(encoding="utf-8")
        path = folder / f"s{index:05}.py"
        path.write_text(f"{source}\n# {index}\n", encoding="utf-8")
        hand_ins.append(HandIn(path.stem, path))
    return hand_ins


def print_shares(job: Job, hand_ins: list[HandIn]) -> None:
    """The stages of one submission after the other, in this process."""
    spent: dict[str, float] = defaultdict(float)

    def timed(stage: str, function: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        start = time.perf_counter()
        value = function(*arguments, **more)
        spent[stage] += time.perf_counter() - start
        return value

    def timed_run(*arguments: Any, **more: Any) -> Any:
        return timed("student code, in its process", partial(run, job.setting), *arguments, **more)

    for hand_in in hand_ins:
        submission = timed("reading", read_submission, hand_in)
        result = timed("judging", grade, job.homework, submission, timed_run, job.setting.level)
        page = timed("page", student_page, result)
        timed("writing", write, job.page_path(result.student), page)
        timed("writing", lambda r: write(job.result_path(r.student), result_text(r)), result)
        timed("row", row_of, result)
    spent["judging"] -= spent["student code, in its process"]
    whole = sum(spent.values())
    print(f"stages of {len(hand_ins)} submissions, one after the other:")
    for stage, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"  {stage:<30} {1000 * seconds / len(hand_ins):7.2f} ms {100 * seconds / whole:6.1f} %")


@contextmanager
def memory_watched() -> Iterator[list[int]]:
    """The largest sum, seen in steps, of the memory of this process and its workers (shared pages counted once)."""
    largest, stop = [0], threading.Event()

    def watch() -> None:
        while not stop.wait(0.5):
            own = os.getpid()
            largest[0] = max(largest[0], sum(proportional(pid) for pid in (own, *workers(own))))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield largest
    finally:
        stop.set()
        thread.join()


def workers(parent: int) -> list[int]:
    """The worker processes: children with the command line of their parent."""
    try:
        command = Path(f"/proc/{parent}/cmdline").read_bytes()
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        return [int(pid) for pid in children if Path(f"/proc/{pid}/cmdline").read_bytes() == command]
    except OSError:
        return []


def proportional(pid: int) -> int:
    """Bytes of a process, each shared page divided by those who share it; 0 where the system does not tell."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


if __name__ == "__main__":
    main()
