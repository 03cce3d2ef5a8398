"""How well student code is locked in: five levels, what each keeps away, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """The level that a result was made at. The first three may run strangers' code unattended."""

    FULL = "full"
    STRONG = "strong"
    STRICT = "strict"
    PARTIAL = "partial"
    NONE = "none"

    @property
    def locked(self) -> bool:
        """Whether strangers' code may run at it."""
        return self in LOCKED

    @property
    def walls(self) -> bool:
        """Whether bwrap stands around it: another mount tree, other namespaces."""
        return self == Level.FULL

    @property
    def words(self) -> str:
        """The level in a few words."""
        return _WORDS[self]


LOCKED = (Level.FULL, Level.STRONG, Level.STRICT)
"""From the best down."""

_WORDS = {
    Level.FULL: "full: namespaces, file rules, a system call filter and limits",
    Level.STRONG: "strong, without namespaces: file rules, a system call filter and limits",
    Level.STRICT: "strong, strict imports: no file can be opened; a system call filter and limits",
    Level.PARTIAL: "PARTIAL: a process of its own with limits, no wall against hostile code",
    Level.NONE: "NONE: the code runs with the rights of whoever runs the grader",
}


@dataclass(frozen=True)
class Setting:
    """What all children of one zygote have in common: how they are locked in, and what they can import."""

    level: Level
    packages: tuple[str, ...] = ()
    """beyond numpy and Python's own modules"""
