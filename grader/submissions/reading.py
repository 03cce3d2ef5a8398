"""A hand-in -> Submission: its files are read, the graded one is found among them, notebooks become Python.

All files become one source, the graded one first; the others lie behind it, for it to import.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.language import _
from grader.models import Files, HandIn, Place, Rubric, SourceFile, Submission, Unread
from grader.submissions import notebook
from grader.submissions.chosen import matching, most_defining
from grader.submissions.download import held_in
from grader.submissions.files import (
    MOST_ZIP_BYTES,
    Held,
    RefusedError,
    held_file,
    in_folder,
    in_zip,
    is_noise,
    shown,
    top_of,
)
from grader.submissions.notebook import NoReaderError, NotebookError

SUFFIXES = (".py", ".ipynb")
"""What holds Python."""

MAX_BYTES = 2**20
"""A file beyond one megabyte was not written by a student."""

MOST_FILES = 200
MOST_MODULE_BYTES = 4 * 2**20


class _BelowTop(Files):
    """Files that all lie in one folder, which their author hardly named and which is often a name: never spoken of.

    Their paths keep it: one may import another by it.
    """

    __slots__ = ()

    def place(self, line: int) -> Place:
        """Where a line of the source is, in a file below the folder."""
        place = Files.place(self, line)
        return place._replace(file=place.file.partition("/")[2])


class _DoubtError(Exception):
    """Several files could be meant: the course has to say which."""


@dataclass(frozen=True, slots=True)
class _Python:
    """One file as Python, and what is known of it if it was a notebook."""

    source: bytes
    cells: tuple[int, ...] = ()
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()


def read_submission(hand_in: HandIn, rubric: Rubric | None = None) -> Submission:
    """The student's files, or what keeps them from being read; the rubric says which of several is meant."""
    submission = Submission(
        hand_in.student,
        b"",
        shown(hand_in.path.name),
        hand_in.problem,
        hand_in.fault,
        notes=hand_in.notes,
        submitted_at=hand_in.submitted_at,
        late=hand_in.late,
        attempt=hand_in.attempt,
    )
    if hand_in.problem or hand_in.fault:
        return submission
    try:
        if hand_in.files:
            held = held_in(hand_in.path, [each for each in hand_in.files if not is_noise(each[1])])
            return _of_several(held, hand_in.student, submission, rubric, packed=False)
        return _read(hand_in.path, submission, rubric)
    except (RefusedError, NotebookError) as error:
        return replace(submission, problem=str(error))
    except (NoReaderError, _DoubtError) as error:
        return replace(submission, fault=str(error))


def _read(path: Path, submission: Submission, rubric: Rubric | None) -> Submission:
    name = submission.file_name
    if path.suffix.lower() == ".zip" and not path.is_dir():
        held = in_zip(held_file(path, name).read(MOST_ZIP_BYTES), name)
        return _of_several(held, name, submission, rubric, packed=True)
    if path.is_dir() and path.suffix.lower() not in SUFFIXES:
        return _of_several(in_folder(path), name, submission, rubric, packed=False)
    return _of_one(held_file(path, name), submission)


def _of_one(held: Held, submission: Submission, top: str = "") -> Submission:
    python = _python(held, top)
    if not python.source.strip() and not python.cells:
        return replace(submission, problem=_("{name} is empty.").format(name=_said(held.path, top)))
    return _joined(submission, held.path, top, python, {})


def _said(path: str, top: str) -> str:
    """A file's name in a sentence: without the folder in which all files of the hand-in lie."""
    return path.removeprefix(top)


def _of_several(
    held: Sequence[Held], name: str, submission: Submission, rubric: Rubric | None, *, packed: bool
) -> Submission:
    """The submission among the files of `name`; `packed` says whether they come from a zip file already."""
    files = {each.path: each for each in held if each.suffix in SUFFIXES}
    if not files:
        zips = [each for each in held if each.suffix == ".zip"]
        if len(zips) > 1 and not packed:
            message = _("{name} holds {count} zip files ({files}), and it is not clear which one is meant.")
            raise _DoubtError(message.format(name=name, count=len(zips), files=_listed([each.path for each in zips])))
        if zips and not packed:
            inner = zips[0].path
            return _of_several(in_zip(zips[0].read(MOST_ZIP_BYTES), inner), inner, submission, rubric, packed=True)
        raise RefusedError(_nothing_in(name, [each.path for each in zips]))
    top = top_of(files)
    if len(files) == 1:
        return _of_one(next(iter(files.values())), submission, top)
    if len(files) > MOST_FILES:
        message = _("There are {count} Python files in {name}; hand in your own files only.")
        raise RefusedError(message.format(name=name, count=len(files)))
    path, python, notes = _meant(files, name, top, rubric)
    others = {other: file for other, file in files.items() if other != path and file.suffix == ".py"}
    return _joined(replace(submission, notes=(*submission.notes, *notes)), path, top, python, _modules(others, name))


