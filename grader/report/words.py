"""The words of the pages: a verdict, a number of points, a list of names. Each said in one way everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.models import Verdict


@dataclass(frozen=True, slots=True)
class Status:
    """A verdict as a person sees it: a word, a shape and a tone (`good`, `bad` or `calm`), never a colour alone."""

    word: str
    shape: str
    tone: str


STATUS: dict[Verdict, Status] = {
    Verdict.ACCEPTED: Status("accepted", "tick", "good"),
    Verdict.PARTIAL: Status("partly right", "half", "bad"),
    Verdict.WRONG_ANSWER: Status("wrong answer", "cross", "bad"),
    Verdict.RUNTIME_ERROR: Status("stopped with an error", "alert", "bad"),
    Verdict.TIME_LIMIT: Status("took too long", "clock", "bad"),
    Verdict.MEMORY_LIMIT: Status("used too much memory", "stack", "bad"),
    Verdict.MISSING: Status("not found", "ring", "bad"),
    Verdict.SKIPPED: Status("not judged", "dash", "calm"),
    Verdict.JUDGE_ERROR: Status("not known yet", "question", "calm"),
}

UNKNOWN = frozenset({Verdict.JUDGE_ERROR, Verdict.SKIPPED})
"""verdicts that say nothing about the work, so that no rate counts them"""


def points(value: float) -> str:
    """Write a number of points with as few digits as it needs, three after the point at most."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def listed(names: Sequence[str], most: int = 8) -> str:
    """Join names as in a sentence: "a, b and c"; beyond `most` of them the rest is counted."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def counted(number: int, one: str, many: str) -> str:
    """Count a noun: "1 student", "3 students"."""
    return f"{number} {one if number == 1 else many}"


def share(part: float, whole: float) -> str:
    """Return a part of a whole in hundredths, for the width of a bar."""
    return f"{min(100.0, max(0.0, 100 * part / whole)):.1f}" if whole else "0"
