"""Whose file it is, where its name in a download can be read in several ways: a student may be called anything.

What can be read in one way only is sure, and decides about the rest. A file is never given to one of two: where two
readings are left, or one id has two names, all whom it concerns have a row that says so, and no score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from grader.language import _


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a file's name in a download."""

    student: str
    name: str
    own: str
    """the file's name as its author knows it"""
    is_file: bool = True
    """else it is what was typed into the platform's page"""
    late: bool = False
    number: int = 0
    """of the file, where the platform numbers them"""


@dataclass(slots=True)
class Decided:
    """Each student's files, as (path, its reading), and why it is not clear which are a student's."""

    files: dict[str, list[tuple[str, Reading]]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def sure_names(readings: Iterable[Sequence[Reading]]) -> dict[str, set[str]]:
    """The names with which each id comes in names that can be read in one way only."""
    found: dict[str, set[str]] = {}
    for each in readings:
        if len(each) == 1:
            found.setdefault(each[0].student, set()).add(each[0].name)
    return found


def possible(readings: Sequence[Reading], sure: Mapping[str, set[str]]) -> list[Reading]:
    """The readings of one name, but those that give an id another name than it has for sure."""
    left = [each for each in readings if each.name in sure.get(each.student, {each.name})]
    return left or list(readings)


def decided(readings: Mapping[str, Sequence[Reading]]) -> Decided:
    """Whose each file is, by its path."""
    found = Decided()
    for path, ways in readings.items():
        if len(ways) == 1:
            found.files.setdefault(ways[0].student, []).append((path, ways[0]))
            continue
        message = _("{file} can be the work of {people}, and it is not clear whose it is. Find out, and rename it.")
        fault = message.format(file=path, people=", ".join(f"{each.student} ({each.name})" for each in ways))
        for each in ways:
            found.files.setdefault(each.student, [])
            found.faults.setdefault(each.student, fault)
    for student, files in found.files.items():
        names = list(dict.fromkeys(reading.name for _path, reading in files))
        if len(names) > 1:
            message = _(
                "The id {student} comes with several names ({names}), and it is not clear whose work this is. "
                "Find out, and keep the files of one."
            )
            found.faults.setdefault(student, message.format(student=student, names=", ".join(names)))
    return found
