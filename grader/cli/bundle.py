"""`grade bundle`: the grader and a homework in one file, to run elsewhere; and what runs there."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from rich.console import Console

from grader.cli.arguments import add_seed, layout, parser_of, refuse_existing
from grader.decisions import Decisions, decide
from grader.diagnose import check_names
from grader.errors import SubmissionError
from grader.export import counted, gradescope_bundle, gradescope_results
from grader.grade import grade
from grader.homework import read_homework
from grader.language import speaking
from grader.models import HandIn, Late, Override, Rubric
from grader.report import visible, write, write_bytes
from grader.sandbox import choose, run
from grader.submissions import Upload, read_submission, read_upload

_DESCRIPTION = """\
The grader and a homework in one file, to run elsewhere.

  grade bundle gradescope rubrics/hw3.yaml    write hw3-gradescope.zip, to upload as the autograder of an assignment
  grade bundle run --rubric FILE --root DIR   what runs there: grade DIR/submission into DIR/results/results.json
"""

_EPILOG = """\
exit codes
  0 the file was written; run: the submission was graded   2 the command or the rubric is wrong
  3 run: no sandbox holds there, or it could not be graded; there are no results then, and the course is told
"""


def run_bundle(arguments: Sequence[str], out: Console, err: Console) -> int:
    """Write a bundle, or run in one, and return the exit code."""
    args = _parser().parse_args(arguments)
    out.quiet = args.quiet
    return _grade_one(args, out) if args.what == "run" else _write(args, out)


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("grade bundle", _DESCRIPTION, _EPILOG)
    whats = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    write_it = whats.add_parser("gradescope", help="write the autograder of a rubric", formatter_class=layout)
    write_it.add_argument("rubric", type=Path, metavar="RUBRIC", help="the rubric to grade by")
    write_it.add_argument(
        "--out", type=Path, metavar="FILE", help="the zip file to write (default: <homework>-gradescope.zip)"
    )
    write_it.add_argument("--force", action="store_true", help="overwrite a file that exists")
    run_it = whats.add_parser("run", help="grade one submission, where the bundle runs", formatter_class=layout)
    run_it.add_argument("--rubric", type=Path, required=True, metavar="FILE", help="the rubric to grade by")
    run_it.add_argument("--root", type=Path, required=True, metavar="DIR", help="Gradescope's folder: /autograder")
    for each in (write_it, run_it):
        add_seed(each, "draws")
        each.add_argument(
            "--accept-partial-sandbox",
            action="store_true",
            help="where no level holds there: run with time limits only, and mark each result with it",
        )
        each.add_argument("--quiet", action="store_true", help="print errors only")
    return parser


def _write(args: argparse.Namespace, out: Console) -> int:
    homework = read_homework(args.rubric, args.seed)
    check_names(homework)
    path: Path = args.out or Path(f"{homework.rubric.homework}-gradescope.zip")
    refuse_existing(path, args.force)
    options = [*(["--seed", str(args.seed)] if args.seed else [])]
    options += ["--accept-partial-sandbox"] if args.accept_partial_sandbox else []
    write_bytes(path, gradescope_bundle(homework.file, tuple(options)))
    out.print(f"Written: {visible(str(path), 500)}", markup=False, soft_wrap=True)
    return 0


def _grade_one(args: argparse.Namespace, out: Console) -> int:
    folder, results = args.root / "submission", args.root / "results" / "results.json"
    if not folder.is_dir():
        raise SubmissionError(f"{folder}: there is no such folder; --root names the one that holds submission/")
    results.unlink(missing_ok=True)
    homework = read_homework(args.rubric, args.seed)
    check_names(homework)
    setting = choose(homework.rubric.packages, partial=args.accept_partial_sandbox).setting
    with speaking(homework.rubric.language):
        upload = read_upload(args.root / "submission_metadata.json")
        submission = read_submission(HandIn(upload.student, folder), homework.rubric)
        result = grade(homework, submission, partial(run, setting), setting.level)
    if result.score is None:
        out.print(visible(result.message, 2000), markup=False, soft_wrap=True)
        return 3
    decided = decide(_decisions(homework.rubric, upload), result, upload.submitted_at)
    result = result if decided is None else counted(result, decided)
    content = gradescope_results(result, homework.rubric, decided)
    write(results, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    out.print(f"{visible(result.student, 200)}: {result.score:g} of {result.max_score:g}", markup=False)
    return 0


def _decisions(rubric: Rubric, upload: Upload) -> Decisions:
    """When the work was due there: by the rubric, else by the assignment; with the extension that was given there."""
    due_at, overrides = rubric.due_at or upload.due, {}
    if due_at is not None and upload.extension is not None and upload.extension > due_at:
        given = Override(
            student=upload.student, extension=upload.extension, author="Gradescope", reason="a later due date there"
        )
        overrides[given.student] = (given,)
    return Decisions(
        overrides=overrides,
        due=rubric.due or upload.due,
        timezone=rubric.timezone or "UTC",
        late=rubric.late or Late(),
    )
