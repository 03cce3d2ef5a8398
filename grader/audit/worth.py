"""What does each check, and each case in it, catch that nothing else does, and how few trials would be enough?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.homework import Homework
from grader.models import LEAVES_INPUTS_ALONE, Trial


@dataclass(frozen=True, slots=True)
class Worth:
    """One case of one check, or a check as a whole where `case` is empty."""

    check: str
    case: str
    trials: int
    """in all functions together"""
    catches: int
    only: tuple[int, ...]
    """what nothing else catches: places in the list of what was planted"""


Kill = tuple[str, int]
"""a function, and the number of one of its trials"""


def worths(homework: Homework, kills: Mapping[int, Sequence[Kill]], spoiled: Iterable[int]) -> list[Worth]:
    """Every check and its cases, in the rubric's order. `kills`: what was planted -> the trials that catch it.

    `spoiled` are those whose arguments changed: the check that its inputs are left alone catches them.
    """
    trials = homework.trials
    caught_by = {
        place: {(trials[function][index].check, trials[function][index].case) for function, index in found}
        for place, found in kills.items()
    }
    for place in spoiled:
        caught_by[place] = caught_by.get(place, set()) | {(LEAVES_INPUTS_ALONE, "")}
    found: list[Worth] = []
    drawn: list[Trial] = [trial for criterion in homework.rubric.criteria for trial in trials[criterion.function]]
    used = {check for criterion in homework.rubric.criteria for check in criterion.points}
    for check, cases in {**homework.rubric.checks, LEAVES_INPUTS_ALONE: {}}.items():
        if check not in used:
            continue
        by = {place for place, pairs in caught_by.items() if any(c == check for c, _ in pairs)}
        only = tuple(place for place in sorted(by) if all(c == check for c, _ in caught_by[place]))
        found.append(Worth(check, "", sum(t.check == check for t in drawn), len(by), only))
        for case in cases if len(cases) > 1 else ():
            by = {place for place, pairs in caught_by.items() if (check, case) in pairs}
            only = tuple(place for place in sorted(by) if caught_by[place] == {(check, case)})
            found.append(Worth(check, case, sum((t.check, t.case) == (check, case) for t in drawn), len(by), only))
    return found


def fewest(kills: Mapping[int, Sequence[Kill]]) -> list[Kill]:
    """Trials that catch everything that all of them catch, found greedily: the one that catches most comes first."""
    by_trial: dict[Kill, set[int]] = {}
    for place, trials in kills.items():
        for trial in trials:
            by_trial.setdefault(trial, set()).add(place)
    rest, chosen = {place for place, trials in kills.items() if trials}, []
    while rest:
        best = max(sorted(by_trial), key=lambda trial: len(by_trial[trial] & rest))
        chosen.append(best)
        rest -= by_trial[best]
    return chosen
