"""A result and what was decided about it -> what it is worth. Pure; the same for the same two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

from grader.decisions.ground import ground_of
from grader.decisions.lateness import exact, lateness
from grader.models import CriterionResult, Decided, DecidedCriterion, Late, Override, Result, Said


@dataclass(frozen=True)
class Decisions:
    """All that a course has decided about a homework."""

    overrides: Mapping[str, tuple[Override, ...]] = field(default_factory=dict)
    """by student"""
    due: datetime | None = None
    timezone: str = ""
    late: Late = field(default_factory=Late)
    times: Mapping[str, datetime] = field(default_factory=dict)
    """by student; they go before what a submission says of itself"""
    names: Mapping[str, str] = field(default_factory=dict)
    """anonymous id -> student, where names are hidden"""

    def without_hand_in(self, students: Iterable[str]) -> list[str]:
        """The students who are decided about and did not hand in."""
        there = {self.names.get(student, student) for student in students}
        return sorted(set(self.overrides) - there)


def decide(
    decisions: Decisions, result: Result, submitted_at: datetime | None, marked_late: bool | None = None
) -> Decided | None:
    """What a result is worth with everything that was decided; None where nothing was, and it is worth its score.

    `marked_late` is what a learning platform says that tells no time: it costs nothing, and the course staff is told.
    """
    student = decisions.names.get(result.student, result.student)
    overrides = decisions.overrides.get(student, ())
    if not overrides and decisions.due is None:
        return None
    criteria = tuple(_criterion(each, overrides) for each in result.criteria)
    whole = [each for each in overrides if each.function is None]
    excused = any(each.excused for each in whole)
    score, max_score = _total(result, criteria)
    for override in whole:
        score = score if override.points is None else exact(override.points)
    late = None
    if decisions.due is not None and not excused:
        extension = next((each.extension for each in whole if each.extension is not None), None)
        submitted = decisions.times.get(student, submitted_at)
        late = lateness(submitted, decisions.due, extension, decisions.timezone, decisions.late, score, max_score)
        if submitted is None:
            late = late.model_copy(update={"marked_late": marked_late})
    after = score if late is None or score is None else score - exact(late.penalty)
    return Decided(
        student=result.student,
        judged=result.score,
        score=None if after is None or excused else float(after),
        max_score=float(max_score),
        excused=excused,
        criteria=criteria,
        overrides=tuple(_said(override, result) for override in overrides),
        late=late,
    )


def decided_text(decided: Decided) -> str:
    """What was decided as it stands in its file, beside the result's."""
    return decided.model_dump_json(indent=1) + "\n"


def _criterion(criterion: CriterionResult, overrides: Sequence[Override]) -> DecidedCriterion:
    score, max_score, excused = criterion.score, criterion.max_score, False
    for override in overrides:
        if override.function == criterion.function:
            score = score if override.points is None else override.points
            excused = excused or override.excused
    if excused:
        score = max_score = 0.0
    return DecidedCriterion(
        function=criterion.function, judged=criterion.score, score=score, max_score=max_score, excused=excused
    )


def _total(result: Result, criteria: Sequence[DecidedCriterion]) -> tuple[Decimal | None, Decimal]:
    """The score and what it is out of, before lateness and before a word about the whole."""
    if result.score is None:
        return None, exact(result.max_score)
    score, max_score = exact(result.score), exact(result.max_score)
    for criterion, judged in zip(criteria, result.criteria, strict=True):
        score += exact(criterion.score) - exact(criterion.judged)
        max_score += exact(criterion.max_score) - exact(judged.max_score)
    return score, max_score


def _said(override: Override, result: Result) -> Said:
    criterion = next((each for each in result.criteria if each.function == override.function), None)
    part: CriterionResult | Result = result if criterion is None else criterion
    lost = override.function is not None and criterion is None
    return Said(
        function=override.function,
        points=override.points,
        judged=None if lost else part.score,
        max_score=part.max_score,
        excused=override.excused,
        extension=None if override.extension is None else override.extension.isoformat(sep=" "),
        comment=override.comment,
        author=override.author,
        reason=override.reason,
        ground=override.ground,
        ground_now=ground_of(result, override.function),
        changed=("nothing to apply to",) if lost else _changed(override.ground, ground_of(result, override.function)),
    )


def _changed(written: str | None, now: str) -> tuple[Literal["file", "judgement"], ...]:
    """What of the ground is no longer as it was."""
    if written is None:
        return ()
    file, _, judgement = written.partition("-")
    file_now, _, judgement_now = now.partition("-")
    changed: tuple[Literal["file", "judgement"], ...] = ("file",) if file != file_now else ()
    return (*changed, "judgement") if judgement != judgement_now else changed
