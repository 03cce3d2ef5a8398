"""A notebook -> the Python in its code cells, one after the other, with the line at which each begins. Runs nothing.

What is for Jupyter alone (magics, shell commands, cells in another language) is set aside by jupytext, which knows it;
old formats are read by nbformat. Outputs, attachments and metadata are not looked at, whatever stands there. A cell
that Python can not read is left out, as a statement that fails is; all lines stay where they are, so that a message can
name the cell and the line.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import json
import logging
import textwrap
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from grader.language import _, n_
from grader.models import Unread

MAX_BYTES = 16 * 2**20
"""Pictures among the outputs make notebooks large."""
MAX_CODE = 2**20
"""characters; as much as a file may hold"""

_CODE = ("source", "input", "code", "language")
"""what holds the code of a cell, in one format or another"""
_ONLY_CODE = frozenset({"outputs", "execution_count", "prompt_number"})
_OTHER_FILES = frozenset({"writefile", "file"})
"""cell magics whose cell is not run but written to a file; jupytext takes them for Python"""


class NotebookError(Exception):
    """There is no Python to be had from this notebook; the message is a sentence for its author."""


class NoReaderError(Exception):
    """The packages that read notebooks are not installed: nothing that a student did."""


@dataclass(frozen=True, slots=True)
class Notebook:
    """What a notebook holds: its Python, the first line of each code cell, what was left out, and notes about it."""

    source: bytes
    cells: tuple[int, ...]
    unread: tuple[Unread, ...]
    notes: tuple[str, ...]


def read_notebook(content: bytes, name: str) -> Notebook:
    """The Python of a notebook of any version. Raises NotebookError, and NoReaderError where the extra is missing."""
    languages, magics, nbformat = _readers(name)
    lines = ["", ""]  # in the first two lines, a comment could name another encoding than ours
    cells: list[int] = []
    unread: list[Unread] = []
    aside: list[tuple[int, int, str]] = []
    texts, untold = _code_cells(content, name, nbformat)
    size = sum(map(len, texts))
    if size > MAX_CODE:
        message = _("{name} holds {megabytes} MB of code; at most 1 MB can be graded.")
        raise NotebookError(message.format(name=name, megabytes=f"{size / 2**20:.1f}"))
    for text in texts:
        cells.append(len(lines) + 1)
        own, set_aside, error = _python(text, magics, languages)
        if set_aside:
            line, first = set_aside[0]
            aside.append((len(cells), line, first))
            aside += [(len(cells), line, "") for line, _rest in set_aside[1:]]
        if error:
            unread.append(Unread(len(lines) + error[0], error[1], text))
            own = [""] * len(own)
        lines += own
    if not cells:
        raise NotebookError(_("{name} holds no code cell.").format(name=name))
    source = ("\n".join(lines) + "\n").encode("utf-8", "replace")
    return Notebook(source, tuple(cells), tuple(unread), tuple(_notes(aside, untold)))


def _readers(name: str) -> tuple[ModuleType, ModuleType, ModuleType]:
    """jupytext's modules about languages and magics, and nbformat: imported when the first notebook comes."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            modules = [importlib.import_module(each) for each in ("jupytext.languages", "jupytext.magics", "nbformat")]
    except ImportError:
        message = _("{name} is a notebook, and what reads notebooks is not installed; install it with: {command}")
        raise NoReaderError(message.format(name=name, command="python -m pip install 'grader[notebooks]'")) from None
    return modules[0], modules[1], modules[2]


