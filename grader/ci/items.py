"""A student's file as pytest sees it: one item a check that gives points.

The file is graded once, in the sandbox, when the first of its items runs; pytest itself never imports it. What a rubric
hides from students is hidden here too.

Under pytest-xdist, workers run the items and hand their results to the one process that says them.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pytest
from _pytest.pathlib import fnmatch_ex  # as pytest itself tells a file of tests
from rich.console import Console

from grader.ci.actions import OnlyOurs, add_summary, annotations_of, summary, under_actions
from grader.diagnose import check_names
from grader.errors import GraderError
from grader.grade import grade
from grader.homework import Homework, read_homework
from grader.language import _, named, speaking
from grader.models import CheckResult, CriterionResult, HandIn, Result, Verdict
from grader.report import visible
from grader.report.part import check_reason
from grader.report.terminal import criterion_lines
from grader.report.words import of, points
from grader.reveal import HIDDEN_CHECKS, published
from grader.sandbox import Level, Setting, choose, run
from grader.submissions import SUFFIXES, read_submission

_WIDTH = 100
_NO_FILE = (
    "--grade-rubric is given, but no file to grade: name a file that is no test, as in "
    "pytest --grade-rubric rubrics/hw3.yaml hw3.py"
)
_HANDED = "grade"
"""what a worker of xdist's calls its results"""


@dataclass
class Session:
    """What is graded by, and the files that were graded."""

    homework: Homework
    setting: Setting
    files: list[GradedFile] = field(default_factory=list)
    handed: dict[Path, Result | None] | None = None
    """from workers, if there are any: each file, with its result if it was graded"""

    def results(self) -> dict[Path, Result | None]:
        """Each file, with its result if it was graded, here or by workers, and not only collected."""
        if self.handed is not None:
            return dict(sorted(self.handed.items()))
        graded = {file.path: file.result for file in self.files if "result" in vars(file)}
        return {file.path: graded.get(file.path) for file in self.files}  # pytest may collect a file more than once


_SESSION = pytest.StashKey[Session]()
_RUNNER = pytest.StashKey[OnlyOurs]()


class LostPointsError(Exception):
    """A check was not passed: no fault of pytest's or the grader's."""


class UnknownScoreError(Exception):
    """The file could not be graded, through no fault of its own."""


def pytest_configure(config: pytest.Config) -> None:
    """Read the rubric and try the sandbox, before anything is collected."""
    path, insisted = Path(config.getoption("--grade-rubric")), config.getoption("--grade-sandbox")
    try:
        homework = read_homework(path, config.getoption("--grade-seed"))
        check_names(homework)
        insist = Level(insisted) if insisted else None
        setting = choose(homework.rubric.packages, insist=insist, own=insist is None).setting
    except GraderError as error:
        raise pytest.UsageError(str(error)) from None
    config.stash[_SESSION] = Session(homework, setting)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Whatever pytest prints from here on is text for the runner of GitHub Actions."""
    config = session.config
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None and not hasattr(config, "workeroutput"):
        config.stash[_RUNNER] = OnlyOurs(terminal.write_line)
        config.stash[_RUNNER].start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let the runner listen again: what comes now is not ours."""
    if _RUNNER in config.stash:
        config.stash[_RUNNER].end()


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> GradedFile | None:
    """A file that is named on the command line and is none of tests is graded, and never imported."""
    patterns = parent.config.getini("python_files")
    if any(fnmatch_ex(pattern, module_path) for pattern in patterns) or not parent.session.isinitpath(module_path):
        return None
    return GradedFile.from_parent(parent, path=module_path)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> GradedFile | None:
    """A notebook or a zip file that is named on the command line is graded too."""
    suffix = file_path.suffix.lower()
    if suffix not in (*SUFFIXES, ".zip") or suffix == ".py" or not parent.session.isinitpath(file_path):
        return None
    return GradedFile.from_parent(parent, path=file_path)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config) -> None:
    """Refuse a run in which nothing is graded: a name was forgotten."""
    if not config.stash[_SESSION].files and not hasattr(config, "workeroutput"):
        raise pytest.UsageError(_NO_FILE)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over the results, if this is a worker of xdist's; else refuse a run whose workers found nothing to grade."""
    ours, output = session.config.stash[_SESSION], getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_HANDED] = [[str(path), result and result.model_dump_json()] for path, result in ours.results().items()]
    elif ours.handed == {}:
        raise pytest.UsageError(_NO_FILE)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take the results of a worker. Each grades what its items need, so several may have the same; known ones stay."""
    output = getattr(node, "workeroutput", {})
    if _HANDED not in output:  # it died
        return
    ours = node.config.stash[_SESSION]
    ours.handed = ours.handed or {}
    for path, text in output[_HANDED]:
        known = ours.handed.get(Path(path))
        if known is None or known.score is None:
            ours.handed[Path(path)] = Result.model_validate_json(text) if text else known


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The points of each file; under GitHub Actions, annotations and the job's summary too."""
    if hasattr(config, "workeroutput"):
        return
    runner = config.stash[_RUNNER]
    for path, result in config.stash[_SESSION].results().items():
        if result is None:
            continue
        name = os.path.relpath(path)
        with speaking(result.language):
            score = _("unknown") if result.score is None else of(points(result.score), points(result.max_score))
            terminalreporter.write_line(f"{result.homework}, {visible(name, 200)}: {score}. Sandbox: {result.sandbox}")
        if under_actions():
            runner.say(annotations_of(result, name))
            add_summary(summary(result, name))


