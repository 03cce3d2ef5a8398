"""What students may see of a result: the rubric's `reveal`, from the verdict alone to the expected values.

    verdict          points and verdicts, check by check; no reason
    diagnosis        and the known mistake, and what Python said
    counterexample   and the smallest trial that fails, with what came back
    expected         and what was expected

And its `visibility`: of a hidden check a student sees the points, together with those of the function's other hidden
checks, and nothing else. One that is shown after the due date is hidden until then.

What is hidden is gone from the result that a student's page is made of. The course's own record keeps all of it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import get_args

from grader.language import _, speaking
from grader.models import (
    CheckResult,
    Counterexample,
    CriterionResult,
    DifferenceShown,
    Result,
    Reveal,
    Rubric,
    SourceShown,
    Verdict,
)
from grader.reasons import unpaid_note

HIDDEN_CHECKS = "hidden checks"
"""What all hidden checks of a function are together, for a student."""

_LEVELS: tuple[str, ...] = get_args(Reveal)
_PASSED = (Verdict.ACCEPTED, Verdict.SKIPPED)


def published(result: Result, rubric: Rubric, now: datetime) -> Result:
    """The result as students may see it at this time, by all that its rubric says."""
    return revealed(without_checks(result, rubric.hidden(now)), rubric.reveal)


def without_checks(result: Result, names: Collection[str]) -> Result:
    """The result without a word about the checks of these names; their points stay, as those of `hidden checks`."""
    if not names:
        return result
    with speaking(result.language):
        return result.model_copy(update={"criteria": tuple(_without(each, names) for each in result.criteria)})


def _without(criterion: CriterionResult, names: Collection[str]) -> CriterionResult:
    hidden = [check for check in criterion.checks if check.name in names]
    shown = [check for check in criterion.checks if check.name not in names]
    if not hidden:
        return criterion
    unpaid = {unpaid_note(check.name, check.message) for check in hidden}
    notes = tuple(note for note in criterion.notes if note not in unpaid)
    checks = (*shown, *([_together(hidden)] if any(check.max_score for check in hidden) else []))
    kept = criterion.model_copy(update={"checks": checks, "notes": notes})
    failing = [check for check in shown if check.max_score and check.verdict not in _PASSED]
    example = criterion.counterexample
    if all(check.verdict in _PASSED for check in hidden if check.max_score) or (
        failing and example is not None and example.check not in names
    ):
        return kept
    nothing = {"difference": None, "counterexample": None, "source": _source(criterion.source, said=False)}
    if failing:
        return kept.model_copy(update={**nothing, "message": failing[0].message})
    # Only hidden checks fail: whatever else was found out, it is about them.
    return kept.model_copy(update={**nothing, "message": _("A hidden check fails."), "diagnosis": None, "notes": ()})


def _together(hidden: Sequence[CheckResult]) -> CheckResult:
    score, whole = (round(sum(points), 6) for points in zip(*((c.score, c.max_score) for c in hidden), strict=True))
    verdicts = [check.verdict for check in hidden if check.max_score and check.verdict != Verdict.ACCEPTED]
    verdict = Verdict.ACCEPTED if not verdicts else Verdict.PARTIAL if score else verdicts[0]
    return CheckResult(name=HIDDEN_CHECKS, verdict=verdict, score=score, max_score=whole, trials=0, failed=0)


def revealed(result: Result, reveal: Reveal) -> Result:
    """The result as students may see it."""
    if reveal == "expected":
        return result
    return result.model_copy(update={"criteria": tuple(_criterion(each, reveal) for each in result.criteria)})


def _criterion(criterion: CriterionResult, reveal: Reveal) -> CriterionResult:
    level = _LEVELS.index(reveal)
    said = level >= _LEVELS.index("diagnosis")
    shown = level >= _LEVELS.index("counterexample")
    difference = _without_expected(criterion.difference) if shown else None
    return criterion.model_copy(
        update={
            # A difference of values tells what was expected; an exception is the student's own.
            "message": "" if criterion.difference is not None or not said else criterion.message,
            "checks": tuple(check.model_copy(update={"message": ""}) for check in criterion.checks),
            "diagnosis": criterion.diagnosis if said else None,
            "difference": difference,
            "counterexample": _example(criterion.counterexample) if shown else None,
            "notes": (),  # they may quote a difference
            "carried_forward": criterion.carried_forward and said,
            "source": _source(criterion.source, said),
            "learned": criterion.learned if shown else None,
            "formula": "",  # the answer itself
            "formula_text": "",
        }
    )


def _source(source: SourceShown | None, said: bool) -> SourceShown | None:
    """The student's own code; which line of it matters is a reason."""
    return source if source is None or said else source.model_copy(update={"marked_line": None})


def _without_expected(difference: DifferenceShown | None) -> DifferenceShown | None:
    return difference.model_copy(update={"message": ""}) if difference is not None else None


def _example(example: Counterexample | None) -> Counterexample | None:
    return example.model_copy(update={"expected": None}) if example is not None else None
