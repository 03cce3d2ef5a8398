"""`grade override`: what a teacher decides about one student, written beside the rubric with its ground."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.cli.arguments import parser_of
from grader.decisions import add_override, ground_of, names_path, read_names, read_result
from grader.errors import SubmissionError
from grader.models import Override, Result, student_id
from grader.report import page_name, visible
from grader.rubric import read_rubric

_DESCRIPTION = """\
Decide something about one student, in place of what the grader says.

Without a decision it prints what there is to decide about: each function's score, and its ground, which is what a
decision is made on. A decision is added to the file of overrides beside the rubric, with its ground.

  grade override rubrics/hw3.yaml s05
  grade override rubrics/hw3.yaml s05 grad_oa --points 2.5 --reason "right up to a sign that the hand-out got wrong"
  grade override rubrics/hw3.yaml s05 --extend 2026-12-05T23:59:00 --reason "ill"
  grade override rubrics/hw3.yaml s05 grad_W2 --comment "See me about the transpose." --reason "seen before"
"""

_EPILOG = """\
exit codes
  0 printed, or written   2 the command, the rubric or the decision is wrong, or there is no result yet
"""


def run_override(arguments: Sequence[str], out: Console, _: Console) -> int:
    """Print the grounds of a student's result, or write a decision about it."""
    args = _parser().parse_intermixed_args(arguments)
    file = read_rubric(args.rubric)
    student = student_id(args.student)
    names, results = read_names(args.out), args.out / file.rubric.homework / "results"
    path, hidden = _result_path(results, student, names)
    if args.points is None and not args.excuse and args.extend is None and not args.comment:
        if hidden:
            raise SubmissionError(
                f"{student}: names are hidden in {args.out}, so what the grader says is printed by the id on the page "
                f"only; a decision may name either, and {names_path(args.out)} says who is who"
            )
        _print_grounds(read_result(path), out)
        return 0
    if not args.reason:
        raise SubmissionError("a decision needs a reason, for the course staff; give it with --reason")
    entry = {
        "student": student,
        "function": args.function,
        "points": args.points,
        "excused": args.excuse,
        "extension": args.extend,
        "comment": args.comment,
        "author": args.author or _login(),
        "reason": args.reason,
        "ground": None if args.extend else ground_of(read_result(path), args.function) or None,
    }
    try:
        override = Override.model_validate(entry)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        fault = detail.get("ctx", {}).get("error") or f"found {detail['input']!r}: {detail['msg']}"
        raise SubmissionError(f"{detail['loc'][0]}: {fault}") from None
    written = add_override(file, override, names)
    out.print(f"Written into {visible(str(written), 500)}; grade again to see it on the pages", markup=False)
    return 0


def _result_path(results: Path, student: str, names: Mapping[str, str]) -> tuple[Path, bool]:
    """The result of a student, by either id where names are or were hidden; and whether it has the hidden one."""
    path = results / f"{page_name(student)}.json"
    if path.exists():
        return path, False
    hidden = next((anonymous for anonymous, own in names.items() if own == student), None)
    other = results / f"{page_name(hidden or names.get(student, student))}.json"
    return (other, hidden is not None) if other.exists() else (path, False)


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("grade override", _DESCRIPTION, _EPILOG)
    parser.add_argument("rubric", type=Path, metavar="RUBRIC", help="the rubric of the homework")
    parser.add_argument("student", metavar="STUDENT", help="the student's id, or the one that hides the name")
    parser.add_argument("function", nargs="?", metavar="FUNCTION", help="one function (default: the whole hand-in)")
    parser.add_argument("--points", type=float, metavar="P", help="what it is worth")
    parser.add_argument("--excuse", action="store_true", help="it does not count, neither for nor against")
    parser.add_argument("--extend", metavar="WHEN", help="when it is due for this student, as in 2026-12-05T23:59:00")
    parser.add_argument("--comment", default="", metavar="TEXT", help="for the student, on the page")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why; for the course staff only")
    parser.add_argument("--author", default="", metavar="NAME", help="who decides (default: your login)")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", default=Path("reports"), help="where results lie (default: reports/)"
    )
    return parser


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise SubmissionError("who decides is not known on this machine; give it with --author") from None


def _print_grounds(result: Result, out: Console) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("function")
    table.add_column("score", justify="right")
    table.add_column("ground")
    for each in result.criteria:
        ground = ground_of(result, each.function)
        table.add_row(Text(visible(each.function, 80)), f"{each.score:g} of {each.max_score:g}", ground)
    score = "unknown" if result.score is None else f"{result.score:g} of {result.max_score:g}"
    table.add_row("the whole", score, ground_of(result, None))
    out.print(table)
