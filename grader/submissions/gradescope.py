"""Gradescope: "Export Submissions" of a programming assignment.

    assignment_123_export/submission_metadata.yml     who handed in what, and when
    assignment_123_export/submission_456/hw3.py       one folder a submission

The student's id is the `sid`, else the e-mail address. Who handed in together gets a row each.

Where an autograder runs there, `submission_metadata.json` says the same of one submission, and when it is due.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from grader.language import _
from grader.models import HandIn
from grader.submissions.download import Download, Found
from grader.submissions.files import RefusedError

METADATA = "submission_metadata.yml"
_MOST_BYTES = 256 * 2**20
_MOST_NUMBER = 10**18


def found_in(download: Download) -> Found:
    """One hand-in a submitter; none if this is no export of Gradescope's."""
    if METADATA not in download.names:
        return Found([])
    metadata, said = _metadata(download)
    unread = not metadata
    found: dict[str, list[HandIn]] = {}
    folders = download.folders
    out = {name.partition("/")[0] for name in download.leading_out}
    for key in sorted({*metadata, *(name for name in {*folders, *out} if name.startswith("submission_"))}):
        about = metadata.get(key) or {}
        files = tuple((download.full(path), path[len(key) + 1 :]) for path in folders.get(key, ()))
        history, written = about.get(":history"), about.get(":created_at")
        time, notes = _time(written), []
        if time is None and written is not None:
            text = _word(written)[:40] or "?"
            message = _(
                "The time in Gradescope's export ({time}) can not be read, so when this was handed in is not known."
            )
            notes.append(message.format(time=text))
            said.append(f"{METADATA}: the time of {key} ({text}) can not be read, and counts as not known")
        hand_in = HandIn(
            key,
            download.path,
            problem=download.trouble(key, key)
            or ("" if files else _("Gradescope's export holds no file of this submission.")),
            files=files,
            system="Gradescope",
            submitted_at=time,
            attempt=len(history) + 1 if isinstance(history, list) else None,
            notes=tuple(notes),
        )
        people = _submitters(hand_in, about.get(":submitters"))
        if not people:
            note = _("Gradescope's export does not say whose work this is.")
            people = [replace(hand_in, notes=(*hand_in.notes, note))]
            if not unread:
                said.append(f"{key}: {METADATA} does not say whose it is, so it is graded under its own name")
        for each in people:
            found.setdefault(each.student, []).append(each)
    hand_ins = [_newest(each) for each in found.values()]
    return Found(hand_ins, (METADATA,) if unread else (), tuple(said))


def _submitters(hand_in: HandIn, submitters: Any) -> list[HandIn]:
    """The hand-in once for each of those who handed it in; none where nobody is named."""
    people = [each for each in submitters if isinstance(each, Mapping)] if isinstance(submitters, list) else []
    found = []
    for person in people:
        name, sid, email = (_word(person.get(key)) for key in (":name", ":sid", ":email"))
        if sid or email or name:
            found.append(replace(hand_in, student=sid or email or name, name=name, email=email))
    return found


def _newest(hand_ins: list[HandIn]) -> HandIn:
    others = [each for each in hand_ins if not _same_person(hand_ins[0], each)]
    if others:
        message = _(
            "The id {student} belongs to several people in Gradescope's export ({people}), and it is not clear whose "
            "work counts. Give each of them an id of their own."
        )
        people = ", ".join(dict.fromkeys(_person(each) for each in hand_ins))
        fault = message.format(student=hand_ins[0].student, people=people)
        return HandIn(hand_ins[0].student, hand_ins[0].path, fault=fault, system="Gradescope")
    oldest = datetime.min.replace(tzinfo=UTC)
    newest = max(hand_ins, key=lambda each: each.submitted_at or oldest)
    count = max(newest.attempt or 1, len(hand_ins))
    if count == 1:
        return newest
    note = _("There are {count} submissions of this work; the newest counts.").format(count=count)
    return replace(newest, notes=(*newest.notes, note))


def _same_person(one: HandIn, other: HandIn) -> bool:
    """Whether two who have one id are one: by their addresses, where both have one, else by their names."""
    if one.email and other.email:
        return one.email.casefold() == other.email.casefold()
    return one.name.casefold() == other.name.casefold()


def _person(hand_in: HandIn) -> str:
    return f"{hand_in.name} ({hand_in.email})" if hand_in.name and hand_in.email else hand_in.name or hand_in.email


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
    """Reads what Ruby writes: whatever is more than plain data is left out, and what is no value is its text."""


def _or_text(construct: Callable[[Any, yaml.Node], Any]) -> Callable[[Any, yaml.Node], Any]:
    def constructed(loader: Any, node: yaml.Node) -> Any:
        try:
            value = construct(loader, node)
        except (ValueError, OverflowError, KeyError, TypeError):  # 2026-02-30, for instance
            return node.value
        return node.value if isinstance(value, int) and abs(value) > _MOST_NUMBER else value

    return constructed


for _tag in ("bool", "int", "float", "timestamp"):
    _whole_tag = f"tag:yaml.org,2002:{_tag}"
    _Loader.add_constructor(_whole_tag, _or_text(_Loader.yaml_constructors[_whole_tag]))
_Loader.add_multi_constructor("", lambda loader, suffix, node: _plain(loader, node))


def _plain(loader: Any, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


def _metadata(download: Download) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """What is known of each submission, by its folder, and what could not be read: the files are there all the same."""
    known: dict[str, dict[str, Any]] = {}
    said: list[str] = []
    reason = "it says nothing of any submission"
    try:
        loader = _Loader(download.read(METADATA, _MOST_BYTES))
        root = loader.get_single_node()
        for name, node in root.value if isinstance(root, yaml.MappingNode) else ():
            key = str(name.value)
            try:
                about = loader.construct_document(node)
            except (yaml.YAMLError, ValueError, RecursionError) as error:
                said.append(f"{METADATA}: what it says of {key} can not be read: {_reason(error)}")
                about = None
            if isinstance(about, dict):
                known[key] = about
    except (RefusedError, yaml.YAMLError, ValueError, RecursionError) as error:
        known, reason = {}, _reason(error)
    if not known:
        said = [f"{METADATA} can not be read ({reason}): ids, names and times are not known, and folders count as ids"]
    return known, said


def _reason(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f"line {mark.line + 1}: " if mark is not None else ""
    return place + " ".join(str(getattr(error, "problem", None) or error or type(error).__name__).split())[:200]
