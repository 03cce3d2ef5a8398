"""Two mistakes that give the same values in every trial, and code that does not decide: one more trial may do so.

Trials of other seeds are searched for one in which the two differ; the student's function is called on it. Where there
is none, the two are the same as far as anybody can see, and the one that the homework lists first is named.
"""

from __future__ import annotations

from functools import lru_cache

from grader.diagnose.evidence import Evidence, Found, same
from grader.diagnose.known import known_of
from grader.homework import Homework, fresh_calls
from grader.models import Call, Outcome, Trial

_SEEDS = 3
"""so many sets of trials are searched"""


def separating_call(homework: Homework, evidence: Evidence, found: Found) -> tuple[Trial, Call] | None:
    """A trial in which the rivals of what was found do not all give the same."""
    return _separating(homework, evidence.function, evidence.convention, evidence.asks, found.rivals)


@lru_cache(maxsize=1024)
def _separating(
    homework: Homework, function: str, convention: int, asks: tuple[str, ...], rivals: tuple[int, ...]
) -> tuple[Trial, Call] | None:
    known = known_of(homework)
    tolerance = homework.aims[function, convention].tolerance
    for seed in range(homework.seed + 1, homework.seed + 1 + _SEEDS):
        for trial, call in fresh_calls(homework, function, convention, seed):
            given = known.given_to(asks, convention, call, trial)
            first, *others = [known.mistaken(function, given, (place,)) for place in rivals]
            if any((one is None) != (first is None) for one in others):
                return trial, call
            if first is not None and any(not same(one, first, tolerance) for one in others):
                return trial, call
    return None


def decided(
    homework: Homework, evidence: Evidence, found: Found, trial: Trial, call: Call, outcome: Outcome
) -> Found | None:
    """The first rival that gives what the student's function gave; None if none does."""
    known = known_of(homework)
    given = known.given_to(evidence.asks, evidence.convention, call, trial)
    for place in found.rivals:
        value = known.mistaken(evidence.function, given, (place,))
        actual = outcome.value
        if (actual is None and value is None) or (value is not None and same(actual, value, evidence.tolerance)):
            each = homework.misconceptions[place]
            return Found(each.name, each.feedback, place=place)
    return None
