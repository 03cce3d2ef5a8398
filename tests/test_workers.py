"""Workers and the zygotes that were started ahead for them: whose they are, where they run, and when they end."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import GOOD, at, descendants

from grader import batch
from grader.batch import Job, grade_all
from grader.cli import main
from grader.errors import SandboxError, UnsafeError
from grader.grade import grade
from grader.homework import read_homework
from grader.models import Call, Calls, HandIn, Limits, Program, Wanted
from grader.sandbox import Level, Setting, choose, expect, run, selftest, start, walls, workers
from grader.submissions import find_hand_ins

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks")
OPEN = Setting(Level.NONE)


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No zygote is taken over from what was tried before, or left to what is tried after."""
    start.end_zygotes()
    yield
    start.end_zygotes()


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], list[tuple[int, str]]]:
    """Who has started zygotes so far, here and in workers: the process's number and the level."""
    told = tmp_path / "begun"
    told.touch()
    real = start.Zygote.__init__

    def said(self: start.Zygote, setting: Setting, seconds: float) -> None:
        with told.open("a") as file:
            file.write(f"{os.getpid()} {setting.level}\n")
        real(self, setting, seconds)

    def read() -> list[tuple[int, str]]:
        return [(int(pid), level) for pid, level in map(str.split, told.read_text().splitlines())]

    monkeypatch.setattr(start.Zygote, "__init__", said)
    return read


def value_of(setting: Setting, source: str) -> float:
    """What f(1) gives."""
    calls = Calls((Wanted("f", ("x",), ("x",)),), (Call("f", {"x": 1.0}),))
    value = run(setting, Program(source.encode()), calls, Limits()).outcomes[0].value
    assert value is not None
    return float(value)


def in_workers(count: int, work: Callable[[], Any], setting: Setting = OPEN) -> list[Any]:
    """What this gives in each of so many workers, once they have their places, in the order of being done."""
    found = workers.worker_context().Queue()
    started = started_workers(count, lambda: found.put(work()), setting)
    got = [found.get(timeout=60) for _ in range(count)]
    for each in started:
        each.join()
    return got


def started_workers(count: int, work: Callable[[], Any], setting: Setting) -> list[Any]:
    """So many workers, which do this once they have their places."""
    context = workers.worker_context()
    free = workers.places(count, context)

    def worked() -> None:
        workers.be_a_worker(os.getppid(), interrupted=False)
        workers.take_place(free, setting)
        work()

    started = [context.Process(target=worked) for _ in range(count)]  # type: ignore[attr-defined]
    for each in started:
        each.start()
    start.hand_over(setting)
    return started


def soon(holds: Callable[[], bool]) -> bool:
    """Whether this holds within a few seconds."""
    until = time.monotonic() + 5
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()


TWICE = "def f(x): return 2 * x"
WHERE = "import os\ndef f(x): return float(sum(os.sched_getaffinity(0)))\n"


def test_as_many_workers_as_processors_stay_on_one_each_and_so_does_what_they_take_over(begun):
    own = workers.processors()
    start.start_ahead(OPEN, len(own))
    stay = in_workers(len(own), lambda: (sorted(os.sched_getaffinity(0)), value_of(OPEN, WHERE)))
    assert sorted(stay) == [([processor], float(processor)) for processor in own]
    assert os.sched_getaffinity(0) == {*own}, "only workers stay"
    assert begun() == [(os.getpid(), "none")] * len(own)


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_another_number_of_workers_goes_where_there_is_room(monkeypatch: pytest.MonkeyPatch, jobs: int):
    monkeypatch.setattr(workers, "processors", lambda: [4, 5, 7])
    free = workers.places(jobs, workers.worker_context())
    assert [free.get() for _ in range(jobs)] == [workers.Place(number, None) for number in range(jobs)]


def test_a_processor_that_is_not_to_be_had_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workers, "processors", lambda: [4094, 4095])
    start.start_ahead(OPEN, 2)
    assert in_workers(2, lambda: value_of(OPEN, TWICE)) == [2.0, 2.0]
    start.zygote(OPEN).stay_on(4095)
    assert value_of(OPEN, TWICE) == 2.0


def test_a_worker_for_whom_none_was_started_starts_its_own(begun):
    start.start_ahead(OPEN, 2)
    assert in_workers(3, lambda: value_of(OPEN, TWICE)) == [2.0] * 3
    mine, others = begun()[:2], begun()[2:]
    assert mine == [(os.getpid(), "none")] * 2
    assert len(others) == 1
    assert others[0][0] != os.getpid()


def test_a_worker_whose_zygote_has_died_starts_another(begun):
    start.start_ahead(OPEN, 1)
    os.kill(start.zygote(OPEN)._process.pid, signal.SIGKILL)

    def tried() -> list[float | str]:
        values: list[float | str] = []
        for _ in range(2):
            try:
                values.append(value_of(OPEN, TWICE))
            except start.SandboxError as error:
                values.append(str(error))
        return values

    assert in_workers(1, tried) == [
        ["the process that students' code is forked from ended: no word", 2.0],
    ]
    assert [pid == os.getpid() for pid, _ in begun()] == [True, False]


