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


def match(students: Mapping[str, Collection[str]], rows: Mapping[int, Sequence[str]]) -> Matched:
    """The row of each student. `students` says under which names each is known, `rows` what stands in each row."""
    tiers = (_as_it_stands, _what_follows)
    found: dict[str, int] = {}
    problems: dict[str, str] = {}
    indices = []
    for keys in tiers:
        index: dict[str, set[int]] = defaultdict(set)
        for number, cells in rows.items():
            for key in keys(cells):
                index[key].add(number)
        indices.append(index)
    for student, names in students.items():
        problems[student] = "no row is this student's"
        for keys, index in zip(tiers, indices, strict=True):
            fitting: set[int] = set().union(*(index.get(key, set()) for key in keys(names)))
            if len(fitting) == 1:
                found[student] = fitting.pop()
                del problems[student]
                break
            if fitting:
                problems[student] = f"{len(fitting)} rows could be this student's"
                break
    claimed: dict[int, list[str]] = defaultdict(list)
    for student, number in found.items():
        claimed[number].append(student)
    for claimants in claimed.values():
        for student in claimants if len(claimants) > 1 else ():
            others = ", ".join(other for other in claimants if other != student)
            problems[student] = f"the row could be that of {others} too"
            del found[student]
    return Matched(found, problems)


def _as_it_stands(cells: Iterable[str]) -> set[str]:
    return {_plain(cell) for cell in cells} - {""}


def _what_follows(cells: Iterable[str]) -> set[str]:
    words = {_words(cell) for cell in cells} | {_words(cell.partition("@")[0]) for cell in cells if "@" in cell}
    return words - {""}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _words(text: str) -> str:
    return " ".join(sorted(re.findall(r"[^\W_]+", _plain(text))))
