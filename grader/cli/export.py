"""`grade export`: the results of a run, in the form of another system."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from grader.cli.arguments import parser_of, positive_points, refuse_existing
from grader.errors import ExportError
from grader.export import (
    Account,
    Stored,
    canvas_target,
    classroom50_result,
    feedback,
    fill,
    gradescope_results,
    homework_folder,
    junit,
    moodle_feedback,
    moodle_target,
    read_results,
    read_sheet,
    scaled,
)
from grader.models import Decided, Result, Rubric
from grader.places import find_rubrics
from grader.report import gradebook, page_name, row_of, visible, write, write_bytes
from grader.reveal import published
from grader.rubric import read_rubric
from grader.submissions import read_roster

FORMATS = {
    "csv": "scores.csv",
    "canvas": "canvas.csv",
    "moodle": "moodle.csv",
    "gradescope": "gradescope",
    "classroom50": "result.json",
    "junit": "junit.xml",
}
"""format -> what is written, in the folder of the homework's results unless --out says otherwise"""

_DESCRIPTION = """\
The results of a run, in the form of another system. Points are never rounded without a word, cells that hold something
else stay as they are, and whoever can not be matched is named.

  grade export moodle --into worksheet.csv    fill the grading worksheet that Moodle gave you
  grade export canvas --into grades.csv       fill the gradebook that Canvas exported
  grade export gradescope                     a results.json a submission
  grade export classroom50 --student octocat  a result.json, where the runner of Classroom 50 runs
  grade export junit                          one report for programs that show tests
  grade export csv                            the gradebook, for a spreadsheet
"""

_EPILOG = """\
exit codes
  0 written, but for what is named   2 the command or a file is wrong, and nothing was written
  3 written, but some score is not known
"""

_SHOWN = 20


def run_export(arguments: Sequence[str], out: Console, err: Console) -> int:
    """Write the results in the form that is named, say what became of them, and return the exit code."""
    args = _parser().parse_args(arguments)
    out.quiet = args.quiet
    stored = read_results(homework_folder(_results_path(args.results)))
    for stranger in stored.unreadable:
        out.print(f"left aside, because it is no result: {visible(str(stranger), 300)}", markup=False)
    path: Path = args.out or stored.folder / FORMATS[args.format]
    if args.format in ("canvas", "moodle"):
        _export_table(args, stored, path, out)
    elif args.into is not None:
        raise ExportError(f"--into is for canvas and moodle; {args.format} is written anew")
    elif args.scale_to is not None and args.format in ("csv", "junit"):
        raise ExportError(f"--scale-to is not for {args.format}, which keeps the points of the rubric; leave it out")
    elif args.format == "gradescope":
        _export_gradescope(args, stored, path, out)
    elif args.format == "classroom50":
        _export_classroom50(args, stored, path, out)
    elif args.format == "junit":
        refuse_existing(path, args.force)
        write_bytes(path, junit(stored.results, {r.student: _moment(stored, r) for r in stored.results}))
    else:
        refuse_existing(path, args.force)
        write(path, gradebook([row_of(result) for result in stored.results]))
    out.print(f"Written: {visible(str(path), 500)}", markup=False)
    unknown = any(result.score is None and result.student not in stored.excused for result in stored.results)
    return 3 if stored.unreadable or unknown else 0


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("grade export", _DESCRIPTION, _EPILOG)
    parser.add_argument("format", choices=FORMATS, metavar="FORMAT", help=", ".join(FORMATS))
    parser.add_argument(
        "results",
        nargs="?",
        default="reports",
        metavar="RESULTS",
        help="a homework, or the folder of its results (default: the only one in reports/)",
    )
    parser.add_argument("--into", type=Path, metavar="FILE", help="canvas, moodle: the file that you downloaded there")
    parser.add_argument(
        "--out", type=Path, metavar="PATH", help="what to write (default: a file of the format's name beside results/)"
    )
    parser.add_argument("--column", metavar="NAME", help="canvas, moodle: the column of the scores, if it is not clear")
    parser.add_argument("--feedback-column", metavar="NAME", help="moodle: the column of feedback, if it is not clear")
    parser.add_argument("--no-feedback", action="store_true", help="moodle: scores only")
    parser.add_argument(
        "--roster", type=Path, metavar="FILE", help="canvas, moodle: a CSV with ids, and other names of theirs"
    )
    parser.add_argument(
        "--scale-to", type=positive_points, metavar="POINTS", help="scale all points: full marks are so many there"
    )
    parser.add_argument("--student", metavar="ID", help="classroom50: whose result (default: the only one)")
    parser.add_argument("--rubric", type=Path, metavar="FILE", help="the homework's rubric (default: found by name)")
    parser.add_argument(
        "--force", action="store_true", help="overwrite: files that exist, cells that hold something else"
    )
    parser.add_argument("--quiet", action="store_true", help="print errors only")
    return parser


def _results_path(name: str) -> Path:
    below = Path("reports") / name
    return below if not Path(name).exists() and below.is_dir() else Path(name)