def _code_cells(content: bytes, name: str, nbformat: ModuleType) -> tuple[list[str], int]:
    """The text of each code cell, from the top, and the number of cells that do not say what they are."""
    try:
        with _quiet():
            bare, untold = _bare(content.decode("utf-8-sig"))
            notebook = nbformat.convert(nbformat.reader.reads(bare), 4)
        texts = [_text(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    except (RecursionError, MemoryError):
        raise NotebookError(
            _("{name} can not be read as a notebook: it is nested too deeply.").format(name=name)
        ) from None
    except Exception:  # of which there are many kinds: anything can stand in a file
        message = _(
            "{name} can not be read as a notebook: it is not what Jupyter writes. Save it again, and hand it in anew."
        )
        raise NotebookError(message.format(name=name)) from None
    return texts, untold


def _bare(text: str) -> tuple[str, int]:
    """The same notebook with what its code cells hold, and nothing else but what the format wants."""
    notebook = json.loads(text)
    if not isinstance(notebook, dict):
        return text, 0
    bare: dict[str, Any] = {"nbformat": _format(notebook), "nbformat_minor": 0, "metadata": {}}
    if isinstance(notebook.get("worksheets"), list):
        sheets = [each for each in notebook["worksheets"] if isinstance(each, dict)]
        bare["worksheets"] = [{"cells": _bare_cells(each.get("cells")), "metadata": {}} for each in sheets]
    if "cells" in notebook:
        bare["cells"] = _bare_cells(notebook["cells"])
    cells = notebook.get("cells")
    untold = [each for each in cells if isinstance(each, dict) and _is_untold(each)] if isinstance(cells, list) else []
    return json.dumps(bare), len(untold)


def _bare_cells(cells: Any) -> Any:
    """The code cells; what is no list of cells stays as it is."""
    if not isinstance(cells, list):
        return cells
    return [
        {"cell_type": "code", "metadata": {}, "outputs": []} | {key: cell[key] for key in _CODE if key in cell}
        for cell in cells
        if isinstance(cell, dict) and _is_code(cell)
    ]


def _is_code(cell: Mapping[str, Any]) -> bool:
    """Whether a cell says that it is code, or says nothing and has what only code has."""
    kind = cell.get("cell_type")
    return kind == "code" or (kind is None and not _ONLY_CODE.isdisjoint(cell))


def _is_untold(cell: Mapping[str, Any]) -> bool:
    """Whether a cell with something in it says neither that it is code nor that it is text."""
    return cell.get("cell_type") is None and not _is_code(cell) and bool(cell.get("source"))


def _format(notebook: Mapping[str, Any]) -> Any:
    """The number of a notebook's format; where none is written, that of its shape."""
    number = notebook.get("nbformat")
    if isinstance(number, str) and number.strip().isdecimal():
        return int(number)
    if number is not None:
        return number
    if isinstance(notebook.get("worksheets"), list):
        return 3  # or 2, whose code is read in the same way
    cells = notebook.get("cells")
    first = any(isinstance(cell, dict) and "code" in cell and "source" not in cell for cell in cells or ())
    return 1 if first else 4


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """nbformat tells the world about every key that is out of place; only what can not be read matters here."""
    logger = logging.getLogger("traitlets")
    before, logger.disabled = logger.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.disabled = before


def _text(source: Any) -> str:
    text = source if isinstance(source, str) else "".join(source)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _python(
    text: str, magics: ModuleType, languages: ModuleType
) -> tuple[list[str], list[tuple[int, str]], tuple[int, str] | None]:
    """The lines of a cell without what is for Jupyter alone; what that was, with its lines; what Python says to it."""
    lines = text.split("\n")
    error = _error(text)
    if error is None:
        return lines, [], None
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    language, _options = languages.cell_language(lines[first : first + 1], "python", [])
    word = lines[first].removeprefix("%%").partition(" ")[0]
    if lines[first].startswith("%%") and ((language and language != "python") or word in _OTHER_FILES):
        return [""] * len(lines), [(first + 1, lines[first])], None
    own = magics.comment_magic(list(lines), "python", True, True)
    aside = [(number, line) for number, (line, new) in enumerate(zip(lines, own, strict=True), 1) if line != new]
    # Where a block held nothing else, something has to stand in it.
    own = [_held_open(line) if line != old else line for line, old in zip(own, lines, strict=True)]
    for attempt in (own, textwrap.dedent("\n".join(own)).split("\n")):  # Jupyter takes a cell that is indented whole
        if _error("\n".join(attempt)) is None:
            return attempt, aside, None
    return own, aside, _error("\n".join(own))


def _held_open(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}pass  {line.lstrip()}" if indent else line


def _error(text: str) -> tuple[int, str] | None:
    """The line and the reason for which Python can not read a text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        return error.lineno or 1, f"{type(error).__name__}: {error.msg}"
    except (ValueError, RecursionError, MemoryError) as error:
        return 1, f"SyntaxError: {error}" if str(error) else "SyntaxError: nested too deeply"
    return None


def _notes(aside: list[tuple[int, int, str]], untold: int) -> Iterator[str]:
    if untold:
        yield _("Cells that do not say whether they are code or text were left out: {count}.").format(count=untold)
    if aside:
        cell, line, text = aside[0]
        shown = text.strip()
        yield n_(
            "{count} line is for Jupyter alone and was not run: line {line} of cell {cell} ({text}).",
            "{count} lines are for Jupyter alone and were not run; the first is line {line} of cell {cell} ({text}).",
            len(aside),
        ).format(count=len(aside), cell=cell, line=line, text=shown if len(shown) <= 60 else f"{shown[:59]}…")
