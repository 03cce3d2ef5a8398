"""`grade audit`: rubrics in, a table a rubric and a page each out; exit code 1 if one falls short."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.text import Text

from grader.audit import Audit
from grader.audit.page import audit_page, summary, verdict
from grader.audit.several import audits
from grader.ci.actions import add_summary, annotation, under_actions
from grader.cli.arguments import add_seed, make_folder, parser_of, positive
from grader.errors import PackageError, RubricError
from grader.places import is_rubric
from grader.report import visible, write
from grader.rubric import RubricFile, read_rubric
from grader.sandbox import LOCKED, Level, Setting, choose, processors

_DESCRIPTION = """\
Is a rubric right, and does it catch what it should?

Proves the reference's gradients by differences, hands in the reference and every file that must get full marks, plants
mutants, known mistakes and general faults, says what each check is good for, and looks at the rubric's form.

  grade audit rubrics/hw3-gradients.yaml     one rubric
  grade audit rubrics/                       all rubrics of a folder
"""

_EPILOG = """\
exit codes
  0 nothing falls short   1 something does   2 the command or a rubric is wrong
  3 no sandbox holds here, or the audit itself failed
"""


def run_audit(arguments: Sequence[str], out: Console, err: Console) -> int:
    """Audit what is named, print a table for each rubric, write its page, and return the exit code."""
    args = _parser().parse_args(arguments)
    out.quiet = args.quiet or args.json
    out.file = sys.stdout
    found: list[tuple[Audit, Path]] = []
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):  # the teacher's own code may print
        files, settings, wrong = _read(_rubrics(args.path), Level(args.sandbox) if args.sandbox else None)
        pages = [args.out / file.rubric.homework / "audit.html" for file in files]
        for page in pages:
            make_folder(page.parent)
        try:
            with _Signs([file.rubric.homework for file in files], out) as signs:
                answers = audits(files, args.seed, settings, args.jobs, signs.told)
                for file, page, answer in zip(files, pages, answers, strict=True):
                    if isinstance(answer, RubricError):
                        wrong.append(answer)
                        continue
                    found.append((answer, file.path))
                    write(page, audit_page(answer))
                    _print(answer, page, out)
        finally:  # also where something else ends the audit
            for error in wrong:
                err.print(f"grade: {visible(str(error), 2000)}", markup=False)
    if under_actions() and not args.json:
        for result, path in found:
            _annotate(result, path)
    if args.json:
        print(json.dumps([json.loads(result.model_dump_json()) for result, _ in found], indent=1))
    return 2 if wrong else int(not all(result.clean for result, _ in found))


def _read(
    paths: Sequence[Path], insist: Level | None
) -> tuple[list[RubricFile], list[Setting], list[RubricError | PackageError]]:
    """These rubrics, how student code is run for each, and what is wrong with the others; references come later."""
    files: dict[str, RubricFile] = {}
    settings: dict[tuple[str, ...], Setting] = {}
    wrong: list[RubricError | PackageError] = []
    for path in paths:
        try:
            file = read_rubric(path)
            name, packages = file.rubric.homework, file.rubric.packages
            if name in files:
                raise RubricError(f"{path}: the homework {name!r} has a rubric already, {files[name].path}")
            if packages not in settings:  # the locks are tried once for the same packages
                settings[packages] = choose(packages, insist=insist).setting
            files[name] = file
        except RubricError as error:
            wrong.append(error)
        except PackageError as error:
            wrong.append(PackageError(f"{path}: {error}"))
    return list(files.values()), [settings[file.rubric.packages] for file in files.values()], wrong


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("grade audit", _DESCRIPTION, _EPILOG)
    parser.add_argument("path", type=Path, metavar="PATH", help="a rubric, or a folder of rubrics")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", default=Path("reports"), help="where pages go (default: reports/)"
    )
    parser.add_argument("--json", action="store_true", help="print all that was found as JSON, and nothing else")
    jobs = len(processors())
    parser.add_argument(
        "--jobs", type=positive, metavar="N", default=jobs, help="how many workers (default: one a processor)"
    )
    add_seed(parser, "audits")
    parser.add_argument(
        "--sandbox", choices=[str(level) for level in LOCKED], metavar="LEVEL", help="insist on full, strong or strict"
    )
    parser.add_argument("--quiet", action="store_true", help="print errors only")
    return parser


def _rubrics(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(each for each in path.iterdir() if is_rubric(each))
        if not found:
            raise RubricError(f"{path}: there is no rubric (.yaml) in this folder")
        return found
    if not path.exists():
        raise RubricError(f"{path}: there is no such rubric, and no such folder")
    return [path]


class _Signs:
    """A bar for each homework where there is a terminal, a line for each where there is none."""

    def __init__(self, names: Sequence[str], out: Console) -> None:
        self._names, self._out = names, out
        self._shows = out.is_terminal and not out.quiet
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._bars = Progress(*columns, console=out, transient=True, auto_refresh=False)
        self._tasks: dict[int, TaskID] = {}
        self._steps: dict[int, str] = {}

    def __enter__(self) -> _Signs:
        if self._shows:
            self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._shows:
            self._bars.stop()

    def told(self, place: int, what: str, done: int, of: int) -> None:
        """One more is done."""
        name = self._names[place]
        if place not in self._tasks:
            self._tasks[place] = self._bars.add_task(name, total=None)
            if not self._shows:
                self._out.print(f"{name}: auditing", markup=False)
        self._bars.update(self._tasks[place], description=f"{name}: {what}", completed=done, total=of)
        if self._shows and (what != self._steps.get(place) or done % 25 == 0):
            self._bars.refresh()
        self._steps[place] = what


def _print(result: Audit, page: Path, out: Console) -> None:
    sign = Text("✓ ", style="blue") if result.clean else Text("✗ ", style="dark_orange")
    out.print(Text.assemble(sign, (visible(result.homework, 100), "bold"), "  ", verdict(result)), soft_wrap=True)
    for part, words, holds in summary(result):
        out.print(Text(f"    {'✓' if holds else '✗'} {part:<11} {visible(words, 600)}"), soft_wrap=True)
    for finding in result.findings:
        out.print(Text(f"    ! {finding.part}: {visible(finding.message, 1500)}"), soft_wrap=True)
    out.print(Text(f"    The page is {visible(str(page), 500)}"), soft_wrap=True)


def _annotate(result: Audit, path: Path) -> None:
    """What falls short beside the rubric, and the table in the summary of the job."""
    for finding in result.findings:
        message = visible(finding.message, 1500)
        print(annotation("error", f"grade audit {result.homework}: {finding.part}", message, str(path)))
    rows = [f"| {'✓' if holds else '✗'} | {part} | {visible(words, 600)} |" for part, words, holds in summary(result)]
    add_summary("\n".join([f"### {result.homework}", "", "| | | |", "|---|---|---|", *rows, "", ""]))