def _in_points_of(whole: float | None, stored: Stored) -> list[tuple[Result, Decided | None]]:
    """Each result with what was decided about it; where full marks are to be something else, in those points."""
    pairs = [(result, stored.decided.get(result.student)) for result in stored.results]
    return pairs if whole is None else [scaled(result, decided, whole) for result, decided in pairs]


# ---------------------------------------------------------------- tables


def _export_table(args: argparse.Namespace, stored: Stored, path: Path, out: Console) -> None:
    if args.into is None:
        name = "grading worksheet" if args.format == "moodle" else "gradebook"
        raise ExportError(f"{args.format} needs the {name} that you downloaded there: name it with --into FILE")
    refuse_existing(path, args.force)
    sheet = read_sheet(args.into)
    roster = read_roster(args.roster) if args.roster else None
    for fault in roster.faults if roster is not None else ():
        out.print(visible(fault, 1000), markup=False, soft_wrap=True)
    texts = {}
    if args.format == "canvas":
        first = stored.results[0]
        target = canvas_target(sheet, (first.homework, first.title), args.column)
    else:
        target = moodle_target(sheet, args.column, args.feedback_column)
        if not args.no_feedback and target.feedback is not None:
            rubric = _rubric(args, stored)
            now = datetime.now(UTC)
            for result, decided in _in_points_of(args.scale_to, stored):
                lines = feedback(published(result, rubric, now), decided)
                texts[result.student] = moodle_feedback(lines)
    account = fill(
        target, stored.results, texts, roster, scale_to=args.scale_to, force=args.force, excused=stored.excused
    )
    write_bytes(path, sheet.changed())
    heading = sheet.header[target.score].strip()
    out.print(f"{visible(heading, 200)}: {_count(len(account.filled), 'score')} filled", markup=False)
    if args.format == "moodle" and not args.no_feedback:
        column = target.feedback
        said = f"feedback: {visible(sheet.header[column].strip(), 200)}" if column is not None else _NO_FEEDBACK
        out.print(said, markup=False)
    _tell(account, out)


_NO_FEEDBACK = "feedback: the worksheet has no column for it; name one with --feedback-column, or turn it on in Moodle"


def _tell(account: Account, out: Console) -> None:
    """What was not simply filled, each with its reason."""
    for title, said in (
        ("not in the file", account.left),
        ("left as it was (--force overwrites it)", account.kept),
        ("rounded", account.rounded),
    ):
        for student, reason in said:
            out.print(f"{title}: {visible(student, 100)}: {visible(reason, 300)}", markup=False, soft_wrap=True)
    if account.empty:
        names = ", ".join(f"«{visible(name, 60)}»" for name in account.empty[:_SHOWN])
        more = f" and {len(account.empty) - _SHOWN} more" if len(account.empty) > _SHOWN else ""
        rows = _count(len(account.empty), "row")
        out.print(f"{rows} of the file without a result: {names}{more}", markup=False, soft_wrap=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


# ---------------------------------------------------------------- JSON


def _export_gradescope(args: argparse.Namespace, stored: Stored, path: Path, out: Console) -> None:
    rubric = _rubric(args, stored)
    refuse_existing(path, args.force)
    for result, decided in _in_points_of(args.scale_to, stored):
        if result.score is None:
            why = "excused" if result.student in stored.excused else "the score is not known"
            out.print(f"not written: {visible(result.student, 100)}: {why}", markup=False)
            (path / page_name(result.student) / "results.json").unlink(missing_ok=True)
            continue
        content = gradescope_results(result, rubric, decided)
        write(
            path / page_name(result.student) / "results.json", json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        )


def _export_classroom50(args: argparse.Namespace, stored: Stored, path: Path, out: Console) -> None:
    students = [result.student for result in stored.results]
    if args.student is None and len(students) > 1:
        raise ExportError(f"{stored.folder}: there are {len(students)} results; say whose with --student")
    chosen = [result for result in stored.results if args.student in (None, result.student)]
    if not chosen:
        raise ExportError(
            f"{stored.folder}: there is no result of {args.student!r}; there are: {', '.join(students[:_SHOWN])}"
        )
    if chosen[0].student in stored.excused:
        raise ExportError(f"{chosen[0].student}: excused, so there is no score to be written")
    refuse_existing(path, args.force)
    now = datetime.now(UTC)
    shown = published(chosen[0], _rubric(args, stored), now)
    content = classroom50_result(chosen[0], shown, os.environ, now, args.scale_to)
    write(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _rubric(args: argparse.Namespace, stored: Stored) -> Rubric:
    """The rubric of the results: what students may see stands there."""
    homework = stored.results[0].homework
    if args.rubric is not None:
        rubric = read_rubric(args.rubric).rubric
        if rubric.homework != homework:
            raise ExportError(
                f"{args.rubric}: this is the rubric of {rubric.homework}, and the results are of {homework}"
            )
        return rubric
    for path in find_rubrics(stored.folder):
        if path.stem == homework:
            return read_rubric(path).rubric
    raise ExportError(
        f"{stored.folder}: there is no rubric {homework}.yaml beside it, which says what students may see; name it "
        "with --rubric FILE"
    )


def _moment(stored: Stored, result: Result) -> str:
    path = stored.folder / "results" / f"{page_name(result.student)}.json"
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC).strftime("%Y-%m-%dT%H:%M:%S")
