"""One submission -> Result: run its functions, judge them under the convention that fits, say what is known.

A function that fails is judged a second time, alone in a module loaded afresh, before it loses a point: what another
function left behind is not its fault. Where nothing can have been left behind, once is enough. A failure of ours is
`judge_error`: no score, and never a zero.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from grader import __version__
from grader.diagnose import (
    Code,
    Evidence,
    File,
    Found,
    calls_for,
    carried,
    carried_by_name,
    decided,
    diagnosis,
    explain,
    leaves_nothing,
    pairs,
    roles_of,
    separating_call,
)
from grader.errors import SandboxError
from grader.homework import Homework
from grader.judge import Judgement, judge, overall
from grader.language import N_, _, line_name, spoken
from grader.learned import learned
from grader.models import (
    Bound,
    Calls,
    CheckResult,
    Criterion,
    CriterionResult,
    Happened,
    LeftOut,
    Limits,
    Outcomes,
    Program,
    Result,
    SourceShown,
    Submission,
    Verdict,
)
from grader.properties import evaluated, property_of
from grader.reasons import binding_notes, carried_note, credit_note, left_out_notes
from grader.showing import counterexample, difference_shown

ONLY_ALONE = N_(
    "It is right when it runs alone, but gave something else after the other functions of the file had run: they leave "
    "something behind that it uses. This costs no points."
)


class Run(Protocol):
    """The sandbox's `run`, or a test's."""

    def __call__(
        self, program: Program, calls: Calls, limits: Limits, *, functions: frozenset[str] | None = None
    ) -> Outcomes: ...


def grade(homework: Homework, submission: Submission, run: Run, sandbox: str) -> Result:
    """The Result of one submission, whatever it does. `sandbox` is the level that `run` works at."""
    if submission.fault:
        return judge_error(homework, submission, sandbox, submission.fault)
    if submission.problem:
        return _without_functions(homework, submission, sandbox, Verdict.MISSING, submission.problem)
    for attempt in (1, 2):
        try:
            return _grade(homework, submission, run, sandbox)
        except SandboxError as error:
            if attempt == 2:
                return judge_error(homework, submission, sandbox, str(error))
    raise AssertionError("unreachable")


def judge_error(homework: Homework, submission: Submission, sandbox: str, message: str) -> Result:
    """The Result for a failure of ours: the score is unknown, and nothing is said about any function."""
    text = _("This could not be graded, through no fault of the submission: {reason}").format(reason=message)
    return _result(homework, submission, sandbox, verdict=Verdict.JUDGE_ERROR, score=None, message=text)


# ---------------------------------------------------------------- one submission


def _grade(homework: Homework, submission: Submission, run: Run, sandbox: str) -> Result:
    limits = homework.rubric.limits
    outcomes = run(Program(submission.source, files=submission.files), homework.calls, limits)
    outcomes = _with_unread(submission, outcomes, homework.calls)
    if outcomes.unreadable:
        return _without_functions(homework, submission, sandbox, Verdict.RUNTIME_ERROR, outcomes.unreadable)
    returned, outcomes = outcomes, evaluated(homework, outcomes)
    tied = _tied_conventions(homework, outcomes)
    failing = frozenset(
        j.criterion.function for j in tied[0][1] if j.verdict not in (Verdict.ACCEPTED, Verdict.MISSING)
    )
    file = File(submission.source, submission.files)
    if failing and not (outcomes.in_one_go and leaves_nothing(file.tree)):
        again = run(_again(submission, outcomes), homework.calls, limits, functions=failing)
        if not again.unreadable:
            returned = Outcomes({**returned.outcomes, **again.outcomes}, {})
            again = evaluated(homework, again)
            outcomes = Outcomes(
                {**outcomes.outcomes, **again.outcomes}, {**outcomes.bound, **again.bound}, outcomes.left_out
            )
            tied = _tied_conventions(homework, outcomes)
    # Where conventions leave as much wrong, the one under which an error is followed furthest is meant.
    known = [evidence_of(homework, file, outcomes, *tied[0])]
    if len(tied) > 1 and pairs(homework, known[0]):
        known += [evidence_of(homework, file, outcomes, *each) for each in tied[1:]]
    criteria, convention = max(
        (
            (_criteria(homework, submission, run, outcomes, returned, evidence, judged, failing), place)
            for evidence, (place, judged) in zip(known, tied, strict=False)
        ),
        key=lambda pair: (sum(criterion.score for criterion in pair[0]), -pair[1]),
    )
    return _result(
        homework,
        submission,
        sandbox,
        verdict=overall([(criterion.verdict, criterion.score) for criterion in criteria]),
        score=round(sum(criterion.score for criterion in criteria), 6),
        convention=homework.conventions[convention].title,
        notes=tuple(left_out_notes(outcomes.left_out)),
        criteria=criteria,
    )


def _criteria(
    homework: Homework,
    submission: Submission,
    run: Run,
    outcomes: Outcomes,
    returned: Outcomes,
    evidence: Mapping[str, Evidence],
    judgements: Sequence[Judgement],
    failed_before: frozenset[str],
) -> tuple[CriterionResult, ...]:
    """What is known of every function, under one convention."""
    recovered = frozenset(j.criterion.function for j in judgements if j.verdict == Verdict.ACCEPTED) & failed_before
    found = _undisputed(homework, submission, run, evidence, explanations(homework, evidence), outcomes)
    carried_from = _carried_from(homework, submission, run, evidence, found, outcomes)
    return tuple(
        _criterion_result(
            homework,
            submission,
            j,
            outcomes.bound.get(j.criterion.function),
            (_(ONLY_ALONE),) if j.criterion.function in recovered else (),
            found.get(j.criterion.function),
            carried_from.get(j.criterion.function, ""),
            returned,
        )
        for j in judgements
    )


def _again(submission: Submission, outcomes: Outcomes) -> Program:
    """The file for another run, without the statements that are known to end it."""
    fatal = frozenset(statement.index for statement in outcomes.left_out if statement.fatal)
    return Program(submission.source, fatal, submission.files)


def _with_unread(submission: Submission, outcomes: Outcomes, calls: Calls) -> Outcomes:
    """The outcomes with the cells that Python can not read: left out, and the functions in them missing for that."""
    if not submission.unread:
        return outcomes
    known = dict(outcomes.outcomes)
    for number, outcome in known.items():
        name = calls.calls[number].function
        cell = next((each for each in submission.unread if re.search(rf"^\s*def\s+{name}\b", each.text, re.M)), None)
        if outcome.happened == Happened.MISSING and cell is not None:
            message = _("{name} (line {line}) could not be defined: {error}.")
            where = line_name(*submission.files.place(cell.line))
            known[number] = outcome._replace(text=message.format(name=name, line=where, error=cell.error), english="")
    cells = [
        LeftOut(-1, each.line, each.error, fatal=False, where=line_name(*submission.files.place(each.line)))
        for each in submission.unread
    ]
    return replace(
        outcomes, outcomes=known, left_out=tuple(sorted([*outcomes.left_out, *cells], key=lambda each: each.line))
    )


# ---------------------------------------------------------------- what is wrong


def evidence_of(
    homework: Homework, file: File, outcomes: Outcomes, convention: int, judgements: Sequence[Judgement]
) -> dict[str, Evidence]:
    """What is known of each function that failed."""
    failing = frozenset(j.criterion.function for j in judgements if j.verdict != Verdict.ACCEPTED)
    return {
        j.criterion.function: _evidence(
            homework, j, convention, outcomes, outcomes.bound.get(j.criterion.function), file, failing
        )
        for j in judgements
        if j.criterion.function in failing
    }


def explanations(homework: Homework, evidence: Mapping[str, Evidence]) -> dict[str, Found]:
    """The mistake in each function that failed, where it is known.

    Student code can be of any kind: what the search stumbles over gets no name, and costs nobody a grade.
    """
    found = {}
    for function, known in evidence.items():
        try:
            explained = explain(homework, known)
        except Exception:
            continue
        if explained is not None:
            found[function] = explained
    return found


def _undisputed(
    homework: Homework,
    submission: Submission,
    run: Run,
    evidence: Mapping[str, Evidence],
    found: dict[str, Found],
    outcomes: Outcomes,
) -> dict[str, Found]:
    """The same mistakes; where several fit, the one that fits a trial on which they differ, if there is one."""
    disputed = {
        function: (each, separating)
        for function, each in found.items()
        if each.rivals and (separating := separating_call(homework, evidence[function], each))
    }
    if not disputed:
        return found
    calls = Calls(homework.calls.wanted, tuple(call for _each, (_trial, call) in disputed.values()), lasting=False)
    again = run(_again(submission, outcomes), calls, homework.rubric.limits)
    for number, (function, (each, (trial, call))) in enumerate(disputed.items()):
        outcome = again.outcomes.get(number)
        criterion = next(c for c in homework.rubric.criteria if c.function == function)
        if outcome is not None:
            outcome = property_of(homework, criterion, evidence[function].convention, trial, outcome)
        choice = decided(homework, evidence[function], each, trial, call, outcome) if outcome else None
        if choice is None:
            del found[function]  # neither, then: what fits all but one trial explains nothing
        else:
            found[function] = choice
    return found


def _carried_from(
    homework: Homework,
    submission: Submission,
    run: Run,
    evidence: Mapping[str, Evidence],
    found: Mapping[str, Found],
    outcomes: Outcomes,
) -> dict[str, str]:
    """function -> the earlier function whose error it carries.

    Where that error has no name, the student's functions are called once more.
    """
    if not homework.rubric.carried_forward:
        return {}
    telling = {name: each for name, each in evidence.items() if each.telling}
    wanted = pairs(homework, telling)
    named = carried_by_name(homework, wanted, found, evidence)
    wanted = [pair for pair in wanted if pair[0] not in named]
    if not wanted:
        return named
    calls, of_pair = calls_for(homework, wanted, evidence)
    again = run(_again(submission, outcomes), calls, homework.rubric.limits)
    return named | carried(homework, of_pair, again.outcomes, evidence)


def _evidence(
    homework: Homework,
    judgement: Judgement,
    convention: int,
    outcomes: Outcomes,
    bound: Bound | None,
    file: File,
    failing: frozenset[str],
) -> Evidence:
    function = judgement.criterion.function
    numbers = homework.numbers[function, convention]
    everywhere = sorted(n for place in range(len(homework.conventions)) for n in homework.numbers[function, place])
    lines = (bound.first_line, bound.last_line) if bound and bound.first_line and bound.last_line else None
    return Evidence(
        function=function,
        convention=convention,
        trials=homework.trials[function],
        calls=[homework.calls.calls[number] for number in numbers],
        expected=homework.expected[function, convention],
        outcomes=[outcomes.outcomes[number] for number in numbers],
        asks=bound.asks if bound else (),
        history=[(homework.calls.calls[number], outcomes.outcomes[number]) for number in everywhere],
        code=Code(file, function, lines),
        roles=roles_of(homework),
        tolerance=homework.aims[function, convention].tolerance,
        declared=judgement.criterion.parameters,
        failing=failing,
    )


def _tied_conventions(homework: Homework, outcomes: Outcomes) -> list[tuple[int, list[Judgement]]]:
    """The convention under which the fewest functions fail, then with the highest score; and those that are as good."""
    ranked = []
    for place in range(len(homework.conventions)):
        judgements = [judge(homework, criterion, place, outcomes) for criterion in homework.rubric.criteria]
        failing = sum(j.verdict != Verdict.ACCEPTED for j in judgements)
        ranked.append((failing, -sum(j.score for j in judgements), place, judgements))
    best = min(row[:2] for row in ranked)
    return [(place, judgements) for failing, score, place, judgements in ranked if (failing, score) == best]


def _criterion_result(
    homework: Homework,
    submission: Submission,
    judgement: Judgement,
    bound: Bound | None,
    notes: tuple[str, ...],
    found: Found | None,
    carried_from: str,
    returned: Outcomes,
) -> CriterionResult:
    criterion, failed = judgement.criterion, judgement.failed
    checks, score = judgement.checks, judgement.score
    share = _credit(homework, criterion, found)
    if found is not None and share:
        checks = tuple(_credited(check, share) for check in checks)
        score = round(sum(check.score for check in checks), 6)
        notes = (*notes, credit_note(found.name, share))
    if carried_from:
        score = max(score, round(homework.rubric.carried_forward * criterion.max_score, 6))
        notes = (
            *notes,
            carried_note(criterion.function, carried_from, score, criterion.max_score, _own(homework, carried_from)),
        )
    found_it = failed is not None and failed.outcome.happened is not Happened.MISSING
    shown = failed if found_it and bound is not None and bound.asks else None
    return CriterionResult(
        function=criterion.function,
        verdict=judgement.verdict,
        score=score,
        max_score=criterion.max_score,
        message=judgement.message,
        checks=checks,
        diagnosis=diagnosis(found) if found else None,
        carried_forward=bool(carried_from),
        difference=difference_shown(judgement.difference, failed.expected, failed.outcome) if failed else None,
        counterexample=counterexample(
            shown.trial,
            shown.call.values,
            bound.asks if criterion.object is None else criterion.parameters,
            shown.expected,
            shown.outcome,
            criterion.function,
            homework.letters,
            is_property=criterion.returns != criterion.function,
        )
        if shown and bound
        else None,
        notes=(*binding_notes(criterion.function, bound), *judgement.notes, *notes),
        formula=criterion.formula,
        formula_text=criterion.formula_text,
        source=_source(submission, bound, failed.outcome.line if failed else None),
        learned=learned(homework, criterion, 0, returned),
    )


def _source(submission: Submission, bound: Bound | None, line: int | None) -> SourceShown | None:
    if bound is None or bound.first_line is None or bound.last_line is None:
        return None
    text = "\n".join(_lines(submission.source)[bound.first_line - 1 : bound.last_line])
    first = submission.files.place(bound.first_line)
    marked = first.line + line - bound.first_line if line and bound.first_line <= line <= bound.last_line else None
    return SourceShown(first_line=first.line, text=text, marked_line=marked, cell=first.cell, file=first.file)


@lru_cache(maxsize=1)
def _lines(source: bytes) -> list[str]:
    """The lines of a source, as Python counts them."""
    return re.split("\r\n|\r|\n", source.decode("utf-8-sig", "backslashreplace"))


# ---------------------------------------------------------------- results


def _own(homework: Homework, earlier: str) -> str:
    """What a student's class gives, where these criteria are properties of it: the quantities, or the method."""
    own: list[str] = []
    for name in earlier.split(", "):
        criterion = next((each for each in homework.rubric.criteria if each.function == name), None)
        wish = criterion.object if criterion is not None and criterion.returns != name else None
        own += [name] if wish is None else wish.reads or wish.calls[-1:]
    return ", ".join(dict.fromkeys(own))


