"""Refuse a version that the changelog does not know: its newest heading must be `grader.__version__`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from grader import __version__


def newest(changelog: str) -> str:
    """The first version in a changelog's headings, or nothing."""
    found = re.search(r"^## \[(\d+\.\d+\.\d+)\]", changelog, re.MULTILINE)
    return found[1] if found else ""


def main() -> int:
    """Say whether the two agree, and return the exit code."""
    version = newest((Path(__file__).parent.parent / "CHANGELOG.md").read_text(encoding="utf-8"))
    if version != __version__:
        print(f"the grader is version {__version__}, but CHANGELOG.md ends at {version or 'no version'}")
        return 1
    print(f"version {version}, in the changelog too")
    return 0


if __name__ == "__main__":
    sys.exit(main())
