"""What a decision was made on, in seventeen signs: a digest of the student's file, and one of the judgement.

Words are no part of it: the same judgement in another language, or in a better sentence, is the same ground.
"""

from __future__ import annotations

import hashlib
import json

from grader.models import CriterionResult, Result

_DIGITS = 8


def ground_of(result: Result, function: str | None) -> str:
    """The ground of a decision about one function, or about the whole hand-in; empty where nothing was judged."""
    criteria = [each for each in result.criteria if function in (None, each.function)]
    if not criteria:
        return ""
    file = result.submission_digest.removeprefix("sha256:")[:_DIGITS]
    facts = json.dumps([_facts(each) for each in criteria])
    return f"{file}-{hashlib.sha256(facts.encode()).hexdigest()[:_DIGITS]}"


def _facts(criterion: CriterionResult) -> list[object]:
    checks = [[check.name, check.verdict, check.score, check.max_score] for check in criterion.checks]
    return [criterion.function, criterion.verdict, criterion.score, criterion.max_score, checks]
