"""What a student reads where there is no page: a few sentences, in the language of the result.

It takes a result as students may see it (`reveal.published`) with the scores that count, and what was decided about it.
"""

from __future__ import annotations

from grader.language import _, named, speaking
from grader.models import CheckResult, CriterionResult, Decided, Result, Verdict
from grader.report import visible
from grader.report.decided import comments, decided_for_student
from grader.report.part import named_verdict, reason, sentence
from grader.report.words import exactly, of


def feedback(result: Result, decided: Decided | None = None) -> list[str]:
    """A line for the file, what the course decided and what lateness cost, and for each function why it lost points."""
    with speaking(result.language):
        score = "" if result.score is None else exactly(result.score)
        lines = [_("{score} points").format(score=of(score, exactly(result.max_score)))] if score else []
        lines += [sentence(result.message)] if result.message else []
        lines += [*decided_for_student(decided), *_comments(decided, None)]
        for each in result.criteria:
            lines += [_about(each)] if each.score < each.max_score and each.verdict != Verdict.ACCEPTED else []
            about = _("{function}: {text}")
            lines += [
                about.format(function=visible(each.function, 80), text=text)
                for text in _comments(decided, each.function)
            ]
        return lines


def check_name(criterion: CriterionResult, check: CheckResult) -> str:
    """What a check is called where functions have no headings of their own."""
    return f"{visible(criterion.function, 80)}: {visible(named(check.name), 80)}"


def _comments(decided: Decided | None, function: str | None) -> list[str]:
    return [_("{text} ({author})").format(text=text, author=author) for text, author in comments(decided, function)]


def _about(criterion: CriterionResult) -> str:
    score = of(exactly(criterion.score), exactly(criterion.max_score))
    return _("{function}, {score}: {reason}").format(
        function=visible(criterion.function, 80),
        score=score,
        reason=reason(criterion) or named_verdict(criterion.verdict),
    )