def test_of_several_workers_one_whose_zygote_has_died_starts_another():
    """Also where they stay on processors, which is the first thing that a zygote is told."""
    own = workers.processors()
    start.start_ahead(OPEN, len(own))
    os.kill(start.zygote(OPEN)._process.pid, signal.SIGKILL)
    assert in_workers(len(own), lambda: soon(started_here)) == [True] * len(own)


def started_here() -> bool:
    """Whether a zygote of this worker serves."""
    try:
        return value_of(OPEN, TWICE) == 2.0
    except start.SandboxError:
        return False


def test_a_worker_holds_nothing_of_the_others():
    start.start_ahead(OPEN, 3)
    every = list(start._zygotes[OPEN])

    def held() -> list[bool]:
        assert start._handed_over == []
        return [one._orders.fileno() >= 0 and not one._process.stderr.closed for one in every]  # type: ignore[union-attr]

    assert sorted(in_workers(3, held)) == [[False, False, True], [False, True, False], [True, False, False]]
    assert in_workers(1, held) == [[False, False, False]], "those of before have been handed over"


def test_a_forked_copy_that_takes_nothing_over_gives_no_orders_to_its_parents(begun):
    start.start_ahead(OPEN, 1)
    context = workers.worker_context()
    found = context.SimpleQueue()
    copy = context.Process(target=lambda: found.put(value_of(OPEN, TWICE)))  # type: ignore[attr-defined]
    copy.start()
    assert found.get() == 2.0
    copy.join()
    assert [pid == os.getpid() for pid, _ in begun()] == [True, False]
    assert value_of(OPEN, TWICE) == 2.0
    assert len(begun()) == 2


def test_a_zygote_ends_with_the_worker_that_took_it_over(locked: Setting):
    before = descendants()
    for end in (lambda: None, lambda: os.kill(os.getpid(), signal.SIGKILL)):
        start.start_ahead(locked, 2)
        for each in start._zygotes[locked]:
            each.wait_until_ready()

        def worked(end: Callable[[], None] = end) -> None:
            assert value_of(locked, TWICE) == 2.0
            end()

        for each in started_workers(2, worked, locked):
            each.join()
        zygotes = {one._process.pid for one in start._handed_over}
        assert len(zygotes) == 2
        assert soon(lambda zygotes=zygotes: not any(map(running, zygotes)))
        start.end_zygotes()
        assert descendants() == before


