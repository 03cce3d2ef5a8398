"""A whole class: written one by one, the same bytes whatever the number of workers, finished by the next run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import GOOD, ROOT, WRONG, flags

from grader import batch
from grader.batch import Job, grade_all, grade_hand_in
from grader.homework import Homework, read_homework
from grader.models import HandIn, Result, Verdict
from grader.sandbox import Level, Setting, workers
from grader.submissions import find_hand_ins


@pytest.fixture
def homework(course: Path) -> Homework:
    return read_homework(Path("rubrics/small.yaml"), 0)


def all_results(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "results").iterdir())}


def test_results_are_the_same_bytes_whatever_the_number_of_workers(course: Path, homework: Homework, setting: Setting):
    for number in range(3, 8):
        (course / "submissions" / "small" / f"s{number:02}.py").write_text(WRONG if number % 2 else GOOD)
    hand_ins, _ = find_hand_ins(Path("submissions/small"))
    for jobs in (1, 2, 5):
        rows = list(grade_all(Job(homework, Path(f"out{jobs}"), setting), hand_ins, jobs))
        assert {row.student for row in rows} == {f"s{n:02}" for n in range(1, 8)}
    assert all_results(Path("out1")) == all_results(Path("out2")) == all_results(Path("out5"))


def test_the_samples_give_the_same_bytes_with_one_worker_and_with_two(
    minibatch: Homework, tmp_path: Path, setting: Setting
):
    hand_ins, _ = find_hand_ins(ROOT / "submissions" / "hw3-minibatch")
    for jobs in (1, 2):
        list(grade_all(Job(minibatch, tmp_path / str(jobs), setting), hand_ins, jobs))
    assert all_results(tmp_path / "1") == all_results(tmp_path / "2")


def test_a_result_is_format_1_and_says_nothing_of_time_or_machine(course: Path, homework: Homework, setting: Setting):
    grade_hand_in(Job(homework, Path("out"), setting), HandIn("s02", Path("submissions/small/s02.py")))
    text = Path("out/results/s02.json").read_text()
    content = json.loads(text)
    assert list(content)[:12] == [
        "format", "grader", "homework", "title", "student", "seed",
        "rubric_digest", "submission_digest", "sandbox", "verdict", "score", "max_score",
    ]  # fmt: skip
    assert content["format"] == 1
    assert content["sandbox"] == setting.level
    assert str(course) not in text
    assert sys.prefix not in text
    assert Path("out/s02.html").read_text().startswith("<!doctype html>")


def test_a_result_that_stands_is_not_graded_again(
    course: Path, homework: Homework, monkeypatch: pytest.MonkeyPatch, setting: Setting
):
    job, hand_in = Job(homework, Path("out"), setting), HandIn("s01", Path("submissions/small/s01.py"))
    first = grade_hand_in(job, hand_in)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("it was graded again")

    monkeypatch.setattr(batch, "grade", refuse)
    assert grade_hand_in(job, hand_in) == first
    assert grade_hand_in(Job(homework, Path("out"), setting, fresh=True), hand_in).verdict == Verdict.JUDGE_ERROR


CHANGES = ["submission", "rubric", "reference", "seed", "version", "level", "no page", "torn result"]


@pytest.mark.parametrize("change", CHANGES)
def test_a_result_about_something_else_does_not_stand(
    course: Path, homework: Homework, change: str, monkeypatch, setting: Setting
):
    job, hand_in = Job(homework, Path("out"), setting), HandIn("s01", Path("submissions/small/s01.py"))
    grade_hand_in(job, hand_in)
    seed = 0
    if change == "submission":
        hand_in.path.write_text(WRONG)
    elif change == "rubric":
        Path("rubrics/small.yaml").write_text(Path("rubrics/small.yaml").read_text() + "# changed\n")
    elif change == "reference":
        Path("reference/small.py").write_text(Path("reference/small.py").read_text() + "# changed\n")
    elif change == "seed":
        seed = 1
    elif change == "version":
        monkeypatch.setattr(batch, "__version__", "0.0.0")
    elif change == "level":
        setting = Setting(Level.PARTIAL if setting.level == Level.NONE else Level.NONE)
    elif change == "no page":
        Path("out/s01.html").unlink()
    else:
        Path("out/results/s01.json").write_text(Path("out/results/s01.json").read_text()[:100])
    graded = []
    grade = batch.grade
    monkeypatch.setattr(batch, "grade", lambda *a: graded.append(1) or grade(*a))
    grade_hand_in(Job(read_homework(Path("rubrics/small.yaml"), seed), Path("out"), setting), hand_in)
    assert graded == [1]


def test_a_judge_error_does_not_stand(
    course: Path, homework: Homework, monkeypatch: pytest.MonkeyPatch, setting: Setting
):
    job, hand_in = Job(homework, Path("out"), setting), HandIn("s01", Path("submissions/small/s01.py"))
    with monkeypatch.context() as patch:
        patch.setattr(batch, "grade", lambda *a: 1 / 0)
        row = grade_hand_in(job, hand_in)
    assert (row.verdict, row.score) == (Verdict.JUDGE_ERROR, None)
    result = Result.model_validate_json(Path("out/results/s01.json").read_bytes())
    assert result.message == (
        "This could not be graded, through no fault of the submission: ZeroDivisionError: division by zero"
    )
    assert grade_hand_in(job, hand_in).score == 4.0


def test_one_bad_submission_is_one_row(course: Path, homework: Homework, setting: Setting):
    folder = course / "submissions" / "small"
    (folder / "s03.py").write_bytes(b"\xff\xfe\x00")
    (folder / "s04.py").write_text("import os\nos._exit(0)\n")
    (folder / "s05.py").write_text("")
    rows = {row.student: row for row in grade_all(Job(homework, Path("out"), setting), find_hand_ins(folder)[0], 2)}
    assert {s: row.score for s, row in rows.items()} == {"s01": 4.0, "s02": 2.0, "s03": 0.0, "s04": 0.0, "s05": 0.0}


def test_a_worker_that_dies_takes_nobody_along(
    course: Path, homework: Homework, monkeypatch: pytest.MonkeyPatch, setting: Setting
):
    """The first worker that grades s02 is killed; everybody has a result all the same."""
    marker, grade = course / "killed", batch.grade

    def grade_or_die(homework, submission, run, sandbox):
        if submission.student == "s02" and not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return grade(homework, submission, run, sandbox)

    monkeypatch.setattr(batch, "grade", grade_or_die)
    hand_ins, _ = find_hand_ins(Path("submissions/small"))
    rows = {row.student: row.score for row in grade_all(Job(homework, Path("out"), setting), hand_ins, 2)}
    assert rows == {"s01": 4.0, "s02": 2.0}


def many(course: Path, count: int) -> list[HandIn]:
    """Hand-ins that are all right, and no two the same."""
    right = Path("submissions/small/s01.py").read_text()
    hand_ins = []
    for number in range(count):
        path = course / f"t{number}.py"
        path.write_text(f"{right}\n# {number}\n")
        hand_ins.append(HandIn(path.stem, path))
    return hand_ins


@pytest.fixture
def handed_out(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Whom the workers were given at once, time after time; never more than two for each of two workers."""
    tasks: list[list[str]] = []
    futures = []

    class Watched(ProcessPoolExecutor):
        def submit(self, work, task):
            assert sum(not future.done() for future in futures) < 4
            tasks.append([hand_in.student for hand_in in task])
            futures.append(super().submit(work, task))
            return futures[-1]

    monkeypatch.setattr(batch, "ProcessPoolExecutor", Watched)
    return tasks


