"""The results of a homework, as a run left them in a folder: what every export starts from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from grader.errors import ExportError
from grader.models import Result


@dataclass(frozen=True, slots=True)
class Stored:
    """The results of one homework in the order of their students, and the files that hold none."""

    folder: Path
    results: tuple[Result, ...]
    unreadable: tuple[Path, ...]


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
    results, unreadable = [], []
    for path in sorted((folder / "results").glob("*.json")):
        try:
            results.append(Result.model_validate_json(path.read_bytes()))
        except (OSError, ValidationError):
            unreadable.append(path)
    if not results:
        raise ExportError(f"{folder}: no result of this folder can be read; grade the submissions again")
    names = sorted({result.homework for result in results})
    if len(names) > 1:
        raise ExportError(f"{folder}: these are results of several homeworks: {', '.join(names)}; grade them again")
    return Stored(folder, tuple(sorted(results, key=lambda result: result.student)), tuple(unreadable))
