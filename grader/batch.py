"""All submissions of a homework: graded by several workers, each result written as soon as it is known.

The folder is the record. A result that stands and is about the same file, rubric, reference, seed and version is not
graded again, so that a run which was cut short is finished by the next one. One submission's trouble is one row; a
worker that dies takes nobody else's result along.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from multiprocessing import active_children
from multiprocessing.queues import SimpleQueue
from pathlib import Path

from pydantic import ValidationError

from grader import __version__
from grader.decisions import Decisions, decide, decided_text
from grader.errors import SandboxError
from grader.grade import grade, judge_error
from grader.homework import Homework, read_homework
from grader.language import Language, _, speak
from grader.models import Decided, HandIn, Result, Submission
from grader.report import Row, page_name, row_of, student_page, write
from grader.reveal import published
from grader.sandbox import Place, Setting, be_a_worker, end_zygotes, hand_over, places, run, take_place, worker_context
from grader.submissions import read_submission

MOST_DEATHS = 3
"""How often in a row the workers may die before anybody is done; then the rest is given up as `judge_error`."""


@dataclass(frozen=True)
class Job:
    """What every worker knows: the homework, where results go, how student code is run, whether results that stand are
    good enough, which language is spoken, and what time it is for checks that wait for the due date."""

    homework: Homework
    folder: Path
    setting: Setting
    fresh: bool = False
    language: Language = "en"
    decisions: Decisions = field(default_factory=Decisions)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def result_path(self, student: str) -> Path:
        """The file of a student's result."""
        return self.folder / "results" / f"{page_name(student)}.json"

    def decided_path(self, student: str) -> Path:
        """The file of what was decided about a student; it is there where something was."""
        return self.folder / "decisions" / f"{page_name(student)}.json"

    def page_path(self, student: str) -> Path:
        """The file of a student's page."""
        return self.folder / f"{page_name(student)}.html"


def grade_all(job: Job, hand_ins: Sequence[HandIn], jobs: int) -> Iterator[Row]:
    """The row of every hand-in, about in the order in which they are done; results and pages are on disk by then."""
    if jobs <= 1 or len(hand_ins) <= 1:
        for hand_in in hand_ins:
            yield grade_hand_in(job, hand_in)
        return
    began = time.time()
    rest, suspects, deaths, together = list(hand_ins), list[HandIn](), 0, True
    while rest and deaths < MOST_DEATHS:
        under_way: list[HandIn] = []
        done: set[str] = set()
        try:
            for student, row in _in_workers(job, rest, jobs, under_way, together=together):
                done.add(student)
                yield _first_of_this_run(job, row, began)
        except BrokenProcessPool:
            deaths = 0 if done else deaths + 1
        left = [hand_in for hand_in in rest if hand_in.student not in done]
        last = [hand_in for hand_in in left if hand_in in under_way]
        rest = [hand_in for hand_in in left if hand_in not in under_way]
        if together:
            rest += last  # any of a few handfuls; one by one, it is soon known which
        else:
            suspects += last
        together = False
    for hand_in in suspects:  # each with a worker of its own, which takes nobody along
        try:
            for _student, row in _in_workers(job, [hand_in], 1, [], together=False):
                yield _first_of_this_run(job, row, began)
        except BrokenProcessPool:
            yield _give_up(job, hand_in)
    for hand_in in rest:
        yield _give_up(job, hand_in)


def _first_of_this_run(job: Job, row: Row, began: float) -> Row:
    """A row; a result that a worker wrote in this run, before it died, did not stand when the run began."""
    if row.stood and job.result_path(row.student).stat().st_mtime >= began:
        return replace(row, stood=False)
    return row


def grade_hand_in(job: Job, hand_in: HandIn) -> Row:
    """Grade one hand-in, write its page and then its result, and return its row."""
    speak(job.language)
    submission = _read(job, hand_in)
    row = _row_that_stands(job, submission)
    if row is not None:
        return row
    try:
        result = grade(job.homework, submission, partial(run, job.setting), job.setting.level)
    except Exception as error:  # ours, whatever it is: the batch goes on, and staff sees it
        result = judge_error(job.homework, submission, job.setting.level, f"{type(error).__name__}: {error}")
    return _publish(job, result, submission)


def _read(job: Job, hand_in: HandIn) -> Submission:
    """What was handed in. Where names are hidden, so is what would name a file."""
    submission = read_submission(hand_in, job.homework.rubric)
    if not job.decisions.names:
        return submission
    trouble = _("This can not be read, and what is wrong with it names a file. Grade it with its name to see it.")
    problem, fault = (trouble if text else "" for text in (submission.problem, submission.fault))
    return replace(submission, problem=problem, fault=fault, notes=())


def _publish(job: Job, result: Result, submission: Submission) -> Row:
    """The page first, the result last: where a result stands, its page does too."""
    decided = decide(job.decisions, result, submission.submitted_at, submission.late)
    _write_page(job, result, decided)
    write(job.result_path(result.student), result_text(result))
    return row_of(result, decided)


def _row_that_stands(job: Job, submission: Submission) -> Row | None:
    """The row of a result that stands, if one does. What is decided about it may be new; then its page is."""
    result = _standing(job, submission)
    if result is None:
        return None
    decided = decide(job.decisions, result, submission.submitted_at, submission.late)
    path = job.decided_path(result.student)
    text = None if decided is None else decided_text(decided).encode()
    waiting = "after_due" in job.homework.rubric.visibility.values()  # the due date may have passed since
    if waiting or text != (path.read_bytes() if path.is_file() else None):
        _write_page(job, result, decided)
    return replace(row_of(result, decided), stood=True)