def test_many_are_handed_out_together(course: Path, homework: Homework, setting: Setting, monkeypatch, handed_out):
    monkeypatch.setattr(batch, "_PATIENCE", 1000.0)
    hand_ins = many(course, 70)
    rows = [(row.student, row.score) for row in grade_all(Job(homework, Path("out"), setting), hand_ins, 2)]
    assert sorted(rows) == sorted((hand_in.student, 4.0) for hand_in in hand_ins)
    assert [len(task) for task in handed_out] == [4] * 17 + [2]
    assert [name for task in handed_out for name in task] == [hand_in.student for hand_in in hand_ins]


def test_who_follows_a_slow_one_goes_alone(course: Path, homework: Homework, setting, monkeypatch, handed_out):
    """Each has one row, its own, also where every worker's patience is at its end after one."""
    monkeypatch.setattr(batch, "_PATIENCE", -1.0)
    hand_ins = many(course, 70)
    rows = [(row.student, row.score) for row in grade_all(Job(homework, Path("out"), setting), hand_ins, 2)]
    assert sorted(rows) == sorted((hand_in.student, 4.0) for hand_in in hand_ins)
    assert Counter(map(len, handed_out)) == {4: 17, 2: 1, 1: 52}


def test_who_follows_a_slow_one_is_next(course: Path, homework: Homework, setting: Setting, monkeypatch):
    """Of each handful, one is done; the others of it come before any further handful, in their order."""
    tasks: list[list[str]] = []

    class AtOnce:
        def __init__(self, *_: object) -> None: ...

        def submit(self, _work, task) -> Future:
            tasks.append([hand_in.student for hand_in in task])
            future: Future = Future()
            future.set_result(task[:1])
            return future

        def shutdown(self, **_: object) -> None: ...

    monkeypatch.setattr(batch, "ProcessPoolExecutor", AtOnce)
    hand_ins = many(course, 70)
    found = list(batch._in_workers(Job(homework, Path("out"), setting), hand_ins, 2, [], together=True))
    assert [student for student, _ in found] == [hand_in.student for _, hand_in in found]
    assert {student for student, _ in found} == {hand_in.student for hand_in in hand_ins}
    assert len(found) == 70
    assert [len(task) for task in tasks] == ([4] * 4 + [1] * 12) * 4 + [4, 2] + [1] * 4
    begun = [task[0] for task in tasks]
    for first in range(0, 68, 4):
        own = [begun.index(f"t{number}") for number in range(first, first + 4)]
        assert own == sorted(own)