class GradedFile(pytest.File):
    """A student's file, graded when it is first asked for."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._session = self.config.stash[_SESSION]
        self._session.files.append(self)

    def collect(self) -> Iterable[pytest.Item]:
        """An item for each check that gives points and may be seen; one for those that are hidden."""
        rubric = self._session.homework.rubric
        hidden = rubric.hidden(datetime.now(UTC))
        with speaking(rubric.language):
            for criterion in rubric.criteria:
                paid = [check for check, worth in criterion.points.items() if worth]
                shown = [check for check in paid if check not in hidden]
                for check in (*shown, *([HIDDEN_CHECKS] if len(shown) < len(paid) else [])):
                    name = f"{criterion.function}: {named(check)}"
                    yield CheckItem.from_parent(self, name=name, function=criterion.function, check=check)

    @cached_property
    def result(self) -> Result:
        """The result, as students may see it."""
        homework, setting = self._session.homework, self._session.setting
        with speaking(homework.rubric.language):
            submission = read_submission(HandIn(self.path.stem, self.path), homework.rubric)
            result = grade(homework, submission, partial(run, setting), setting.level)
            return published(result, homework.rubric, datetime.now(UTC))


class CheckItem(pytest.Item):
    """One check of one function."""

    parent: GradedFile

    def __init__(self, *, function: str, check: str, **more: Any) -> None:
        super().__init__(**more)
        self._function, self._check = function, check

    def setup(self) -> None:
        """Grade the file, if nobody has yet: what we can not grade is an error and no failure."""
        if self.parent.result.score is None:
            raise UnknownScoreError(self.parent.result.message)

    def runtest(self) -> None:
        """Pass if the check did, skip what could not be judged yet, and else fail with the reason."""
        criterion, check = self._found()
        self.user_properties += [("score", check.score), ("max_score", check.max_score)]
        if check.score == check.max_score:
            return
        if check.verdict == Verdict.SKIPPED and any(other.failed for other in criterion.checks):
            raise pytest.skip.Exception(visible(check.message, 300), _use_item_location=True)
        if criterion.carried_forward and criterion.score == criterion.max_score:
            note = criterion.notes[-1] if criterion.notes else ""
            raise pytest.skip.Exception(visible(note, 300), _use_item_location=True)
        raise LostPointsError

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The reason, as the self-check says it."""
        if isinstance(excinfo.value, UnknownScoreError):
            return visible(str(excinfo.value), 1000)
        if not isinstance(excinfo.value, LostPointsError):
            return super().repr_failure(excinfo, style)
        criterion, check = self._found()
        text = io.StringIO()
        console = Console(file=text, width=_WIDTH, color_system=None, highlight=False)
        with speaking(self.parent.result.language):
            whole, example = self.parent.result.message, criterion.counterexample
            if whole:
                console.print(visible(whole, 800), markup=False)
            elif example is None or example.check == check.name or check.name == HIDDEN_CHECKS:
                for line in criterion_lines(criterion):
                    console.print(line, markup=False)
            else:
                console.print(check_reason(criterion, check), markup=False)
        return "\n".join(line.rstrip() for line in text.getvalue().splitlines())

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the check stands: its file, and its name."""
        return self.path, 0, self.name

    def _found(self) -> tuple[CriterionResult, CheckResult]:
        criterion = next(each for each in self.parent.result.criteria if each.function == self._function)
        return criterion, next(check for check in criterion.checks if check.name == self._check)