def _credit(homework: Homework, criterion: Criterion, found: Found | None) -> float:
    """The share of a failed check's points that the rubric gives for this mistake."""
    if found is None or found.second:
        return 0.0
    return criterion.credit.get(found.name, homework.rubric.credit.get(found.name, 0.0))


def _credited(check: CheckResult, share: float) -> CheckResult:
    """A check with part of its points, where it failed."""
    if not check.failed:
        return check
    return check.model_copy(update={"score": round(max(check.score, share * check.max_score), 6)})


def _without_functions(
    homework: Homework, submission: Submission, sandbox: str, verdict: Verdict, message: str
) -> Result:
    """A file from which no function can be had: every criterion gets the same verdict."""
    text = _("The file could not be read, so there is no function to grade.")
    old = diagnosis(Found("python2-syntax")) if "Python 2" in message else None
    criteria = tuple(
        CriterionResult(
            function=criterion.function,
            verdict=verdict,
            score=0.0,
            max_score=criterion.max_score,
            message=text,
            diagnosis=old,
            checks=tuple(
                CheckResult(name=name, verdict=Verdict.SKIPPED, score=0.0, max_score=points, trials=0, failed=0)
                for name, points in criterion.points.items()
            ),
            formula=criterion.formula,
            formula_text=criterion.formula_text,
        )
        for criterion in homework.rubric.criteria
    )
    return _result(homework, submission, sandbox, verdict=verdict, score=0.0, message=message, criteria=criteria)


def _result(
    homework: Homework,
    submission: Submission,
    sandbox: str,
    *,
    verdict: Verdict,
    score: float | None,
    convention: str | None = None,
    message: str = "",
    notes: tuple[str, ...] = (),
    criteria: tuple[CriterionResult, ...] = (),
) -> Result:
    rubric = homework.rubric
    return Result(
        grader=__version__,
        homework=rubric.homework,
        title=rubric.title,
        student=submission.student,
        seed=homework.seed,
        rubric_digest=homework.file.digest,
        reference_digest=homework.file.reference_digest,
        submission_digest=submission.digest,
        sandbox=sandbox,
        verdict=verdict,
        score=score,
        max_score=rubric.max_score,
        language=spoken(),
        convention=convention,
        message=message,
        notes=(*submission.notes, *notes),
        criteria=criteria,
    )
