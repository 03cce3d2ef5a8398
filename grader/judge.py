"""The outcomes of one function's calls -> its checks, its verdict, its score, and the first reason. Pure.

A check passes if all its trials pass. What says something only about a function that is right on ordinary inputs
(whether it keeps state, whether it leaves its inputs alone, a check that is worth nothing but a note) is not judged
for one that is not: it earns nothing there, and it is not called wrong for it either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from grader.compare import compare
from grader.homework import Homework, shape_wanted
from grader.language import N_, _, named
from grader.models import (
    LEAVES_INPUTS_ALONE,
    Array,
    Call,
    CheckResult,
    Criterion,
    Difference,
    Happened,
    Outcome,
    Outcomes,
    Trial,
    Verdict,
)
from grader.reasons import VERDICTS, expected_shape, sentence, unpaid_note, writes_into

NOT_RIGHT_YET = N_("Not judged, because the function is not yet right on ordinary inputs.")
NOT_REACHED = N_("Not judged, because an earlier call did not come to its end.")
_PASSED = (Verdict.ACCEPTED, Verdict.SKIPPED)


@dataclass(frozen=True, slots=True)
class Judged:
    """A trial with its outcome and our judgement of it."""

    trial: Trial
    call: Call
    expected: Array
    outcome: Outcome
    verdict: Verdict
    shape: tuple[int, ...] = ()
    """of what must come back"""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One function, judged under one convention."""

    criterion: Criterion
    checks: tuple[CheckResult, ...]
    verdict: Verdict
    score: float
    message: str
    """the first reason; empty if accepted"""
    failed: Judged | None
    """the smallest trial that failed, of the first check that costs points"""
    difference: Difference | None
    """how its value differs, if it gave one"""
    notes: tuple[str, ...]


def judge(homework: Homework, criterion: Criterion, convention: int, outcomes: Outcomes) -> Judgement:
    """The judgement of one function under one convention (its place in the rubric)."""
    key = criterion.function, convention
    aims, whole = homework.aims[key], outcomes.whole.get(criterion.function)
    agree = None if whole is None else aims.agree_in_one(whole)
    if agree is not None and all(agree):
        return _all_right(homework, criterion.function)  # as it mostly is
    found = [outcomes.outcomes[number] for number in homework.numbers[key]]
    if agree is None:
        agree = aims.agree([o.value if o.happened is Happened.VALUE else None for o in found])
        if all(agree) and not any(outcome.changed for outcome in found):
            return _all_right(homework, criterion.function)
    judged = _judge_trials(homework, criterion, convention, outcomes, found, agree)
    return _judgement(homework, criterion, convention, judged)


@lru_cache(maxsize=256)
def _all_right(homework: Homework, function: str) -> Judgement:
    """The judgement of a function that agrees everywhere and changes nothing: the same for all, and without a word."""
    criterion = next(each for each in homework.rubric.criteria if each.function == function)
    trials, nothing = homework.trials[criterion.function], np.zeros(0)
    right = Outcome(Happened.VALUE, nothing)
    judged = [Judged(trial, Call(criterion.function, {}), nothing, right, Verdict.ACCEPTED) for trial in trials]
    return _judgement(homework, criterion, 0, judged)


