"""`grade diff`: two folders of reports in, who gains or loses out, before anything is published."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.text import Text

from grader.changes import Change, Comparison, Part, compare_records
from grader.cli.arguments import parser_of
from grader.decisions import Recorded, read_record
from grader.errors import SubmissionError
from grader.report import visible

_DESCRIPTION = """\
Who gains or loses between two folders of reports, by which check, and what has changed.

  cp -r reports published            what students have seen
  grade submissions/                 grades again what changed, in reports/
  grade diff published reports       says what that does to whom
"""

_EPILOG = """\
why
  submission, rubric, reference, grader, seed, sandbox: that is not the same in both results
  override, lateness: the teacher's decisions are not

exit codes
  0 every score is the same   1 some score is not, or somebody is new or gone
  2 the command or a folder is wrong, or some result can not be read
"""


def run_diff(arguments: Sequence[str], out: Console, err: Console) -> int:
    """Print the changes of each homework that is in both folders, and return 1 if there are any."""
    args = _parser().parse_args(arguments)
    faults: list[str] = []
    comparisons = [
        compare_records(name, _by_student(before, faults), _by_student(after, faults))
        for name, before, after in _pairs(args.old, args.new)
    ]
    for fault in faults:
        text = f"grade: {visible(fault, 1000)}; it is left out, as if it were not there; grade again to write it anew"
        err.print(text, markup=False)
    if args.json:
        print(json.dumps([asdict(comparison) for comparison in comparisons], indent=1))
    else:
        for comparison in comparisons:
            _print(comparison, out)
    return 2 if faults else int(any(comparison.changes for comparison in comparisons))


def _by_student(folder: Path, faults: list[str]) -> dict[str, Recorded]:
    return {each.result.student: each for each in read_record(folder, lambda path, fault: faults.append(fault))}


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("grade diff", _DESCRIPTION, _EPILOG)
    parser.add_argument("old", type=Path, metavar="OLD", help="a folder of reports, or of one homework in it: before")
    parser.add_argument("new", type=Path, metavar="NEW", help="the same: after")
    parser.add_argument("--json", action="store_true", help="print all changes as JSON, and nothing else")
    return parser


def _pairs(old: Path, new: Path) -> list[tuple[str, Path, Path]]:
    """The homeworks to compare, each with its two folders."""
    if (old / "results").is_dir() and (new / "results").is_dir():
        return [(new.resolve().name, old, new)]
    names = [sorted(path.parent.name for path in folder.glob("*/results")) for folder in (old, new)]
    for one, other, found in ((old, new, names[1]), (new, old, names[0])):
        if (one / "results").is_dir() and found:
            guess = one.resolve().name if one.resolve().name in found else found[0]
            more = ", ..." if len(found) > 5 else ""
            raise SubmissionError(
                f"{one} holds the results of one homework, and {other} a folder for each of {', '.join(found[:5])}"
                f"{more}; name the homework in both, as in {other / guess}"
            )
    for folder, found in zip((old, new), names, strict=True):
        if not found:
            raise SubmissionError(f"{folder}: there are no results in this folder; name a folder that `grade` wrote")
    both = [name for name in names[0] if name in names[1]]
    if not both:
        there, here = (", ".join(found[:5]) for found in names)
        raise SubmissionError(f"{old} ({there}) and {new} ({here}) have no homework in common")
    return [(name, old / name, new / name) for name in both]


def _print(comparison: Comparison, out: Console) -> None:
    def line(text: str, style: str = "") -> None:
        out.print(Text(text, style=style), soft_wrap=True)

    c = comparison
    same = c.students - len(c.changes)
    line(f"{visible(c.homework, 100)}: {c.gain} gain, {c.lose} lose, {same} of {c.students} stay the same", "bold")
    width = max((len(visible(change.student, 40)) for change in c.changes), default=0)
    for change in c.changes:
        line(f"  {visible(change.student, 40):<{width}}  {_scores(change)}  because of: {', '.join(change.why)}")
        for part in change.parts:
            line(f"  {'':<{width}}    {_part(part)}")
    if c.changes:
        line(f"  all points together: {_number(c.total_before)} -> {_number(c.total_after)}")


def _scores(change: Change) -> str:
    if change.before is None or change.after is None:
        return f"{_number(change.before)} -> {_number(change.after)}"
    wholes = (change.max_before, change.max_after)
    before, after = (f" of {_number(whole)}" if wholes[0] != wholes[1] else "" for whole in wholes)
    scores = f"{_number(change.before)}{before} -> {_number(change.after)}{after}"
    return f"{scores} ({round(change.after - change.before, 6):+g})"


def _part(part: Part) -> str:
    name = ", ".join(word for word in (part.function, part.check or "as a whole") if word)
    return f"{visible(name, 160)}: {_number(part.before)} -> {_number(part.after)}"


def _number(points: float | None) -> str:
    return "none" if points is None else f"{points:.6f}".rstrip("0").rstrip(".")
