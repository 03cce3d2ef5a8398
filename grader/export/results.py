"""The results of a homework, as a run left them in a folder: what every export starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.decisions import read_record
from grader.errors import ExportError
from grader.models import Decided, Result


@dataclass(frozen=True, slots=True)
class Stored:
    """The results of one homework in the order of their students, and the files that hold none.

    A score that the course decided on stands in the place of the grader's.
    """

    folder: Path
    results: tuple[Result, ...]
    unreadable: tuple[Path, ...]
    excused: frozenset[str] = frozenset()
    decided: Mapping[str, Decided] = field(default_factory=dict)
    """by student, where something was decided"""


def homework_folder(path: Path) -> Path:
    """The folder of one homework's results: the one that is named, or the only one below it."""
    if (path / "results").is_dir():
        return path
    below = sorted(each.parent for each in path.glob("*/results") if each.is_dir()) if path.is_dir() else []
    if len(below) == 1:
        return below[0]
    if below:
        names = ", ".join(each.name for each in below)
        raise ExportError(f"{path}: there are results of several homeworks; name one of: {names}")
    raise ExportError(
        f"{path}: there are no results; run grade on the submissions first, or name the folder of reports"
    )


def read_results(folder: Path) -> Stored:
    """The results of a folder. One file that can not be read costs nobody else anything."""
    unreadable: list[Path] = []
    record = list(read_record(folder, lambda path, fault: unreadable.append(path)))
    results = [each.result if each.decided is None else counted(each.result, each.decided) for each in record]
    decided = {each.result.student: each.decided for each in record if each.decided is not None}
    if not results:
        raise ExportError(f"{folder}: no result of this folder can be read; grade the submissions again")
    names = sorted({result.homework for result in results})
    if len(names) > 1:
        raise ExportError(f"{folder}: these are results of several homeworks: {', '.join(names)}; grade them again")
    excused = frozenset(student for student, decisions in decided.items() if decisions.excused)
    in_order = tuple(sorted(results, key=lambda result: result.student))
    return Stored(folder, in_order, tuple(unreadable), excused, decided)


def counted(result: Result, decisions: Decided) -> Result:
    """The result with the scores that count."""
    known = {each.function: {"score": each.score, "max_score": each.max_score} for each in decisions.criteria}
    criteria = tuple(each.model_copy(update=known.get(each.function, {})) for each in result.criteria)
    update = {"score": decisions.score, "max_score": decisions.max_score, "criteria": criteria}
    return result.model_copy(update=update)
