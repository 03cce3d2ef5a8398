"""Where things lie: which rubrics there are, and which folder of submissions belongs to which of them.

Rubrics are looked for in a folder `rubrics/` beside the submissions, then beside each folder above, then in the
current one. A homework's submissions lie in a folder, or a platform's zip file, of the rubric's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import SubmissionError
from grader.submissions import downloaded


@dataclass(frozen=True, slots=True)
class Matched:
    """A rubric file and the folder, or the platform's zip file, whose submissions it judges."""

    rubric: Path
    folder: Path


def find_rubrics(start: Path) -> list[Path]:
    """The rubric files of the nearest folder `rubrics/`, seen from `start` upwards, then from the current folder."""
    start = start.resolve()
    for folder in (start, *start.parents, Path.cwd()):
        found = sorted(path for path in (folder / "rubrics").glob("*.y*ml") if is_rubric(path))
        if found:
            return [_nearest_name(path) for path in found]
    return []


def is_rubric(path: Path) -> bool:
    """Whether a file is named as a rubric is, and not as the overrides beside one."""
    return path.suffix in (".yaml", ".yml") and Path(path.stem).suffix != ".overrides"


def match_folders(folder: Path, rubrics: Sequence[Path]) -> tuple[list[Matched], list[Path]]:
    """The folders of submissions below `folder`, or `folder` itself, each with its rubric; and those without one.

    A platform's zip file that bears a homework's name is as good as its folder, and where there is but one rubric, a
    platform's download is for it.

    Raises SubmissionError if no rubric matches anything.
    """
    by_name = {rubric.stem: rubric for rubric in rubrics}
    inside = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "__")))
    below = [path for path in inside if path.is_dir()]
    zips = [path for path in inside if path.suffix == ".zip" and path.stem in by_name and path.is_file()]
    matched = [Matched(by_name[path.name], path) for path in below if path.name in by_name]
    matched += [Matched(by_name[path.stem], path) for path in zips if not (folder / path.stem).is_dir()]
    if matched:
        return matched, [path for path in below if path.name not in by_name]
    name = folder.resolve().name
    if name in by_name:
        return [Matched(by_name[name], folder)], []
    if len(rubrics) == 1 and downloaded(folder):
        return [Matched(rubrics[0], folder)], []
    raise SubmissionError(f"{folder}: no rubric matches this folder or one in it. {_choice(rubrics)}")


def folder_for(rubric: Path, homework: str, folder: Path) -> Matched:
    """The folder that a named rubric judges: the homework's own below `folder`, else `folder` as it stands."""
    below = folder / homework
    return Matched(rubric, below if below.is_dir() else folder)


def rubric_for_file(file: Path, rubrics: Sequence[Path]) -> Path:
    """The rubric for a single file: that of a folder above it or of its own name, or the only one.

    Raises SubmissionError, listing the rubrics, if several could be meant.
    """
    by_name = {rubric.stem: rubric for rubric in rubrics}
    for name in (file.stem, *(parent.name for parent in file.resolve().parents)):
        if name in by_name:
            return by_name[name]
    if len(rubrics) == 1:
        return rubrics[0]
    raise SubmissionError(f"{file}: it is not clear which homework this file is for. {_choice(rubrics)}")


def _choice(rubrics: Sequence[Path]) -> str:
    if not rubrics:
        return "There is no folder 'rubrics' with a .yaml file beside it; name a rubric with --rubric FILE."
    return f"Name one with --rubric; there are: {', '.join(str(rubric) for rubric in rubrics)}."


def _nearest_name(path: Path) -> Path:
    """The path from the current folder where it lies below it, else the whole path."""
    current = Path.cwd()
    return path.relative_to(current) if path.is_relative_to(current) else path
