"""Write docs/commands.md: what `--help` says of each command."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

from grader.cli import COMMANDS, main

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"
_HEAD = """\
# Commands

What `--help` says, word by word; `python scripts/manual.py` writes this page.
"""


def manual() -> str:
    """The whole page: the main command, then the others in the order of their names."""
    parts = [_HEAD]
    for name, arguments in [("grade", []), *((f"grade {each}", [each]) for each in sorted(COMMANDS))]:
        parts.append(f"## {name}\n\n```text\n{_help(arguments)}\n```\n")
    for name in ("gradescope", "run"):
        parts.append(f"### grade bundle {name}\n\n```text\n{_help(['bundle', name])}\n```\n")
    return "\n".join(parts)


def _help(arguments: list[str]) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        main([*arguments, "--help"])
    return said.getvalue().rstrip()


if __name__ == "__main__":
    PAGE.write_text(manual(), encoding="utf-8")
