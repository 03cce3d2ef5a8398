"""Two records of a homework -> who gains or loses between them, by which check, and what has changed. Pure.

A reason is a digest or a word of the result that is not the same in both; where nothing recorded differs, it says that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from grader.decisions import Recorded
from grader.models import CriterionResult, Decided


@dataclass(frozen=True, slots=True)
class Part:
    """Points that differ: of a check, of a function beyond its checks (`check` is empty), or for lateness (of none)."""

    function: str
    check: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Change:
    """One student whose score is not the same; None is a score that is not known, or excused, or not there."""

    student: str
    before: float | None
    after: float | None
    max_before: float | None
    max_after: float | None
    parts: tuple[Part, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A homework before and after: the changes, in the order of the students' ids, and the totals."""

    homework: str
    changes: tuple[Change, ...]
    students: int
    gain: int
    lose: int
    total_before: float
    total_after: float


LATENESS = "lateness"
NEW = "new here"
GONE = "no longer here"
UNEXPLAINED = "nothing that is recorded has changed"


def compare_records(homework: str, before: Mapping[str, Recorded], after: Mapping[str, Recorded]) -> Comparison:
    """Who gains or loses from the one record to the other."""
    students = sorted({*before, *after})
    changes = [change for student in students if (change := _change(student, before.get(student), after.get(student)))]
    both = [(change.before, change.after) for change in changes if change.before is not None is not change.after]
    return Comparison(
        homework=homework,
        changes=tuple(changes),
        students=len(students),
        gain=sum(new > old for old, new in both),
        lose=sum(new < old for old, new in both),
        total_before=_sum(before),
        total_after=_sum(after),
    )


def _sum(record: Mapping[str, Recorded]) -> float:
    return float(sum((Decimal(repr(each.score)) for each in record.values() if each.score is not None), Decimal(0)))


def _change(student: str, before: Recorded | None, after: Recorded | None) -> Change | None:
    if before is None or after is None:
        old, new = before.score if before else None, after.score if after else None
        whole, whole_now = before.max_score if before else None, after.max_score if after else None
        return Change(student, old, new, whole, whole_now, (), (NEW if before is None else GONE,))
    if before.score == after.score and before.max_score == after.max_score:
        return None
    why: list[str] = []
    if before.result.score != after.result.score or before.result.max_score != after.result.max_score:
        why += _digests(before, after) or [UNEXPLAINED]
    why += _decisions(before.decided, after.decided)
    return Change(
        student=student,
        before=before.score,
        after=after.score,
        max_before=before.max_score,
        max_after=after.max_score,
        parts=tuple(_parts(before, after)),
        why=tuple(why or [UNEXPLAINED]),
    )


def _digests(before: Recorded, after: Recorded) -> list[str]:
    """What of that on which a judgement rests has changed."""
    old, new = before.result, after.result
    why = ["submission"] if old.submission_digest != new.submission_digest else []
    if old.rubric_digest != new.rubric_digest:
        if not old.reference_digest or not new.reference_digest:
            why.append("rubric or reference")
        else:
            why.append("rubric" if old.reference_digest == new.reference_digest else "reference")
    if old.grader != new.grader:
        why.append(f"grader ({old.grader} to {new.grader})")
    if old.seed != new.seed:
        why.append(f"seed ({old.seed} to {new.seed})")
    return [*why, f"sandbox ({old.sandbox} to {new.sandbox})"] if old.sandbox != new.sandbox else why


def _decisions(before: Decided | None, after: Decided | None) -> list[str]:
    why = ["override"] if _overrides(before) != _overrides(after) else []
    return [*why, LATENESS] if _penalty(before) != _penalty(after) else why


def _overrides(decided: Decided | None) -> list[tuple[str | None, float | None, bool]]:
    """What of the overrides can move a score by itself."""
    said = decided.overrides if decided else ()
    return [(each.function, each.points, each.excused) for each in said if each.points is not None or each.excused]


def _penalty(decided: Decided | None) -> float:
    return decided.late.penalty if decided and decided.late else 0.0


def _parts(before: Recorded, after: Recorded) -> list[Part]:
    old, new = _judged(before), _judged(after)
    parts: list[Part] = []
    for function in dict.fromkeys((*old, *new)):
        one, two = old.get(function), new.get(function)
        found = _checks(function, one, two)
        decided_before, decided_after = _worth(before, function), _worth(after, function)
        told = sum((_exact(part.after) - _exact(part.before) for part in found), Decimal(0))
        if _exact(decided_after) - _exact(decided_before) != told:
            found.append(Part(function, "", decided_before, decided_after))
        parts += found
    if _penalty(before.decided) != _penalty(after.decided):
        parts.append(Part("", LATENESS, 0.0 - _penalty(before.decided), 0.0 - _penalty(after.decided)))
    return parts


def _judged(record: Recorded) -> dict[str, CriterionResult]:
    return {criterion.function: criterion for criterion in record.result.criteria}


def _worth(record: Recorded, function: str) -> float:
    """What a function is worth, with what was decided about it; 0 where there is no such function."""
    pieces = record.decided.criteria if record.decided else record.result.criteria
    return next((each.score for each in pieces if each.function == function), 0.0)


def _checks(function: str, before: CriterionResult | None, after: CriterionResult | None) -> list[Part]:
    old = {check.name: check.score for check in before.checks} if before else {}
    new = {check.name: check.score for check in after.checks} if after else {}
    return [
        Part(function, name, old.get(name, 0.0), new.get(name, 0.0))
        for name in dict.fromkeys((*old, *new))
        if old.get(name, 0.0) != new.get(name, 0.0)
    ]


def _exact(points: float) -> Decimal:
    return Decimal(repr(float(points)))
