"""Which row of somebody else's table is which student's? One row a student and one student a row, or none.

A student is known by the id of the result and by what `roster.csv` says of that id. First the cells are compared as
they stand; only where none is the same, what follows from them: the part of an address before the @, a name's words in
any order. Where two would do, neither is taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Matched:
    """student -> row, and those for whom there is no saying: student -> why."""

    rows: Mapping[str, int]
    problems: Mapping[str, str]


_NONE = "no row is this student's"
_ELSEWHERE = (
    "the number stands in one row, but not where the numbers of the class do, so it may be somebody else's; say who it "
    "is with --roster"
)
_MANY = 3
"""so many numbers of a class do not stand in a column by chance"""


def match(students: Mapping[str, Sequence[str]], rows: Mapping[int, Sequence[str]], own: int = 0) -> Matched:
    """The row of each student. `students` says under which names each is known, `rows` what stands in each row.

    The first name is the id under which work is handed in. The ids of a class stand in one column: what is the same in
    another one, as a number of another kind, is somebody else's. `own` is the column of the other system's own ids: a
    number is one of those, unless several of the class stand in another column, and more than there.
    """
    found: dict[str, int] = {}
    doubted: dict[str, int] = {}
    problems = dict.fromkeys(students, _NONE)
    for keys in (_as_it_stands, _what_follows):
        index: dict[tuple[int, str], set[int]] = defaultdict(set)
        for number, cells in rows.items():
            for column, cell in enumerate(cells):
                for key in keys([cell]):
                    index[column, key].add(number)
        columns = range(max(map(len, rows.values()), default=0))
        ids = {student: keys(names[:1]) for student, names in students.items()}
        holds = {
            column: sum(any((column, key) in index for key in each) for each in ids.values()) for column in columns
        }
        best = [column for column in columns if holds[column] == max(holds.values())]
        best = [own] if own in best else best
        chance = best != [own] and max(holds.values(), default=0) < _MANY
        for student, names in students.items():
            if student in found or problems[student] != _NONE:
                continue
            others = _rows(index, columns, keys(names[1:]))
            fitting = others | _rows(index, columns, ids[student])
            if len(fitting) > 1:
                problems[student] = f"{len(fitting)} rows could be this student's"
            elif fitting:
                where = [] if chance and names[0].strip().isdigit() else best
                sure = fitting <= others | _rows(index, where, ids[student])
                (found if sure else doubted)[student] = min(fitting)
    claimed: dict[int, list[str]] = defaultdict(list)
    for student, number in (doubted | found).items():
        claimed[number].append(student)
    problems |= dict.fromkeys(doubted, _ELSEWHERE)
    for student in found:
        del problems[student]
    for claimants in claimed.values():
        for student in claimants if len(claimants) > 1 else ():
            other = ", ".join(each for each in claimants if each != student)
            problems[student] = f"the row could be that of {other} too"
            found.pop(student, None)
    return Matched(found, problems)


def _rows(index: Mapping[tuple[int, str], set[int]], columns: Iterable[int], keys: Collection[str]) -> set[int]:
    return set().union(*(index.get((column, key), set()) for column in columns for key in keys))


def _as_it_stands(cells: Iterable[str]) -> set[str]:
    return {_plain(cell) for cell in cells} - {""}


def _what_follows(cells: Iterable[str]) -> set[str]:
    words = {_words(cell) for cell in cells} | {_words(cell.partition("@")[0]) for cell in cells if "@" in cell}
    return words - {""}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _words(text: str) -> str:
    return " ".join(sorted(re.findall(r"[^\W_]+", _plain(text))))
