"""A table that somebody else's program wrote: single cells are changed, every other byte stays as it was.

A byte order mark, line ends, quotes, the separator and columns that nobody here knows are the other program's own, and
it gets them back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from grader.errors import ExportError
from grader.tables import QUOTED, separator

_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, and where it stands in the file."""

    start: int
    end: int
    text: str


class Sheet:
    """A table with a header. `rows` are those below it, blank lines left aside."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.path = path
        try:
            self._source = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ExportError(
                f"{path}: this file is not UTF-8 (byte {error.start}); download it again, or save it as CSV in UTF-8"
            ) from None
        self._changes: dict[tuple[int, int], tuple[Cell, str]] = {}
        self._separator = separator(self._source)
        table = self._read()
        if len(table) < 2:
            raise ExportError(f"{path}: this file holds no table: a header and a row for each student were expected")
        self.header = tuple(cell.text for cell in table[0])
        self.rows = tuple(table[1:])

    def text(self, row: int, column: int) -> str:
        """A cell's text as it was; empty where the row ends before it."""
        cells = self.rows[row]
        return cells[column].text if column < len(cells) else ""

    def has(self, row: int, column: int) -> bool:
        """Whether the row reaches as far as this column."""
        return column < len(self.rows[row])

    def change(self, row: int, column: int, text: str) -> None:
        """Put another text into a cell."""
        cell = self.rows[row][column]
        self._changes[row, column] = (cell, text)

    def changed(self) -> bytes:
        """The file with its changes."""
        pieces, at = [], 0
        for cell, text in sorted(self._changes.values(), key=lambda change: change[0].start):
            was = self._source[cell.start : cell.end]
            pieces += [self._source[at : cell.start], self._written(text, quoted=was.startswith('"'))]
            at = cell.end
        return "".join([*pieces, self._source[at:]]).encode("utf-8")

    def decimal_comma(self, *columns: int) -> bool:
        """Whether the numbers of these columns are written with a comma."""
        texts = [self.text(row, column) for row in range(len(self.rows)) for column in columns]
        return any(_DECIMAL_COMMA.fullmatch(text.strip()) for text in texts)

    def _written(self, text: str, *, quoted: bool) -> str:
        if quoted or re.search(f'["\r\n{self._separator}]', text):
            return '"' + text.replace('"', '""') + '"'
        return text

    def _read(self) -> list[list[Cell]]:
        source, pattern = self._source, re.compile(rf'{QUOTED}|(?!")[^\r\n{self._separator}]*')
        table: list[list[Cell]] = []
        row: list[Cell] = []
        at = len(source) - len(source.removeprefix("\ufeff"))
        while at <= len(source):
            found = pattern.match(source, at)
            end = found.end() if found else at
            after = source[end : end + 1]
            if found is None or after not in ("", "\r", "\n", self._separator):
                line = source.count("\n", 0, at) + 1
                raise ExportError(f"{self.path}, line {line}: a quotation mark is not closed, so this is no CSV file")
            text = found[0]
            row.append(Cell(at, end, text[1:-1].replace('""', '"') if text.startswith('"') else text))
            at = end + 1
            if after != self._separator:
                if len(row) > 1 or row[0].text:
                    table.append(row)
                row = []
                at += source[end : end + 2] == "\r\n"
            if not after:
                break
        return table


def read_sheet(path: Path) -> Sheet:
    """The table of a file. Raises ExportError if it can not be read as one."""
    try:
        return Sheet(path, path.read_bytes())
    except OSError as error:
        raise ExportError(f"{path}: this file can not be read: {error.strerror}") from error


def number(text: str) -> float | None:
    """The number in a cell, with a point or a comma; None if there is none."""
    found = _NUMBER.fullmatch(text.strip())
    return float(found[0].replace(",", ".")) if found else None
