"""`grade kit`: a folder for students, to check their files at home."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from grader.cli.arguments import DEFAULT_SEED, natural, parser_of, refuse_existing
from grader.diagnose import check_names
from grader.errors import SubmissionError
from grader.homework import read_homework
from grader.kit import SEED, kit
from grader.report import visible, write

_DESCRIPTION = """\
Write a folder for students: the rubric without hidden checks, its trials with expected values as numbers, a file to
begin with, and what to do. Nothing of the reference is in it. In it, `grade hw3.py` checks a file at home.

  grade kit rubrics/hw3-gradients.yaml                 write kits/hw3-gradients/
  grade kit rubrics/hw3-gradients.yaml --out handout/  write it there
"""

_EPILOG = """\
exit codes
  0 the kit was written   2 the command or the rubric is wrong, and nothing was written
"""


def run_kit(arguments: Sequence[str], out: Console, err: Console) -> int:
    """Write the kit of the rubric that is named, and return the exit code."""
    args = _parser().parse_args(arguments)
    out.quiet = args.quiet
    if args.seed == DEFAULT_SEED:
        raise SubmissionError(
            f"--seed {args.seed}: hand-ins are graded by the trials of this seed, unless grade is told another, so the "
            "kit would give them away; choose another, or leave --seed out"
        )
    homework = read_homework(args.rubric, args.seed)
    check_names(homework)
    now = datetime.now(UTC)
    files = kit(homework, now)
    folder: Path = args.out or Path("kits") / homework.rubric.homework
    for name in files:
        refuse_existing(folder / name, args.force, "folder")
    for name, text in files.items():
        write(folder / name, text)
    hidden = sorted(homework.rubric.hidden(now))
    if hidden:
        out.print(f"Not in the kit: {visible(', '.join(hidden), 500)}", markup=False, soft_wrap=True)
    out.print(f"The kit is in {visible(str(folder), 500)}", markup=False, soft_wrap=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("grade kit", _DESCRIPTION, _EPILOG)
    parser.add_argument("rubric", type=Path, metavar="RUBRIC", help="the rubric to make a kit of")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where it goes (default: kits/<homework>/)")
    parser.add_argument(
        "--seed",
        type=natural,
        metavar="S",
        default=SEED,
        help=f"draws its trials (default: {SEED}, other ones than grade draws)",
    )
    parser.add_argument("--force", action="store_true", help="overwrite files that exist")
    parser.add_argument("--quiet", action="store_true", help="print errors only")
    return parser