def _judgement(homework: Homework, criterion: Criterion, convention: int, judged: Sequence[Judged]) -> Judgement:
    reason = _reasons(homework, criterion, convention)
    by_check: dict[str, list[Judged]] = {name: [] for name in criterion.points}
    for j in judged:
        by_check[j.trial.check].append(j)
    first = judged[0].trial.check
    right = all(j.verdict == Verdict.ACCEPTED for j in by_check[first] if not j.trial.after_success)
    checks, notes = [], []
    for name, points in criterion.points.items():
        if name == LEAVES_INPUTS_ALONE:
            checks.append(_inputs_check(criterion.function, judged, points, right))
            continue
        check = _check(name, points, by_check[name], right, reason)
        checks.append(check)
        if points == 0 and check.verdict not in _PASSED:
            notes.append(unpaid_note(name, check.message))
    changed = _changed(judged)
    if changed and LEAVES_INPUTS_ALONE not in criterion.points:
        notes.append(_("{sentence} This costs no points.").format(sentence=writes_into(criterion.function, changed)))
    counted = [check for check in checks if check.max_score > 0]
    verdict = overall([(check.verdict, check.score) for check in counted])
    failed = _first_failed(judged, counted)
    return Judgement(
        criterion=criterion,
        checks=tuple(checks),
        verdict=verdict,
        score=round(sum(check.score for check in checks), 6),
        message="" if verdict == Verdict.ACCEPTED else _message(failed, first, counted, reason),
        failed=failed,
        difference=_difference(homework, criterion, convention, failed) if failed else None,
        notes=tuple(notes),
    )


def overall(parts: Sequence[tuple[Verdict, float]]) -> Verdict:
    """Accepted if all are; partial if some points were made; else the first verdict that says why not."""
    if all(verdict == Verdict.ACCEPTED for verdict, _ in parts):
        return Verdict.ACCEPTED
    if any(score > 0 for _, score in parts):
        return Verdict.PARTIAL
    return next((verdict for verdict, _ in parts if verdict not in _PASSED), Verdict.SKIPPED)


# ---------------------------------------------------------------- trials


def _judge_trials(
    homework: Homework,
    criterion: Criterion,
    convention: int,
    outcomes: Outcomes,
    found: Sequence[Outcome],
    agree: Sequence[bool],
) -> list[Judged]:
    key = criterion.function, convention
    trials = homework.trials[criterion.function]
    judged: list[Judged] = []
    for trial, number, expected, outcome, agrees in zip(
        trials, homework.numbers[key], homework.expected[key], found, agree, strict=True
    ):
        if agrees:
            verdict = Verdict.ACCEPTED
        elif outcome.happened == Happened.VALUE:
            verdict = Verdict.WRONG_ANSWER
        else:
            if outcome.happened == Happened.NOT_RUN:
                outcome = _what_ended_it(homework, criterion.function, len(judged), outcomes) or outcome
            verdict = VERDICTS[outcome.happened]
        shape = expected.shape
        if criterion.returns != criterion.function and outcome.happened is Happened.ODD:
            shape = shape_wanted(homework, criterion, trial)
        judged.append(Judged(trial, homework.calls.calls[number], expected, outcome, verdict, shape))
    return judged


def _difference(homework: Homework, criterion: Criterion, convention: int, judged: Judged) -> Difference | None:
    """How the value of a trial differs, if it has one."""
    if judged.outcome.happened != Happened.VALUE or judged.outcome.value is None:
        return None
    aims = homework.aims[criterion.function, convention]
    letters = homework.letters.get(criterion.function)
    value, exact = judged.outcome.value, aims.exact_shape
    difference = compare(value, judged.expected, aims.tolerance, exact_shape=exact, letters=letters)
    if difference is None or not criterion.says or not difference.where:
        return difference
    return replace(difference, message=_(criterion.says[difference.where[0][0]]))


def _what_ended_it(homework: Homework, function: str, index: int, outcomes: Outcomes) -> Outcome | None:
    """The outcome of the same trial under another convention, if that is where the process ended."""
    for place in range(len(homework.conventions)):
        outcome = outcomes.outcomes[homework.numbers[function, place][index]]
        if outcome.happened not in (Happened.NOT_RUN, Happened.VALUE):
            return outcome
    return None


def _first_failed(judged: Sequence[Judged], counted: Sequence[CheckResult]) -> Judged | None:
    names = {check.name for check in counted if check.failed}
    failed = [j for j in judged if j.trial.check in names and j.verdict not in _PASSED]
    alike = [j for j in failed if j.trial.check == failed[0].trial.check and j.verdict == failed[0].verdict]
    return min(alike, key=_how_large, default=None)


