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
from dataclasses import replace

from grader.language import _
from grader.models import HandIn
from grader.submissions.download import Download

_PREFIX = re.compile(
    r"(?P<name>[^/]+?)(?:_(?P<id>\d+))?_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<file>[^/]*))?(?P<below>/.*)?"
)


def hand_ins(download: Download) -> list[HandIn]:
    """One hand-in a participant; empty if this is no download of Moodle's."""
    found: dict[str, HandIn] = {}
    for path in download.names:
        match = _PREFIX.fullmatch(path)
        if match is None:
            continue
        name = match["name"].replace("_", " ")
        student = match["id"] or name
        known = found.get(student) or HandIn(student, download.path, name=name, system="Moodle")
        own = (match["below"] or "").lstrip("/") or match["file"] or ""
        if match["plugin"] == "file" and own:
            known = replace(known, files=(*known.files, (download.full(path), own)))
        found[student] = known
    text = _("Only a text was handed in, in Moodle's own editor, and no file.")
    return [each if each.files else replace(each, problem=text) for each in found.values()]
