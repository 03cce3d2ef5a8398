"""Gradescope: "Export Submissions" of a programming assignment.

    assignment_123_export/submission_metadata.yml     who handed in what, and when
    assignment_123_export/submission_456/hw3.py       one folder a submission

The student's id is the `sid`, else the e-mail address. Who handed in together gets a row each.

Where an autograder runs there, `submission_metadata.json` says the same of one submission, and when it is due.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from grader.language import _
from grader.models import HandIn
from grader.submissions.download import Download
from grader.submissions.files import RefusedError

METADATA = "submission_metadata.yml"
_MOST_BYTES = 256 * 2**20


def hand_ins(download: Download) -> list[HandIn]:
    """One hand-in a submitter; empty if this is no export of Gradescope's."""
    if METADATA not in download.names:
        return []
    metadata = _metadata(download)
    found: dict[str, list[HandIn]] = {}
    folders = download.folders
    for key in sorted({*metadata, *(name for name in folders if name.startswith("submission_"))}):
        about = metadata.get(key) or {}
        files = tuple((download.full(path), path[len(key) + 1 :]) for path in folders.get(key, ()))
        history = about.get(":history")
        hand_in = HandIn(
            key,
            download.path,
            problem="" if files else _("Gradescope's export holds no file of this submission."),
            files=files,
            system="Gradescope",
            submitted_at=_time(about.get(":created_at")),
            attempt=len(history) + 1 if isinstance(history, list) else None,
        )
        for each in _submitters(hand_in, about.get(":submitters")):
            found.setdefault(each.student, []).append(each)
    return [_newest(each) for each in found.values()]


def _submitters(hand_in: HandIn, submitters: Any) -> list[HandIn]:
    """The hand-in once for each of those who handed it in; as it is where nobody is named."""
    people = [each for each in submitters if isinstance(each, Mapping)] if isinstance(submitters, list) else []
    found = []
    for person in people:
        name, sid, email = (_word(person.get(key)) for key in (":name", ":sid", ":email"))
        found.append(replace(hand_in, student=sid or email or name or hand_in.student, name=name, email=email))
    return found or [hand_in]


def _newest(hand_ins: list[HandIn]) -> HandIn:
    oldest = datetime.min.replace(tzinfo=UTC)
    newest = max(hand_ins, key=lambda each: each.submitted_at or oldest)
    count = max(newest.attempt or 1, len(hand_ins))
    if count == 1:
        return newest
    note = _("There are {count} submissions of this work; the newest counts.").format(count=count)
    return replace(newest, notes=(note,))


@dataclass(frozen=True, slots=True)
class Upload:
    """What is known of one submission where an autograder runs; None for a time that is not known."""

    student: str
    submitted_at: datetime | None = None
    due: datetime | None = None
    extension: datetime | None = None
    """the later due date of those who handed it in, where they have one of their own"""


def read_upload(path: Path) -> Upload:
    """Whose submission it is (addresses, for a group several; else just a word), and its times."""
    try:
        about: Any = json.loads(path.read_bytes())
    except (OSError, ValueError):
        about = None
    users = [user for user in _part(about, "users", list) if isinstance(user, dict)]
    names = (user.get("email") or user.get("name") or user.get("id") for user in users)
    due = _time(_part(about, "assignment", dict).get("due_date"))
    own = _latest(_time(_part(user, "assignment", dict).get("due_date")) for user in users)
    return Upload(
        ", ".join(str(name) for name in names if name) or "submission",
        _time(_part(about, "created_at", str)),
        due,
        own if own is not None and (due is None or own > due) else None,
    )


def _part(about: Any, key: str, kind: type) -> Any:
    """What stands under a key, if it is of this kind; else an empty one."""
    value = about.get(key) if isinstance(about, dict) else None
    return value if isinstance(value, kind) else kind()


def _latest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)


def _word(value: Any) -> str:
    return "" if value is None or isinstance(value, Mapping | list) else str(value).strip()


def _time(value: Any) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)  # what is written without a zone is meant so


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads what Ruby writes: whatever is more than plain data is left out."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: _plain(loader, node))


def _plain(loader: Any, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


def _metadata(download: Download) -> dict[str, dict[str, Any]]:
    """What is known of each submission, by its folder; nothing, if it can not be read: the files are there all the same."""
    try:
        content = yaml.load(download.read(METADATA, _MOST_BYTES), _Loader)
    except (RefusedError, yaml.YAMLError, ValueError, RecursionError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {str(key): about for key, about in content.items() if isinstance(about, dict)}
