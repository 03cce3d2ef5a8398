"""What students may see of a result: the rubric's `reveal`, from the verdict alone to the expected values.

    verdict          points and verdicts, check by check; no reason
    diagnosis        and the known mistake, and what Python said
    counterexample   and the smallest trial that fails, with what came back
    expected         and what was expected

What is hidden is gone from the result that a student's page is made of. The course's own record keeps all of it.
"""

from __future__ import annotations

from typing import get_args

from grader.models import Counterexample, CriterionResult, DifferenceShown, Result, Reveal, SourceShown

_LEVELS: tuple[str, ...] = get_args(Reveal)


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
