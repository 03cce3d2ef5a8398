"""`grade new`: a name in, a homework that grades and audits out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from grader.begin import begin
from grader.cli.arguments import parser_of
from grader.report import visible

_DESCRIPTION = """\
Start a homework in the current folder: a rubric, its reference, known mistakes, two samples, and a file that must get
full marks; and, once, a workflow that audits every rubric, and a .gitignore. It works as it is, and is yours to change:
docs/tutorial.md goes on from here.

  grade new hw1
  grade audit rubrics/hw1.yaml
  grade submissions/
"""

_EPILOG = """\
exit codes
  0 written   2 the name can not be one, or a file is there already: then nothing is written
"""


def run_new(arguments: Sequence[str], out: Console, _: Console) -> int:
    """Write the files of a new homework, and name them."""
    parser = parser_of("grade new", _DESCRIPTION, _EPILOG)
    parser.add_argument(
        "name", metavar="NAME", help="the homework's name: letters from a to z, digits, '.', '_' and '-'"
    )
    name = parser.parse_args(arguments).name
    for path in begin(Path(), name):
        out.print(visible(str(path), 300), markup=False, soft_wrap=True)
    out.print(f"Now: grade audit rubrics/{name}.yaml", markup=False)
    return 0