def _how_large(judged: Judged) -> tuple[bool, bool, int, int]:
    """The rubric's own examples first, then whole numbers, then small arrays: what a person can follow."""
    leaves = [np.asarray(value) for value in judged.trial.leaves.values() if not isinstance(value, str)]
    whole = all((leaf == np.trunc(leaf)).all() for leaf in leaves)
    return not judged.trial.given, not whole, judged.expected.size, sum(leaf.size for leaf in leaves)


def _changed(judged: Sequence[Judged]) -> list[str]:
    return list(dict.fromkeys(name for j in judged for name in j.outcome.changed))


# ---------------------------------------------------------------- checks


def _check(
    name: str, points: float, judged: Sequence[Judged], right: bool, reason: Callable[[Judged], str]
) -> CheckResult:
    if right and all(j.verdict == Verdict.ACCEPTED for j in judged):
        return _result(name, Verdict.ACCEPTED, points, len(judged), 0, "")  # as it mostly is
    counted = [j for j in judged if right or not (j.trial.after_success or points == 0)]
    failed = [j for j in counted if j.verdict not in _PASSED]
    verdict, message = Verdict.ACCEPTED, ""
    if failed:
        case = failed[0].trial.case
        verdict, message = failed[0].verdict, reason(failed[0])
        message = message if case == name else _("{case}: {message}").format(case=named(case), message=message)
    elif len(counted) < len(judged):
        verdict, message = Verdict.SKIPPED, _(NOT_RIGHT_YET)
    elif any(j.verdict == Verdict.SKIPPED for j in counted):
        verdict, message = Verdict.SKIPPED, _(NOT_REACHED)
    not_run = len(judged) - sum(j.verdict != Verdict.SKIPPED for j in counted)
    return _result(name, verdict, points, len(judged), len(failed), message, not_run)


def _inputs_check(function: str, judged: Sequence[Judged], points: float, right: bool) -> CheckResult:
    changed, count = _changed(judged), sum(bool(j.outcome.changed) for j in judged)
    verdict, message = Verdict.ACCEPTED, ""
    if changed:
        verdict, message = Verdict.WRONG_ANSWER, writes_into(function, changed)
    elif not right:
        verdict, message = Verdict.SKIPPED, _(NOT_RIGHT_YET)
    return _result(LEAVES_INPUTS_ALONE, verdict, points, len(judged), count, message)


def _result(
    name: str, verdict: Verdict, points: float, trials: int, failed: int, message: str, not_run: int = 0
) -> CheckResult:
    return CheckResult(
        name=name,
        verdict=verdict,
        score=points if verdict == Verdict.ACCEPTED else 0.0,
        max_score=points,
        trials=trials,
        failed=failed,
        not_run=not_run,
        message=message,
    )


# ---------------------------------------------------------------- reasons


def _reasons(homework: Homework, criterion: Criterion, convention: int) -> Callable[[Judged], str]:
    wanted = next(w for w in homework.calls.wanted if w.name == criterion.function)
    letters = homework.letters.get(criterion.returns)

    def reason(judged: Judged) -> str:
        difference = _difference(homework, criterion, convention, judged)
        if difference is not None:
            return difference.message
        shape = expected_shape(judged.shape, letters)
        return sentence(judged.outcome, wanted.offered, shape, homework.rubric.limits.memory_mb)

    return reason


def _message(failed: Judged | None, first: str, counted: Sequence[CheckResult], reason: Callable[[Judged], str]) -> str:
    """The reason of the first failure; if that is not on ordinary inputs, it says on which ones it is."""
    if failed is None:
        return next((check.message for check in counted if check.message), "")
    if failed.trial.check == first or failed.outcome.happened in (Happened.MISSING, Happened.UNBOUND):
        return reason(failed)
    if failed.trial.check == failed.trial.case:
        return _("{case}: {message}").format(case=named(failed.trial.case), message=reason(failed))
    return _("{check}, {case}: {message}").format(
        check=named(failed.trial.check), case=named(failed.trial.case), message=reason(failed)
    )
