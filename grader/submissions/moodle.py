"""Moodle: "Download all submissions" of an assignment.

    First Last_12345_assignsubmission_file_/hw3.py      one folder a student (the default; newer ones lack the last _)
    First Last_12345_assignsubmission_file_hw3.py       the same without folders
    First Last_12345_assignsubmission_onlinetext_/...   what was typed into the page: no file, never graded
    Participant_12345_assignsubmission_file_/hw3.py     marked anonymously
    Group 1_678_assignsubmission_file_/hw3.py           handed in by a group

The number is the participant's in this assignment, as in the grading worksheet ("Participant 12345"): the student's id.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.language import _
from grader.models import HandIn
from grader.submissions.download import OF_THE_COURSE, Download, Found
from grader.submissions.whose import Reading, decided, possible, sure_names

_FOLDER = re.compile(r"(?P<who>.+)_assignsubmission_(?P<plugin>[a-z]+)_?", re.DOTALL)
"""a folder's name: what stands in front of the last mark, for whoever is called so may have one in the name"""
_MARK = re.compile(r"_assignsubmission_(?P<plugin>[a-z]+)_")
_WHO = re.compile(r"(?P<name>.+?)(?:_(?P<id>\d+))?", re.DOTALL)


def found_in(download: Download) -> Found:
    """One hand-in a participant; none if this is no download of Moodle's."""
    ways = {path: readings(path) for path in download.names}
    sure = sure_names(ways.values())
    whose = decided({path: possible(each, sure) for path, each in ways.items() if each})
    names = {student: read[0][1].name for student, read in whose.files.items() if read}
    troubles: dict[str, str] = {}
    for path in download.leading_out:
        for each in readings(path)[-1:]:
            names.setdefault(each.student, each.name)
            troubles.setdefault(each.student, download.trouble(path.partition("/")[0], each.student))
    text = _("Only a text was handed in, in Moodle's own editor, and no file.")
    found = []
    for student in {**whose.files, **troubles}:
        fault, name = whose.faults.get(student, ""), names.get(student, "")
        read = whose.files.get(student, [])
        files = tuple((download.full(path), each.own) for path, each in read if each.is_file and each.own)
        problem = troubles.get(student, "" if files else text)
        found.append(
            HandIn(student, download.path, fault=fault, system="Moodle")
            if fault
            else HandIn(student, download.path, problem, files=files, name=name, system="Moodle")
        )
    strays = (path.partition("/")[0] for path, each in ways.items() if not each)
    others = (name for name in strays if not name.startswith((".", "__")) and name.lower() not in OF_THE_COURSE)
    return Found(found, tuple(dict.fromkeys(others)))


def readings(path: str) -> Sequence[Reading]:
    """The ways to read a path: none if it is not Moodle's, several if a file lies in no folder and is called so."""
    top, _slash, below = path.partition("/")
    match = _FOLDER.fullmatch(top)
    if match is not None:
        return [_reading(match["who"], match["plugin"], below)]
    marks = [mark for mark in _MARK.finditer(top) if mark.start()]
    return [_reading(top[: mark.start()], mark["plugin"], below or top[mark.end() :]) for mark in marks]


def _reading(who: str, plugin: str, own: str) -> Reading:
    match = _WHO.fullmatch(who)
    assert match is not None
    name = match["name"].replace("_", " ")
    return Reading(match["id"] or name, name, own, is_file=plugin == "file")
