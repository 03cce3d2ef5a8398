"""The words of the pages: a verdict, a number of points, a list of names. Each said in one way everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.language import N_, _, n_
from grader.models import Verdict


@dataclass(frozen=True, slots=True)
class Status:
    """A verdict as a person sees it: a word, a shape and a tone (`good`, `bad` or `calm`), never a colour alone."""

    message: str
    shape: str
    tone: str

    @property
    def word(self) -> str:
        """The word in the language that is spoken."""
        return _(self.message)


STATUS: dict[Verdict, Status] = {
    Verdict.ACCEPTED: Status(N_("accepted"), "tick", "good"),
    Verdict.PARTIAL: Status(N_("partly right"), "half", "bad"),
    Verdict.WRONG_ANSWER: Status(N_("wrong answer"), "cross", "bad"),
    Verdict.RUNTIME_ERROR: Status(N_("stopped with an error"), "alert", "bad"),
    Verdict.TIME_LIMIT: Status(N_("took too long"), "clock", "bad"),
    Verdict.MEMORY_LIMIT: Status(N_("used too much memory"), "stack", "bad"),
    Verdict.MISSING: Status(N_("not found"), "ring", "bad"),
    Verdict.SKIPPED: Status(N_("not judged"), "dash", "calm"),
    Verdict.JUDGE_ERROR: Status(N_("not known yet"), "question", "calm"),
}

UNKNOWN = frozenset({Verdict.JUDGE_ERROR, Verdict.SKIPPED})
"""verdicts that say nothing about the work, so that no rate counts them"""


def points(value: float) -> str:
    """Write a number of points with as few digits as it needs, three after the point at most."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def exactly(value: float) -> str:
    """Write a number of points with all its digits, as where lateness costs a share of them."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def listed(names: Sequence[str], most: int = 8) -> str:
    """Join names as in a sentence: "a, b and c"; beyond `most` of them the rest is counted."""
    if len(names) > most:
        return _("{names} and {count} more").format(names=", ".join(names[:most]), count=len(names) - most)
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def students(number: int) -> str:
    """Count students: "1 student", "3 students"."""
    return n_("{count} student", "{count} students", number).format(count=number)


def of(part: object, whole: object) -> str:
    """Write a part beside its whole: "3 of 4"."""
    return _("{part} of {whole}").format(part=part, whole=whole)


def share(part: float, whole: float) -> str:
    """Return a part of a whole in hundredths, for the width of a bar."""
    return f"{min(100.0, max(0.0, 100 * part / whole)):.1f}" if whole else "0"
