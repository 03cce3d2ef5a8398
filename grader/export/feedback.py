"""What a student reads where there is no page: a few sentences, in the language of the result.

It takes a result as students may see it (`reveal.published`).
"""

from __future__ import annotations

from grader.language import _, named, speaking
from grader.models import CheckResult, CriterionResult, Result
from grader.report import visible
from grader.report.part import named_verdict, reason, sentence
from grader.report.words import of, points


def feedback(result: Result) -> list[str]:
    """A line for the file, and one for each function that lost points: why."""
    with speaking(result.language):
        score = "" if result.score is None else points(result.score)
        lines = [_("{score} points").format(score=of(score, points(result.max_score)))] if score else []
        lines += [sentence(result.message)] if result.message else []
        return [*lines, *(_about(each) for each in result.criteria if each.score < each.max_score)]


def check_name(criterion: CriterionResult, check: CheckResult) -> str:
    """What a check is called where functions have no headings of their own."""
    return f"{visible(criterion.function, 80)}: {visible(named(check.name), 80)}"


def _about(criterion: CriterionResult) -> str:
    score = of(points(criterion.score), points(criterion.max_score))
    return _("{function}, {score}: {reason}").format(
        function=visible(criterion.function, 80),
        score=score,
        reason=reason(criterion) or named_verdict(criterion.verdict),
    )
