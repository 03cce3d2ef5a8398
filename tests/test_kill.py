"""kill -9 at any moment: nothing is left running, nothing on disk is torn, and the next run makes the rest good."""

from __future__ import annotations

import contextlib
import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import ROOT, flags

from grader.models import Result

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
]

KILLS = 50
IN_A_ROW = 12
"""so often at most, then a run is left to come to its end"""
LANES = 2
"""how many graders are killed at a time, each in a folder of its own"""
SEED = 20
GONE_AFTER, GONE_AT_LAST = 1.0, 5.0
"""Seconds after which nothing that the grader started may be there; what is just importing its libraries notices only
afterwards, so that it takes longer now and then."""

CORPUS = ROOT / "tests" / "corpus" / "column"
CLASS = 38
"""taken from the corpus; two more hang"""
HANGS_IN_A_FUNCTION = "\n\ndef grad_x(grad_ha, W1):\n    while True:\n        pass\n"
HANGS_AT_THE_TOP = "while True:\n    pass\n\n\n"


def make_course(folder: Path) -> None:
    """A class of forty: right, wrong, and two that hang."""
    shutil.copytree(ROOT / "reference", folder / "reference")
    (folder / "rubrics").mkdir()
    rubric = (ROOT / "rubrics" / "hw3-gradients.yaml").read_text(encoding="utf-8")
    limits = "\nlimits: {seconds: 0.3, load_seconds: 0.3, memory_mb: 256}\n"
    (folder / "rubrics" / "hw3-gradients.yaml").write_text(rubric + limits, encoding="utf-8")
    inbox = folder / "submissions" / "hw3-gradients"
    inbox.mkdir(parents=True)
    buggy, correct = sorted(CORPUS.glob("buggy/*.py")), sorted(CORPUS.glob("correct/*.py"))
    files = [*correct[: CLASS // 2], *buggy[: CLASS - len(correct[: CLASS // 2])]]
    for number, path in enumerate(sorted(files, key=lambda path: path.name), 1):
        shutil.copy(path, inbox / f"s{number:02}.py")
    right = correct[0].read_text(encoding="utf-8")
    (inbox / "s05a.py").write_text(right + HANGS_IN_A_FUNCTION, encoding="utf-8")
    (inbox / "s20a.py").write_text(HANGS_AT_THE_TOP + right, encoding="utf-8")
    (folder / "site-packages").mkdir()


LAUNCHER = """
import os, sys
from grader.cli import main

for _ in sys.stdin:
    number = os.fork()
    if number == 0:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nowhere, descriptor)
        sys.exit(main(sys.argv[1:]))
    print(number, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]), flush=True)
"""
"""Starts a grader, in a session of its own, for each line that it reads. The modules are imported once: half of the
moments would else fall into the import, where nothing happens yet."""


class Launcher:
    """Graders of one course folder, one after the other.

    Every process that they start has the folder in its command line: the workers as an argument, what locks student
    code in as a place where packages could be.
    """

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", LAUNCHER, f"{folder}/submissions", f"--out={folder}/reports", "--jobs=2", *flags()],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": f"{ROOT}:{folder}/site-packages", "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._orders, self._replies = self._process.stdin, self._process.stdout
        self.pid = self._process.pid

    def start(self) -> int:
        """The number of a new grader."""
        self._orders.write(b"\n")
        return int(self._replies.readline())

    def exit_code(self, seconds: float) -> int | None:
        """How the grader ended, if it does so in time."""
        return int(self._replies.readline()) if select.select([self._replies], [], [], seconds)[0] else None

    def close(self) -> None:
        self._orders.close()
        self._replies.close()
        self._process.wait(60)


def processes_of(folder: Path) -> dict[int, str]:
    """Every process that has the folder in its command line, and that command line."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:  # it has ended
            continue
        if f"{folder}/" in words:
            found[int(path.parent.name)] = words
    return found


def everything(reports: Path) -> dict[str, bytes]:
    """All that a teacher sees of a folder, byte by byte."""
    paths = sorted(path for path in reports.rglob("*") if path.is_file() and path.suffix != ".part")
    return {str(path.relative_to(reports)): path.read_bytes() for path in paths}


@dataclass
class Lane:
    """A course folder where one grader after the other is killed."""

    folder: Path
    launcher: Launcher
    undisturbed: dict[str, bytes]
    seconds: float
    """how long the undisturbed run took"""
    draw: random.Random
    kills: int = 0
    standing: list[int] = field(default_factory=list)
    """how many results there were at each kill"""
    seconds_to_vanish: list[float] = field(default_factory=list)
    """how long it took until everything had gone, at each kill"""

    @property
    def reports(self) -> Path:
        return self.folder / "reports"

    def work(self, kills: int) -> None:
        """Kill so often. Whenever a run has come to its end, compare what it wrote, and begin from nothing."""
        in_a_row = 0
        while self.kills < kills:
            in_a_row = in_a_row % IN_A_ROW + 1
            if self.ends(disturbed=in_a_row < IN_A_ROW):
                in_a_row = 0
                self.compare()
                shutil.rmtree(self.reports)
        assert self.ends(disturbed=False)
        self.compare()

    def ends(self, *, disturbed: bool) -> bool:
        """Start a grader, and kill it at some moment if it is to be disturbed; says whether it came to its end."""
        grader = self.launcher.start()
        code = self.launcher.exit_code(self.draw.uniform(0.0, self.seconds) if disturbed else 60.0)
        if code is not None:
            assert code == 0
            return True
        os.kill(grader, signal.SIGKILL)
        assert self.launcher.exit_code(10.0) == -signal.SIGKILL
        self.kills += 1
        self.wait_until_gone()
        self.look_at_what_stands()
        return False

    def wait_until_gone(self) -> None:
        killed = time.monotonic()
        while left := {n: words for n, words in processes_of(self.folder).items() if n != self.launcher.pid}:
            waited = time.monotonic() - killed
            assert waited < GONE_AT_LAST, f"{waited:.1f} s after the kill there are still {left}"
            time.sleep(0.02)
        self.seconds_to_vanish.append(time.monotonic() - killed)

    def look_at_what_stands(self) -> None:
        """Every file under its own name is whole, and is what the undisturbed run wrote; a result has its page."""
        stands = everything(self.reports) if self.reports.exists() else {}
        for name, content in stands.items():
            assert content == self.undisturbed[name], f"{name} after kill {self.kills}"
        students = [Path(name).stem for name in stands if "/results/" in name]
        assert all(f"hw3-gradients/{student}.html" in stands for student in students)
        self.standing.append(len(students))

    def compare(self) -> None:
        found = everything(self.reports)
        assert sorted(found) == sorted(self.undisturbed)
        assert [name for name in found if found[name] != self.undisturbed[name]] == []


@pytest.fixture(scope="module")
def lanes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Lane]]:
    """The folders after all kills, every one of them well."""
    with contextlib.ExitStack() as stack:
        folder = tmp_path_factory.mktemp("undisturbed")
        make_course(folder)
        launcher = stack.enter_context(contextlib.closing(Launcher(folder)))
        launcher.start()
        began = time.monotonic()
        assert launcher.exit_code(60.0) == 0
        seconds, undisturbed = time.monotonic() - began, everything(folder / "reports")
        lanes = []
        for number in range(LANES):
            lane = tmp_path_factory.mktemp(f"lane{number}")
            make_course(lane)
            launcher = stack.enter_context(contextlib.closing(Launcher(lane)))
            lanes.append(Lane(lane, launcher, undisturbed, seconds, random.Random(SEED + number)))
        with ThreadPoolExecutor(LANES) as pool:
            for done in [pool.submit(lane.work, KILLS // LANES) for lane in lanes]:
                done.result()
        yield lanes


def test_the_class_is_mixed(lanes: list[Lane]):
    undisturbed = lanes[0].undisturbed
    results = [Result.model_validate_json(text) for name, text in undisturbed.items() if "/results/" in name]
    assert len(results) == 40
    verdicts = {criterion.verdict.value for result in results for criterion in result.criteria}
    assert verdicts >= {"accepted", "wrong_answer", "time_limit"}
    by_student = {result.student: json.loads(result.model_dump_json()) for result in results}
    assert by_student["s05a"]["criteria"][-1]["verdict"] == "time_limit"
    assert by_student["s20a"]["score"] == by_student["s20a"]["max_score"]
    assert len(by_student["s20a"]["notes"]) == 1


def test_whenever_the_grader_is_killed_nothing_stays_behind_and_the_next_run_makes_the_same(lanes: list[Lane]):
    assert sum(lane.kills for lane in lanes) == KILLS


def test_the_kills_came_at_all_stages(lanes: list[Lane]):
    standing = [number for lane in lanes for number in lane.standing]
    assert 0 in standing
    assert len([number for number in standing if 0 < number < 40]) >= 5


def test_what_a_killed_grader_started_is_gone_after_a_second(lanes: list[Lane]):
    seconds = [taken for lane in lanes for taken in lane.seconds_to_vanish]
    assert len(seconds) == KILLS
    assert len([taken for taken in seconds if taken > GONE_AFTER]) <= KILLS // 10


def test_what_a_killed_grader_was_writing_is_removed_by_the_next_run(lanes: list[Lane]):
    half = lanes[0].reports / "hw3-gradients" / "results" / ".k1l2m3n4.part"
    half.write_text('{"format": 1, ')
    assert lanes[0].ends(disturbed=False)
    assert not half.exists()
