"""The catalogue of attacks: each a hand-in for one homework, with what must come of it in comments at its head.

    # attack: A1 os._exit(0) in the function      class and number of the attack, and what it does
    # gains nothing: grad_W2                      functions that attack and are not right: they must earn nothing
    # full marks: grad_oa, grad_ha                honest functions beside them: they must lose nothing
    # not unlocked                                too dangerous to be run without locks
    # breach unlocked                             without locks it works, and has to be seen to work
    # student: numpy                              the student's id, where it is not the file's name
    # same as: j20_leaves_marks                   the same file under another name

`all` stands for every function. What stands between two @ signs is filled in by the world that an attack is let
loose in: paths, numbers of processes, and a word by which it says that it was successful.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

CATALOGUE = Path(__file__).parent / "catalogue"
FUNCTIONS = ("grad_oa", "grad_b2", "grad_W2", "grad_hs", "grad_ha", "grad_b1", "grad_W1", "grad_x")


@dataclass(frozen=True)
class Attack:
    """One hand-in, and what must come of it."""

    name: str
    title: str
    student: str
    gains_nothing: tuple[str, ...] = ()
    full_marks: tuple[str, ...] = ()
    unlocked: bool = True
    """it may be run without locks"""
    breach_unlocked: bool = False
    """without locks it works"""
    source: str = ""
    plant: Callable[[Path], object] | None = None
    """puts it where it would lie if it were a file `<student>.py`, where a text in a file would not do"""
    left_aside: bool = False
    """the grader takes it for no hand-in at all"""

    @property
    def letter(self) -> str:
        """The class of the attack, A to M; nothing for an honest hand-in."""
        return self.title[:1] if re.match(r"[A-M]\d", self.title) else ""

    @property
    def runs_unlocked(self) -> bool:
        """Whether it is one of those that are run without locks, to see that they would be seen."""
        return self.unlocked and (self.breach_unlocked or not self.letter)


def read_catalogue() -> list[Attack]:
    """All attacks that are files of the catalogue, in the order of their names."""
    attacks = {path.stem: _read(path) for path in sorted(CATALOGUE.glob("*.py"))}
    for name, attack in attacks.items():
        original = re.search(r"^# same as: (\w+)$", attack.source, re.MULTILINE)
        if original:
            attacks[name] = replace(attacks[original[1]], name=name, student=name, title=attack.title)
    return list(attacks.values())


def _read(path: Path) -> Attack:
    source = path.read_text(encoding="utf-8")
    head = {}
    for line in source.splitlines():
        if not line.startswith("#"):
            break
        key, _, value = line[1:].partition(":")
        head[key.strip()] = value.strip()
    return Attack(
        name=path.stem,
        title=head["attack"],
        student=head.get("student", path.stem),
        gains_nothing=_functions(head.get("gains nothing", "")),
        full_marks=_functions(head.get("full marks", "")),
        unlocked="not unlocked" not in head,
        breach_unlocked="breach unlocked" in head,
        source=source,
    )


def _functions(text: str) -> tuple[str, ...]:
    return FUNCTIONS if text == "all" else tuple(name.strip() for name in text.split(",") if name.strip())
