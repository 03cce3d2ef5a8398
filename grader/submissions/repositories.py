"""GitHub Classroom and Classroom 50: a folder of repositories, one a student.

    hw3-submissions/hw3-octocat/...                              gh classroom clone student-repos
    cs-hw3_submissions_2026_05_09_T_14_30_45/cs-hw3-octocat/...  gh teacher download

What all names begin with is the assignment's; the rest is the student's (or the team's) name on GitHub, the id. git
itself is never run here: a repository can hold settings that make it run anything.
"""

from __future__ import annotations

import os
import re

from grader.language import _
from grader.models import HandIn
from grader.submissions.download import Download, Found

_TITLE = re.compile(r"(?P<assignment>.+?)(?:-submissions(?:-.*)?|_submissions_[\d_T]+)")
_MARKS = (".git/HEAD", ".classroom50.yml", ".classroom50.yaml")


def found_in(download: Download) -> Found:
    """One hand-in a repository; none if this is no folder of repositories."""
    folders = {name: files for name, files in download.folders.items() if not name.startswith((".", "__"))}
    if not any(f"{name}/{mark}" in files for name, files in folders.items() for mark in _MARKS):
        return Found([])
    start = _start(list(folders), download.title)
    nothing = _("The repository {name} holds no file.")
    found = []
    for name, files in folders.items():
        own = tuple((download.full(path), path[len(name) + 1 :]) for path in files if "/.git/" not in path)
        problem = download.trouble(name, name) or ("" if own else nothing.format(name=name))
        found.append(HandIn(name[len(start) :], download.path, problem, files=own, system="GitHub"))
    return Found(found)


def _start(names: list[str], title: str) -> str:
    """What the names of all repositories begin with: the assignment, and a hyphen."""
    match = _TITLE.fullmatch(title)
    if match and all(name.startswith(f"{match['assignment']}-") for name in names):
        return f"{match['assignment']}-"
    if len(names) < 2:
        return ""
    common = os.path.commonprefix(names)  # noqa: RUF071  signs are meant, not paths
    return common[: common.rfind("-") + 1]
