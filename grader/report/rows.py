"""A result in a few hundred bytes: what the class page, the gradebook and the terminal need, and no more.

Ten thousand rows fit in memory. Texts in a row are already cut and harmless; only the student's id is as it was.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from functools import lru_cache
from sys import intern

from grader.language import _, speaking
from grader.models import CriterionResult, Decided, DecidedCriterion, Result, Verdict
from grader.report.decided import changed_since, decided_for_staff
from grader.report.files import page_name
from grader.report.part import reason, sentence
from grader.report.text import visible
from grader.report.words import STATUS, UNKNOWN

_LONGEST = 300
_NOTES = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """How one function went; `checks` says of each check whether it passed, None where it was not judged."""

    function: str
    verdict: Verdict
    score: float
    max_score: float
    checks: tuple[tuple[str, bool | None], ...]
    excused: bool = False


@dataclass(frozen=True, slots=True)
class Cause:
    """A known mistake, and the function in which it was found."""

    misconception: str
    function: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Row:
    """One student's line. `page` is the file of the student's page, beside the class page."""

    student: str
    page: str
    verdict: Verdict
    score: float | None
    max_score: float
    convention: str | None
    reason: str
    sandbox: str
    message: str
    marks: tuple[Mark, ...]
    notes: tuple[str, ...]
    causes: tuple[Cause, ...]
    unexplained: tuple[tuple[str, str], ...]
    """(function, digest of the wrong values) where no known mistake explains them"""
    judged: float | None = None
    """the grader's own score, where something was decided"""
    excused: bool = False
    penalty: float = 0.0
    """the points that lateness cost"""
    decisions: tuple[str, ...] = ()
    """for the course staff; empty where nothing was decided"""
    changed: tuple[str, ...] = ()
    """of those, the ones whose ground has changed"""
    undated: bool = False
    """whether it is not known when this was handed in, and should be"""
    marked_late: bool = False
    """whether the learning platform calls it late all the same"""
    stood: bool = field(default=False, compare=False)
    """whether the result was there already"""
    name: str = ""
    email: str = ""
    """from the roster or the download: for the teacher's pages only; results and students' pages have ids"""

    @property
    def who(self) -> str:
        """Return the student as a teacher's page names them: by name, if it is known, and id."""
        return f"{self.name} ({self.student})" if self.name and self.name != self.student else self.student


def row_of(result: Result, decided: Decided | None = None) -> Row:
    """Return the row of a result with what was decided about it, in the result's language."""
    with speaking(result.language):
        row = _row_of(result, decided)
        if decided is None:
            return row
        return replace(
            row,
            score=decided.score,
            max_score=decided.max_score,
            judged=decided.judged,
            excused=decided.excused,
            penalty=0.0 if decided.late is None else decided.late.penalty,
            undated=decided.late is not None and decided.late.submitted_at is None,
            marked_late=decided.late is not None and bool(decided.late.marked_late),
            decisions=decided_for_staff(decided),
            changed=changed_since(decided),
        )


def _row_of(result: Result, decided: Decided | None) -> Row:
    worth = {each.function: each for each in decided.criteria} if decided is not None else {}
    return Row(
        student=result.student,
        page=f"{page_name(result.student)}.html",
        verdict=result.verdict,
        score=result.score,
        max_score=result.max_score,
        convention=None if result.convention is None else _kept(result.convention),
        reason=_first_reason(result),
        sandbox=_kept(result.sandbox),
        message=_kept(sentence(result.message)),
        marks=tuple(_mark(criterion, worth.get(criterion.function)) for criterion in result.criteria),
        notes=_row_notes(result),
        causes=tuple(
            _cause(_kept(c.diagnosis.misconception), _kept(c.function), _kept(c.diagnosis.feedback))
            for c in result.criteria
            if c.diagnosis
        ),
        unexplained=tuple(
            (_kept(criterion.function), digest) for criterion in result.criteria if (digest := _wrong_values(criterion))
        ),
    )


def _kept(text: str) -> str:
    """Return the text cut, harmless, and the same object wherever it occurs again."""
    return intern(str(visible(text, _LONGEST)))


@lru_cache(maxsize=8192)
def _shared_mark(*fields: object) -> Mark:
    return Mark(*fields)  # type: ignore[arg-type]  # the fields of a Mark, in order


@lru_cache(maxsize=8192)
def _cause(misconception: str, function: str, feedback: str) -> Cause:
    return Cause(misconception, function, feedback)


def _mark(criterion: CriterionResult, worth: DecidedCriterion | None) -> Mark:
    """Return the mark of one function; equal marks are one object, as most of a class has the same."""
    checks = tuple(
        (_kept(check.name), None if check.verdict in UNKNOWN else check.verdict is Verdict.ACCEPTED)
        for check in criterion.checks
        if check.max_score
    )
    score, max_score, excused = criterion.score, criterion.max_score, False
    if worth is not None:
        score, max_score, excused = worth.score, worth.max_score, worth.excused
    return _shared_mark(_kept(criterion.function), criterion.verdict, score, max_score, checks, excused)


def _first_reason(result: Result) -> str:
    """Return the first reason for a lost point, with the function's name; what concerns the whole file goes first."""
    troubled = [criterion for criterion in result.criteria if criterion.verdict is not Verdict.ACCEPTED]
    if result.message and (not result.score or not troubled):
        return _kept(sentence(result.message))
    for criterion in troubled:
        said = reason(criterion) or f"{STATUS[criterion.verdict].word}."
        return _kept(_about(criterion, said))
    return ""


def _about(criterion: CriterionResult, text: str) -> str:
    """Return a text with the function's name before it."""
    return _("{function}: {text}").format(function=visible(criterion.function, 80), text=text)


def _row_notes(result: Result) -> tuple[str, ...]:
    """Return the notes of the file and of its functions, the latter with the function's name."""
    notes = [sentence(note) for note in result.notes]
    for criterion in result.criteria:
        notes += [_about(criterion, sentence(note)) for note in criterion.notes]
    return tuple(_kept(note) for note in dict.fromkeys(notes[:_NOTES]))


def _wrong_values(criterion: CriterionResult) -> str:
    """Return a digest of wrong values that no known mistake explains; empty where there is nothing to compare."""
    example = criterion.counterexample
    if criterion.diagnosis or criterion.verdict in UNKNOWN or example is None or example.actual is None:
        return ""
    facts = json.dumps([example.check, example.case, example.actual.shape, example.actual.values], default=str)
    return intern(hashlib.sha256(facts.encode("utf-8", "replace")).hexdigest()[:12])