def test_patience_is_for_a_handful(monkeypatch: pytest.MonkeyPatch):
    now = [100.0]

    def takes_a_while(_job, hand_in):
        now[0] += 0.2
        return hand_in

    monkeypatch.setattr(batch, "_job", object())
    monkeypatch.setattr(batch, "grade_hand_in", takes_a_while)
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr(batch, "_PATIENCE", 0.5)
    assert batch._work(["t0", "t1", "t2", "t3"]) == ["t0", "t1", "t2"]


@pytest.mark.parametrize("killers", [{0}, {1}, {20, 21}, {5, 30, 44}, {47}], ids=str)
@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "after a while"])
def test_a_hand_in_that_kills_every_worker_takes_nobody_along(
    course: Path, homework: Homework, setting: Setting, monkeypatch, handed_out, killers: set[int], at_once: bool
):
    """Whoever it is: nobody else is without a score, nor said to have stood, and they go one by one from then on."""
    grade, dead = batch.grade, {f"t{number}" for number in killers}

    def grade_or_die(homework, submission, run, sandbox):
        if submission.student in dead:
            time.sleep(0.0 if at_once else 0.1)  # the others of its handful are done by then, or on their way
            os.kill(os.getpid(), signal.SIGKILL)
        return grade(homework, submission, run, sandbox)

    monkeypatch.setattr(batch, "grade", grade_or_die)
    monkeypatch.setattr(batch, "_PATIENCE", 1000.0)
    hand_ins = many(course, 48)
    rows = list(grade_all(Job(homework, Path("out"), setting), hand_ins, 2))
    assert {row.student: row.score for row in rows} == {
        hand_in.student: None if hand_in.student in dead else 4.0 for hand_in in hand_ins
    }
    assert len(rows) == 48
    assert not any(row.stood for row in rows)
    sizes = [len(task) for task in handed_out]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 3
    again = list(grade_all(Job(homework, Path("out"), setting), [h for h in hand_ins if h.student not in dead], 2))
    assert all(row.stood for row in again)


def test_workers_that_keep_dying_end_in_judge_errors_not_in_zeros(
    course: Path, homework: Homework, monkeypatch, setting: Setting
):
    def broken(job, hand_ins, jobs, under_way, together):
        raise BrokenProcessPool("dead")
        yield

    monkeypatch.setattr(batch, "_in_workers", broken)
    hand_ins, _ = find_hand_ins(Path("submissions/small"))
    job = Job(homework, Path("out"), setting)
    list(grade_all(job, hand_ins[:1], 1))
    rows = list(grade_all(job, hand_ins, 2))
    assert [(row.student, row.score) for row in rows] == [("s01", 4.0), ("s02", None)]  # what stands still does
    rows = list(grade_all(replace(job, fresh=True), hand_ins, 2))
    assert [(row.student, row.score) for row in rows] == [("s01", None), ("s02", None)]


def test_a_worker_ends_with_its_parent():
    ended = []
    answers = iter([7, 7, 1])
    workers.end_with(7, lambda: next(answers), ended.append)
    assert ended == [1]


def test_a_killed_grader_leaves_results_that_stand_and_the_next_run_does_the_rest(course: Path):
    folder = course / "submissions" / "small"
    for number in range(3, 13):
        (folder / f"s{number:02}.py").write_text(f"import time\ntime.sleep(0.2)\n{WRONG}")
    command = [sys.executable, "-m", "grader", "submissions", "--jobs", "2", *flags()]
    subprocess.run([*command, "--out", "undisturbed"], check=True, capture_output=True)
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    results = course / "reports" / "small" / "results"
    while running.poll() is None and len(list(results.glob("*.json"))) < 3:
        time.sleep(0.02)
    running.kill()
    running.wait()
    time.sleep(1.5)  # its workers notice, and end
    standing = {path.name: path.stat().st_mtime_ns for path in results.glob("*.json")}
    assert 3 <= len(standing) < 12
    for path in results.glob("*.json"):
        Result.model_validate_json(path.read_bytes())
    subprocess.run(command, check=True, capture_output=True)
    assert all_results(course / "reports" / "small") == all_results(course / "undisturbed" / "small")
    assert {name: (results / name).stat().st_mtime_ns for name in standing} == standing