def running(pid: int) -> bool:
    """Whether it runs, and has not only its end to be seen."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def stop_it() -> tuple[int, float]:
    """End a zygote that does not listen; its number, and how long that took."""
    one = start.zygote(OPEN)
    one.wait_until_ready()
    os.kill(one._process.pid, signal.SIGSTOP)
    began = time.monotonic()
    one.close()
    return one._process.pid, time.monotonic() - began


def test_a_zygote_that_does_not_end_is_killed_by_its_owner():
    pid, seconds = stop_it()
    assert soon(lambda: not running(pid))
    assert 1 <= seconds < 20


def test_a_zygote_that_does_not_end_is_killed_by_who_took_it_over():
    start.start_ahead(OPEN, 1)
    ((pid, seconds),) = in_workers(1, stop_it)
    assert soon(lambda: not running(pid))
    assert 1 <= seconds < 20


def test_a_class_is_graded_with_what_was_started_ahead(course: Path, locked: Setting, begun):
    before = descendants()
    for number in range(3, 11):
        (course / "submissions" / "small" / f"s{number:02}.py").write_text(GOOD)
    hand_ins, _ = find_hand_ins(Path("submissions/small"))
    homework = read_homework(Path("rubrics/small.yaml"), 0)
    start.start_ahead(locked, 2)
    graded = grade_all(Job(homework, Path("out"), locked), hand_ins, 2)
    next(graded)
    assert locked not in start._zygotes, "they are the workers' by now"
    assert len(list(graded)) == 9
    assert begun() == [(os.getpid(), locked.level)] * 2
    assert descendants() == before
    assert len(list(grade_all(Job(homework, Path("again"), locked), hand_ins, 2))) == 10
    assert len(begun()) == 4
    assert descendants() == before


def test_after_a_death_the_next_workers_start_their_own(course: Path, locked: Setting, begun, monkeypatch):
    homework = read_homework(Path("rubrics/small.yaml"), 0)

    def grade_or_die(homework, submission, run, sandbox):
        if submission.student == "s02":
            os.kill(os.getpid(), signal.SIGKILL)
        return grade(homework, submission, run, sandbox)

    monkeypatch.setattr(batch, "grade", grade_or_die)
    hand_ins = [HandIn(name, Path("submissions/small/s01.py")) for name in ("s01", "s02", "s03", "s04")]
    start.start_ahead(locked, 2)
    rows = list(grade_all(Job(homework, Path("out"), locked), hand_ins, 2))
    assert {row.student: row.score for row in rows} == {"s01": 4.0, "s02": None, "s03": 4.0, "s04": 4.0}
    assert begun()[:2] == [(os.getpid(), locked.level)] * 2
    assert all(pid != os.getpid() for pid, _ in begun()[2:])


def test_the_zygotes_of_homeworks_to_come_are_left_to_them(course: Path, locked: Setting, begun):
    homework = read_homework(Path("rubrics/small.yaml"), 0)
    hand_ins, _ = find_hand_ins(Path("submissions/small"))
    later = Setting(locked.level, ("yaml",))
    start.start_ahead(locked, 2)
    start.start_ahead(later, 1)
    list(grade_all(Job(homework, Path("out"), locked), hand_ins, 2))
    assert list(filter(None, start._zygotes.values())) == [[start.zygote(later)]]
    list(grade_all(Job(homework, Path("again"), later), hand_ins, 2))
    assert [pid == os.getpid() for pid, _ in begun()] == [True, True, True, False]


def test_workers_that_can_not_be_started_are_no_endless_wait(course: Path, locked: Setting, monkeypatch):
    hand_ins, _ = find_hand_ins(Path("submissions/small"))
    job = Job(read_homework(Path("rubrics/small.yaml"), 0), Path("out"), locked)
    real, count = os.fork, iter(range(9))

    def fork() -> int:
        if next(count):
            raise OSError(11, "Resource temporarily unavailable")
        return real()

    before = descendants()
    monkeypatch.setattr(os, "fork", fork)
    with pytest.raises(SandboxError) as error:
        list(grade_all(job, hand_ins, 2))
    assert str(error.value) == (
        "the processes that grade can not be started (Resource temporarily unavailable); have fewer with --jobs, or "
        "allow more open files and processes (ulimit -n, ulimit -u)"
    )
    assert soon(lambda: descendants() == before)


# ---------------------------------------------------------------- what is expected of the self-test


def test_what_is_started_ahead_is_what_the_self_test_attacks(locked: Setting, begun):
    expect(insist=locked.level, workers=2)
    assert begun() == [(os.getpid(), locked.level)] * 2
    assert choose(insist=locked.level).setting == locked
    assert len(begun()) == 2
    assert len(start._zygotes[locked]) == 2


def test_a_death_by_chance_is_no_reason_against_a_level(locked: Setting, begun):
    expect(insist=locked.level)
    start.zygote(locked).wait_until_ready()
    os.kill(start.zygote(locked)._process.pid, signal.SIGKILL)
    assert selftest.try_level(locked).holds
    assert begun() == [(os.getpid(), locked.level)] * 2


@pytest.mark.skipif(walls.bwrap() is None, reason="there is no bwrap")
def test_without_a_wish_the_best_level_is_expected(begun):
    expect(("yaml",))
    assert begun() == [(os.getpid(), "full")]
    assert len(start._zygotes[Setting(Level.FULL, ("yaml",))]) == 1


def test_without_bwrap_nothing_is_started_for_full(begun, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(walls, "bwrap", lambda: None)
    expect(workers=3)
    assert begun() == []
    expect(insist=Level.STRONG, workers=3)
    assert begun() == [(os.getpid(), "strong")] * 3


def test_where_no_process_can_be_started_it_is_the_self_test_that_says_so(monkeypatch: pytest.MonkeyPatch):
    def none(*_: object, **_more: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr("subprocess.Popen", none)
    expect(insist=Level.STRONG)
    with pytest.raises(UnsafeError, match=r"tried strong: no more processes"):
        choose(insist=Level.STRONG)


def test_what_was_started_for_a_level_that_does_not_hold_is_ended(locked: Setting, monkeypatch: pytest.MonkeyPatch):
    before = descendants()
    monkeypatch.setattr(selftest, "_out_of_time", lambda setting: ("compute without end", "SUCCEEDED"))
    expect(insist=locked.level, workers=2)
    assert descendants() > before
    with pytest.raises(UnsafeError, match="a break-out was not stopped: compute without end: SUCCEEDED"):
        choose(insist=locked.level)
    assert descendants() == before


@at(Level.NONE)
def test_the_command_starts_one_for_each_worker_and_no_more_than_there_are_hand_ins(
    course: Path, setting: Setting, begun, capsys
):
    for jobs, hand_ins in ((2, 2), (3, 2), (1, 1)):
        earlier = len(begun())
        flags = ["--unsafe-run-without-sandbox", "--fresh", "--jobs", str(jobs)]
        assert main(["submissions/", *flags]) == 0
        assert [pid == os.getpid() for pid, _ in begun()[earlier:]] == [True] * hand_ins
        start.end_zygotes()
    earlier = len(begun())
    assert main(["submissions/small/s01.py", "--unsafe-run-without-sandbox"]) == 0
    assert begun()[earlier:] == [(os.getpid(), "none")]