def _nothing_in(name: str, zips: Sequence[str]) -> str:
    if not zips:
        return _("There is no Python file (.py or .ipynb) in {name}.").format(name=name)
    message = _("There is no Python file in {name}, only more zip files ({files}); zip the Python files themselves.")
    return message.format(name=name, files=_listed(zips))


def _listed(paths: Sequence[str]) -> str:
    return ", ".join(paths[:5]) + (", …" if len(paths) > 5 else "")


def _python(held: Held, top: str) -> _Python:
    """A file as Python. Raises RefusedError, NotebookError, NoReaderError."""
    if held.suffix != ".ipynb":
        return _Python(held.read(MAX_BYTES))
    content = held.read(notebook.MAX_BYTES)
    if not content.strip():
        return _Python(content)
    read = notebook.read_notebook(content, _said(held.path, top))
    return _Python(read.source, read.cells, read.unread, read.notes)


# ---------------------------------------------------------------- which of several


def _meant(
    files: Mapping[str, Held], name: str, top: str, rubric: Rubric | None
) -> tuple[str, _Python, tuple[str, ...]]:
    """The file that is to be graded, and a note about how it was found."""
    pattern = (rubric.file if rubric else None) or ""
    named = [path for path in files if matching([path, _said(path, top)], pattern)] if pattern else []
    if len(named) == 1:
        return named[0], _python(files[named[0]], top), ()
    read: dict[str, _Python] = {}
    trouble: Exception | None = None
    for path in named or files:
        try:
            read[path] = _python(files[path], top)
        except (RefusedError, NotebookError, NoReaderError) as error:  # it need not be the one that is meant
            trouble = trouble or error
    functions = [criterion.function for criterion in rubric.criteria] if rubric else []
    found = most_defining({path: python.source for path, python in read.items()}, functions)
    if not found and trouble is not None:
        raise trouble
    if not found:
        message = _("None of the {count} Python files in {name} defines a function of the homework ({files}).")
        raise RefusedError(
            message.format(count=len(files), name=name, files=_listed([_said(path, top) for path in sorted(files)]))
        )
    if len(found) > 1:
        message = _(
            "Several files in {name} define the functions ({files}), and it is not clear which one is meant. Name it "
            "under the key 'file' of the rubric, or leave one of them there."
        )
        raise _DoubtError(message.format(name=name, files=_listed([_said(path, top) for path in found])))
    if pattern and not named:
        message = _("There is no file {wanted}; {name} was graded, because it defines the functions.")
    else:
        message = _("{name} was graded: of {count} Python files, it is the one that defines the functions.")
    return found[0], read[found[0]], (message.format(wanted=pattern, name=_said(found[0], top), count=len(files)),)


def _modules(files: Mapping[str, Held], name: str) -> dict[str, bytes]:
    """What the graded file can import. Raises RefusedError if it is more than a person writes."""
    found: dict[str, bytes] = {}
    for path, held in sorted(files.items()):
        try:
            found[path] = held.read(MAX_BYTES)
        except RefusedError:  # then it can not be imported, and need not be
            continue
    size = sum(map(len, found.values()))
    if size > MOST_MODULE_BYTES:
        message = _("The Python files in {name} are {megabytes} MB large together; hand in your own files only.")
        raise RefusedError(message.format(name=name, megabytes=f"{size / 2**20:.1f}"))
    return found


def _joined(submission: Submission, path: str, top: str, python: _Python, modules: Mapping[str, bytes]) -> Submission:
    """The submission with all files as one source."""
    files: tuple[SourceFile, ...] = ()
    source = python.source
    if python.cells or modules:
        source = _whole_lines(source)
        files = (SourceFile(path, 0, len(source), 1, python.cells),)
    line = 1 + _lines(source) if modules else 1
    parts = [source]
    end = len(source)
    for other, content in modules.items():
        part = _whole_lines(content)
        files += (SourceFile(other, end, end + len(part), line),)
        parts.append(part)
        end, line = end + len(part), line + _lines(part)
    return replace(
        submission,
        source=b"".join(parts),
        file_name=_said(path, top),
        files=_BelowTop(files) if top and modules else Files(files),
        unread=python.unread,
        notes=(*submission.notes, *python.notes),
    )


def _whole_lines(source: bytes) -> bytes:
    return source if not source or source.endswith(b"\n") else source + b"\n"


def _lines(source: bytes) -> int:
    return len(re.findall(b"\r\n|\r|\n", source))
