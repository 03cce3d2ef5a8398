"""Classroom 50: the result.json that its runner takes from an autograder, `classroom50/result/v1`.

Who handed in what stands in the runner's own variables, and is taken from there and from nowhere else. Points are whole
numbers there: points that are none are refused, never rounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from math import lcm
from typing import Any

from grader.errors import ExportError
from grader.export.feedback import check_name
from grader.export.points import factor_to
from grader.language import speaking
from grader.models import CriterionResult, Result
from grader.report.part import check_reason
from grader.report.words import points

SCHEMA = "classroom50/result/v1"
_VARIABLES = {
    "classroom": ("CLASSROOM",),
    "assignment": ("ASSIGNMENT",),
    "owner": ("OWNER", "USERNAME"),
    "submission": ("SUBMISSION_TAG",),
    "commit": ("COMMIT_URL",),
    "release": ("RELEASE_URL",),
    "review": ("REVIEW_URL", "COMMIT_URL"),
}
"""key -> the variables of the runner that hold it, the best first"""
_MOST = 1000


def classroom50_result(
    result: Result, published: Result, variables: Mapping[str, str], now: datetime, scale_to: float | None = None
) -> dict[str, Any]:
    """The content of result.json: a test a function. `published` is the result as its student may see it.

    Raises ExportError for a score that is not known, for points that are not whole, and outside of the runner.
    """
    if result.score is None:
        raise ExportError(f"{result.student}: the score is not known, because this could not be graded")
    identity = {key: _variable(names, variables) for key, names in _VARIABLES.items()}
    factor = factor_to(result.max_score if scale_to is None else scale_to, result.max_score)
    whole = _Whole(result, factor)
    with speaking(result.language):
        tests = [_test(criterion, whole) for criterion in published.criteria]
    return {
        "schema": SCHEMA,
        **identity,
        "assignment_type": variables.get("ASSIGNMENT_TYPE") or "individual",
        "datetime": _moment(now),
        "score": whole(result.score),
        "max-score": whole(result.max_score),
        "tests": tests,
    }


class _Whole:
    """Points times a factor, as whole numbers; or a refusal that says which factor would do."""

    def __init__(self, result: Result, factor: Fraction) -> None:
        self._result, self._factor = result, factor

    def __call__(self, value: float) -> int:
        exact = Fraction(str(value)) * self._factor
        if exact.denominator == 1:
            return exact.numerator
        result = self._result
        values = [result.score or 0.0, *(each for c in result.criteria for each in (c.score, c.max_score))]
        exacts = [Fraction(str(each)) for each in values]
        multiple = lcm(*(each.denominator for each in exacts))
        remedy = (
            f"--scale-to {points(result.max_score * multiple)} multiplies all points by {multiple} and loses nothing"
            if multiple <= _MOST
            else "give points that are whole in the rubric"
        )
        raise ExportError(
            f"{result.student}: Classroom 50 takes whole points only, and here {points(float(exact))} would go there; "
            f"{remedy}"
        )


def _test(criterion: CriterionResult, whole: _Whole) -> dict[str, Any]:
    said = [
        f"{check_name(criterion, check)}\n{check_reason(criterion, check)}"
        for check in criterion.checks
        if check.max_score and check.score < check.max_score
    ]
    return {
        "test-name": criterion.function,
        "passed": criterion.score == criterion.max_score,
        "score": whole(criterion.score),
        "max-score": whole(criterion.max_score),
        **({"output": "\n".join(said)} if said else {}),
    }


def _variable(names: tuple[str, ...], variables: Mapping[str, str]) -> str:
    for name in names:
        if variables.get(name):
            return variables[name]
    raise ExportError(
        f"the variable {names[0]} is not set: a result for Classroom 50 is written where its runner runs, which says "
        "in variables whose work it is; for a whole class, export another format"
    )


def _moment(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
