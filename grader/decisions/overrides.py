"""overrides.yaml beside a rubric -> overrides, or a RubricError that names file, line, key and what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from grader.decisions.lateness import local
from grader.errors import RubricError
from grader.models import Criterion, Override, Overrides, Rubric, instant
from grader.rubric import Place, RubricFile, located, read_yaml, schema_of

_Lines = dict[tuple[str, str | None, str], int]
"""(student, function, what is decided) -> the line in which it is"""

_DIGITS = 6
"""after the point: what the grader computes, shows and writes"""


def overrides_path(rubric: Path) -> Path:
    """Where the overrides of a rubric stand: beside rubrics/hw3.yaml, it is rubrics/hw3.overrides.yaml."""
    usual = rubric.with_name(f"{rubric.stem}.overrides.yaml")
    short = usual.with_suffix(".yml")
    return short if short.exists() and not usual.exists() else usual


def overrides_schema() -> dict[str, Any]:
    """The JSON Schema of a file of overrides, for editors."""
    return schema_of(Overrides)


def read_overrides(file: RubricFile, names: Mapping[str, str] | None = None) -> Mapping[str, tuple[Override, ...]]:
    """The overrides beside a rubric, by student; none where there is no such file. `names` says who is meant by an
    anonymous id, so that what was decided while names were hidden holds when they are not."""
    return _read(file, names or {})[0]


def fault_beside(file: RubricFile, override: Override, names: Mapping[str, str]) -> str:
    """Why an override can not stand in the file beside a rubric, with those that are there; empty if it can."""
    fault = _fault(override, file.rubric) or _second(override, names, _read(file, names)[1])
    return ": ".join(word for word in fault or () if word)


def _read(file: RubricFile, names: Mapping[str, str]) -> tuple[Mapping[str, tuple[Override, ...]], _Lines]:
    path = overrides_path(file.path)
    by_student: dict[str, tuple[Override, ...]] = {}
    decided: _Lines = {}
    if not path.exists():
        return by_student, decided
    content, lines, _ = read_yaml(path, Overrides, "file of overrides")
    for index, override in enumerate(content.overrides):
        place: Place = ("overrides", index)
        fault = _fault(override, file.rubric) or _second(override, names, decided)
        if fault is not None:
            key, message = fault
            raise RubricError(located(path, lines, (*place, key) if key else place, message))
        student = names.get(override.student, override.student)
        decided |= {(student, override.function, kind): lines[place] for kind in _kinds(override)}
        by_student[student] = (*by_student.get(student, ()), override)
    return by_student, decided


def _second(override: Override, names: Mapping[str, str], decided: _Lines) -> tuple[str, str] | None:
    """What is said of an override that decides what is decided already."""
    student = names.get(override.student, override.student)
    for kind in _kinds(override):
        line = decided.get((student, override.function, kind))
        if line is not None:
            about = f"{override.student}'s {override.function or 'hand-in'}"
            return "", f"what {about} gets is decided a second time (first in line {line}); keep one of them"
    return None


def _kinds(override: Override) -> list[str]:
    """What may be decided only once; comments may be several."""
    found = ["worth"] if override.points is not None or override.excused else []
    return [*found, "extension"] if override.extension is not None else found


def _fault(override: Override, rubric: Rubric) -> tuple[str, str] | None:
    """What is wrong with an override, and under which key; None if nothing is."""
    criterion: Criterion | None = None
    if override.function is not None:
        names = [each.function for each in rubric.criteria]
        if override.function not in names:
            near = get_close_matches(override.function, names, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else "."
            return "function", f"there is no function {override.function!r}{hint} Known are: {', '.join(names)}"
        criterion = rubric.criteria[names.index(override.function)]
    if override.points is None and not override.excused and override.extension is None and not override.comment:
        return "", "nothing is decided; give it points, excused, extension or comment"
    if override.points is not None and override.excused:
        return "excused", "points and excused rule each other out; keep one of them"
    most = criterion.max_score if criterion else rubric.max_score
    if override.points is not None and override.points > most:
        what = f"what {override.function} is worth" if criterion else "what the homework is worth"
        return "points", f"found {override.points:g}, expected at most {most:g}, {what}"
    if override.points is not None and round(override.points, _DIGITS) != override.points:
        return "points", f"found {override.points!r}, expected at most {_DIGITS} digits after the point; give it so"
    if override.extension is not None:
        return _extension_fault(override, rubric)
    return None


def _extension_fault(override: Override, rubric: Rubric) -> tuple[str, str] | None:
    if override.function is not None:
        return "extension", "an extension is for the whole hand-in; strike the key 'function' here"
    if rubric.due is None:
        return "extension", "the rubric has no due date that could be extended; give it the key 'due'"
    assert override.extension is not None
    timezone = rubric.timezone or ""  # the rubric was refused if it has none
    extended, due = (local(moment, timezone) for moment in (override.extension, rubric.due))
    if instant(extended, timezone) < instant(due, timezone):
        return "extension", f"found {extended}, which is before the homework is due ({due})"
    return None
