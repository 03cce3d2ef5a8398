"""Gradescope: a results.json a submission, in which each check is a test with the visibility that the rubric gives it.

What a check of the course's own says is for the course alone: Gradescope keeps it from students. Texts are texts: no
Markdown and no HTML of a student's is ever shown as such.
"""

from __future__ import annotations

from typing import Any

from grader.errors import ExportError
from grader.export.feedback import check_name, feedback
from grader.language import _, speaking
from grader.models import CriterionResult, Decided, Result, Rubric
from grader.report.part import check_reason, sentence
from grader.reveal import revealed, without_checks

VISIBILITY = {"public": "visible", "hidden": "hidden", "after_due": "after_due_date"}
"""What ours are called there."""


def gradescope_results(result: Result, rubric: Rubric, decided: Decided | None = None) -> dict[str, Any]:
    """The content of results.json, of a result with the scores that count, and what was decided about it.

    Raises ExportError for a score that is not known: Gradescope has no word for it.
    """
    if result.score is None:
        raise ExportError(f"{result.student}: the score is not known, because this could not be graded")
    not_public = frozenset(name for name, seen in rubric.visibility.items() if seen != "public")
    with speaking(result.language):
        shown = revealed(without_checks(result, not_public), rubric.reveal)
        return {
            "score": result.score,
            "output": "\n".join([*feedback(shown, decided), *map(sentence, result.notes)]),
            "output_format": "text",
            "stdout_visibility": "hidden",
            "tests": [
                test
                for whole, part in zip(revealed(result, rubric.reveal).criteria, shown.criteria, strict=True)
                for test in _tests(whole, part, rubric)
            ],
            "extra_data": {
                "grader": result.grader,
                "homework": result.homework,
                "seed": result.seed,
                "rubric_digest": result.rubric_digest,
                "sandbox": result.sandbox,
            },
        }


def _tests(criterion: CriterionResult, shown: CriterionResult, rubric: Rubric) -> list[dict[str, Any]]:
    tests = []
    for check in criterion.checks:
        if not check.max_score:
            continue
        seen = rubric.visibility.get(check.name, "public")
        passed = check.score == check.max_score
        said = check_reason(shown if seen == "public" else criterion, check)
        tests.append(
            {
                "name": check_name(criterion, check),
                "score": check.score,
                "max_score": check.max_score,
                "status": "passed" if passed else "failed",
                "output": said,
                "output_format": "text",
                "visibility": VISIBILITY[seen],
            }
        )
    more = round(criterion.score - sum(check.score for check in criterion.checks), 6)
    if more > 0:
        carried = _("{function}: an error counts once")  # where it began
        decided = _("{function}: decided by the course")
        name = (carried if criterion.carried_forward else decided).format(function=criterion.function)
        tests.append({"name": name, "score": more, "status": "passed", "visibility": "visible"})
    return tests
