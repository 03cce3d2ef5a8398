"""Names hidden, for grading without knowing whose work it is: an id by chance for each student, and one file that says
who is who. It lies beside the folder of reports and not in it, so that whoever gets the reports does not get it too.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from grader.errors import SubmissionError

_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_SIGNS = f"{_LETTERS}23456789"
"""none that is mistaken for another"""
_LENGTH = 5
_WORD = re.compile(r"[\w.@-]+")


def names_path(reports: Path) -> Path:
    """The file that says who is who in a folder of reports: beside reports/, it is reports.names.json."""
    folder = reports if reports.name not in ("", "..") else reports.resolve()
    return folder.with_name(f"{folder.name}.names.json")


def read_names(reports: Path) -> Mapping[str, str]:
    """Anonymous id -> student; nothing where no names were hidden. SubmissionError if the file is none of ours."""
    path = names_path(reports)
    if not path.exists():
        return {}
    try:
        names = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        names = None
    if not isinstance(names, dict) or not all(isinstance(student, str) for student in names.values()):
        raise SubmissionError(
            f"{path}: this does not say who is who, as in {{'x7k3f': 's01'}}; mend it, or remove it for new ids"
        )
    return names


def hide_names(reports: Path, students: Iterable[str]) -> Mapping[str, str]:
    """Anonymous id -> student, for all that were there before and these: an id, once given, stays."""
    names = dict(read_names(reports))
    there = set(students)
    for student in sorted(there - set(names.values())):
        names[_new_id({*names, *names.values(), *there})] = student
    path = names_path(reports)
    beside = path.with_name(f".{path.name}.part")
    text = json.dumps(dict(sorted(names.items())), indent=1, ensure_ascii=False) + "\n"
    beside.unlink(missing_ok=True)
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(beside, path)
    return names


def tells_names(path: Path, names: Mapping[str, str]) -> bool:
    """Whether what was exported here, a file or a folder with one a student, may say whose work it is.

    What was written while names were hidden has anonymous ids in it, and nobody's own.
    """
    if path.is_dir():
        return any(each.name not in names for each in path.iterdir())
    text = path.read_text(encoding="utf-8", errors="replace")
    words = set(_WORD.findall(text))
    own = any(each in words or (not _WORD.fullmatch(each) and each in text) for each in names.values())
    return own or words.isdisjoint(names)


def _new_id(taken: set[str]) -> str:
    while True:
        found = secrets.choice(_LETTERS) + "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH - 1))
        if found not in taken:
            return found