def _write_page(job: Job, result: Result, decided: Decided | None) -> None:
    """A student's page, and what was decided as the last."""
    path = job.decided_path(result.student)
    path.unlink(missing_ok=True)  # until the page says it
    write(job.page_path(result.student), student_page(published(result, job.homework.rubric, job.now), decided))
    if decided is not None:
        write(path, decided_text(decided))


def result_text(result: Result) -> str:
    """A result as it stands in its file: format 1, readable, the same bytes for the same result."""
    return result.model_dump_json(indent=1) + "\n"


def _give_up(job: Job, hand_in: HandIn) -> Row:
    """The row of whoever could not be graded; a result that stands still does."""
    speak(job.language)
    submission = _read(job, hand_in)
    row = _row_that_stands(job, submission)
    if row is not None:
        return row
    reason = _("the processes that grade keep dying on this machine")
    return _publish(job, judge_error(job.homework, submission, job.setting.level, reason), submission)


def _standing(job: Job, submission: Submission) -> Result | None:
    """The result on disk, if it is about exactly this submission, rubric, reference, seed, version and language.

    None where all are to be graded afresh.
    """
    if job.fresh or not job.page_path(submission.student).is_file():
        return None
    try:
        result = Result.model_validate_json(job.result_path(submission.student).read_bytes())
    except (OSError, ValidationError):
        return None
    same = (
        result.grader == __version__
        and result.student == submission.student
        and result.seed == job.homework.seed
        and result.sandbox == job.setting.level
        and result.language == job.language
        and result.rubric_digest == job.homework.file.digest
        and result.submission_digest == submission.digest
        and result.notes[: len(submission.notes)] == submission.notes
        and result.score is not None
        and not submission.problem
        and not submission.fault
    )
    return result if same else None


# ---------------------------------------------------------------- workers

_MOST_TOGETHER = 8
"""A worker gets so many hand-ins of a large class at once: handing them out one by one takes longer than it should."""

_ROUNDS = 8
"""Each worker is handed hand-ins so often at least, so that none stands idle at the end."""

_PATIENCE = 0.25
"""seconds for a handful; whoever is left of it then goes alone, and waits for nobody"""

_job: Job | None = None
"""The job of this worker process."""


def _in_workers(
    job: Job, hand_ins: Sequence[HandIn], jobs: int, under_way: list[HandIn], *, together: bool
) -> Iterator[tuple[str, Row]]:
    """Who is done, with the row.

    Hand-ins go to the workers by the handful, if `together`, else one by one. Raises BrokenProcessPool if a worker
    dies; then `under_way` are those that it may have been at.
    """
    global _job
    _job = job  # a forked worker inherits it; a spawned one reads the rubric again
    recipe = (
        job.homework.file.path,
        job.homework.seed,
        job.folder,
        job.setting,
        job.fresh,
        job.language,
        job.now,
        job.decisions,
    )
    many, context = min(jobs, len(hand_ins)), worker_context()
    pool = ProcessPoolExecutor(many, context, _start_worker, (os.getpid(), places(many, context), recipe))
    try:
        most = _MOST_TOGETHER if together else 1
        size = max(1, min(most, len(hand_ins) // (_ROUNDS * many)))
        left = deque([*hand_ins[at : at + size]] for at in range(0, len(hand_ins), size))
        tasks: dict[Future[list[Row]], list[HandIn]] = {}
        try:
            while left or tasks:
                while left and len(tasks) < 2 * many:  # each has one at hand when it is done with another
                    tasks[_submitted(pool, left[0])] = left[0]
                    left.popleft()
                hand_over(job.setting)  # the workers have been forked by now
                for future in wait(tasks, return_when=FIRST_COMPLETED).done:
                    rows = future.result()
                    task = tasks.pop(future)
                    yield from zip((hand_in.student for hand_in in task), rows, strict=False)
                    left.extendleft([hand_in] for hand_in in reversed(task[len(rows) :]))
        except BrokenProcessPool:
            under_way += [hand_in for task in tasks.values() for hand_in in task]
            raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        end_zygotes(job.setting)


def _submitted(pool: ProcessPoolExecutor, task: list[HandIn]) -> Future[list[Row]]:
    """The task handed in; the first one starts the workers. Raises SandboxError if they can not be started."""
    try:
        return pool.submit(_work, task)
    except OSError as error:
        for worker in active_children():  # nobody else would tell those that were started
            worker.kill()
            worker.join()
        raise SandboxError(
            f"the processes that grade can not be started ({error.strerror}); have fewer with --jobs, or allow more "
            "open files and processes (ulimit -n, ulimit -u)"
        ) from error


_Recipe = tuple[Path, int, Path, Setting, bool, Language, datetime, Decisions]


def _start_worker(parent: int, free: SimpleQueue[Place], recipe: _Recipe) -> None:
    global _job
    be_a_worker(parent, interrupted=True)
    path, seed, folder, setting, fresh, language, now, decisions = recipe
    take_place(free, setting)
    if _job is None:
        _job = Job(read_homework(path, seed), folder, setting, fresh, language, now=now, decisions=decisions)


def _work(hand_ins: Sequence[HandIn]) -> list[Row]:
    """The rows of these hand-ins, in order; fewer, where they take long: the others are handed out next."""
    assert _job is not None  # set before the first task
    rows, until = [], time.monotonic() + _PATIENCE
    for hand_in in hand_ins:
        rows.append(grade_hand_in(_job, hand_in))
        if time.monotonic() > until:
            break
    return rows
