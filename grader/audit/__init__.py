"""Is this rubric right, and does it catch what it should? Six questions, each answered by trying.

gradients     1  the reference's gradients are the derivatives that the rubric declares
kills         2  the reference, and every file that must get full marks, handed in
              3  mutants of the reference, known mistakes and general faults, handed in: each must fail, or be
                 the same function on a thousand fresh trials (`fresh`)
worth         4  what only one check catches, what nothing would miss, how few trials would do
apart         5  known mistakes that no trial of the rubric separates
form          6  points, names, sentences, limits, tolerance

planted writes the hand-ins, with mutants (syntax trees) and faults (a body around the right function).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np

from grader import __version__
from grader.audit.apart import Alike, alike
from grader.audit.classes import can_be_planted
from grader.audit.form import Fact, facts
from grader.audit.found import (
    AlikeFound,
    Audit,
    FactFound,
    Fate,
    Finding,
    GradientFound,
    Part,
    PlantedFound,
    SubmissionFound,
    WorthFound,
)
from grader.audit.fresh import Fresh, World, cases_of, draw_worlds, fresh_trials, many_of, remember
from grader.audit.gradients import Proof, declared, proofs_of
from grader.audit.kills import Bench, Caught, Compared, caught, compared, costs, graded, right_as_a_class
from grader.audit.mutants import Mutant
from grader.audit.planted import Planted, everything, not_asked_for, right_ones
from grader.audit.unasked import contradicted, unasked
from grader.audit.worth import Kill, Worth, fewest, worths
from grader.errors import SubmissionError
from grader.homework import Homework
from grader.models import LEAVES_INPUTS_ALONE, Criterion, Quantity, Result, Submission
from grader.sandbox import Setting
from grader.submissions import find_hand_ins, read_submission

__all__ = ["Audit", "Bench", "Finding", "audit"]

Progress = Callable[[str, int, int], None]
"""called with what is done, how much of it, and of how much"""


def audit(homework: Homework, setting: Setting, jobs: int, progress: Progress = lambda what, done, of: None) -> Audit:
    """Ask all six questions of one rubric. Raises RubricError or SandboxError where they can not be asked."""
    bench = Bench(homework, setting, jobs)
    findings: list[Finding] = []
    functions = [criterion.function for criterion in homework.rubric.criteria]

    cases = cases_of(homework)
    remember(homework, list(_counted(bench.each(_draw, cases), "drawing trials", len(cases), progress)))

    gradients = list(dict.fromkeys(function for function, _ in declared(homework)))
    references, accepted = [] if homework.rubric.asked else _references(homework), _accepted(homework)
    submissions = [*references, *accepted]
    # A property follows from quantities whose own criteria tell the mistakes apart.
    compared_ones = [each.function for each in homework.rubric.criteria if each.returns == each.function]
    as_a_class = [each for each in homework.rubric.criteria if homework.rubric.asked and can_be_planted(each)]
    # All at once, because one of them may take as long as the others together.
    tasks: list[tuple[Callable[..., Any], Any]] = [(graded, each) for each in submissions]
    tasks += [(right_as_a_class, each.function) for each in as_a_class]
    tasks += [(_prove, each) for each in gradients]
    tasks += [(_alike, function) for function in compared_ones]
    tasks += [(_form, homework.rubric.homework)]
    answers = _counted(bench.each(_answer, tasks), "reference", len(tasks), progress)
    results, right = list(islice(answers, len(submissions))), list(islice(answers, len(as_a_class)))
    proven = [proof for proofs in islice(answers, len(gradients)) for proof in proofs]
    pairs = [each for found in islice(answers, len(compared_ones)) for each in found]
    [form] = answers

    findings += _about("reference", _gradient_faults(homework, proven))
    findings += _about("full marks", [*_marks_lost(results), *_nothing_accepted(homework, accepted)])
    marks = [SubmissionFound(name=r.student, score=r.score, max_score=r.max_score) for r in results]
    able = all(result.score == result.max_score for result in results[: len(references)])
    if homework.rubric.asked:
        reference, faults = _reference_as_a_class(as_a_class, right)
        marks.insert(0, reference)
        findings += _about("full marks", faults)
        able = not faults

    planted = everything(homework) if able else []
    if not able:
        message = "nothing could be planted, because the reference itself does not get full marks; mend that first"
        findings.append(Finding(part="mutants", message=message))
    known: dict[int, Caught] = {}
    for place, found in caught(bench, planted):
        known[place] = found
        progress("mutants", len(known), len(planted))
    silent = [p for p in range(len(planted)) if not costs(homework, planted[p], known[p])]
    unseen = [p for p in silent if not known[p].trials]
    answers = _counted(compared(bench, [planted[p] for p in unseen]), "fresh trials", len(unseen), progress)
    fresh = dict(zip(unseen, answers, strict=True))
    fates = {p: _fate(p in silent, fresh.get(p)) for p in range(len(planted))}
    aside = unasked(homework) if able else []
    verdicts = list(
        _counted(bench.each(contradicted, aside), "mutants of what nobody is asked for", len(aside), progress)
    )
    rows = (
        *(_row(homework, planted[p], known[p], fates[p], fresh.get(p)) for p in range(len(planted))),
        *(_unasked_row(mutant, fate) for mutant, fate in zip(aside, verdicts, strict=True)),
    )
    asked = {criterion.function for criterion in homework.rubric.criteria}
    findings += _about(
        "mutants",
        [(_survivor if row.function in asked else _unasked_survivor)(row) for row in rows if row.fate == "survived"],
    )

    findings += _about("mistakes", _not_mistakes(rows, known, many_of(homework)))

    kills: dict[int, list[Kill]] = {p: [(planted[p].function, i) for i in known[p].trials] for p in range(len(planted))}
    spoiled = [p for p in range(len(planted)) if known[p].changes_inputs and not known[p].trials]
    worth = worths(
        homework, kills, [p for p in spoiled if LEAVES_INPUTS_ALONE in _criterion_points(homework, planted[p])]
    )

    findings += _about("mistakes", [_separable(pair) for pair in pairs if pair.case])

    findings += _about("form", [fact.fault for fact in form if fact.fault])
    return Audit(
        grader=__version__,
        homework=homework.rubric.homework,
        title=homework.rubric.title,
        rubric_digest=homework.file.digest,
        seed=homework.seed,
        sandbox=str(setting.level),
        findings=tuple(findings),
        gradients=tuple(_gradient_row(proof) for proof in proven),
        submissions=tuple(marks),
        planted=rows,
        fresh_trials=many_of(homework),
        not_asked_for=tuple(not_asked_for(homework)),
        checks=tuple(_worth_row(homework, each, planted) for each in worth),
        trials=sum(len(homework.trials[function]) for function in functions),
        fewest_trials=len(fewest(kills)),
        alike=tuple(AlikeFound(function=a.function, names=a.names, case=a.case) for a in pairs),
        form=tuple(FactFound(what=fact.what, found=fact.found, right=not fact.fault) for fact in form),
    )


def _counted(answers: Iterator, what: str, of: int, progress: Progress) -> Iterator:  # type: ignore[type-arg]
    for done, answer in enumerate(answers, 1):
        progress(what, done, of)
        yield answer


def _about(part: Part, messages: Sequence[str]) -> list[Finding]:
    return [Finding(part=part, message=message) for message in messages]


def _criterion_points(homework: Homework, planted: Planted) -> dict[str, float]:
    return next(each.points for each in homework.rubric.criteria if each.function == planted.function)


def _answer(bench: Bench, task: tuple[Callable[[Bench, Any], Any], Any]) -> Any:
    work, about = task
    return work(bench, about)


def _draw(bench: Bench, case: str) -> list[World]:
    return draw_worlds(bench.homework, case)


# ---------------------------------------------------------------- 1: the reference


def _prove(bench: Bench, function: str) -> list[Proof]:
    return proofs_of(bench.homework, function)


def _gradient_faults(homework: Homework, proofs: Sequence[Proof]) -> list[str]:
    found = []
    for proof in proofs:
        under = f" under {proof.convention!r}" if proof.convention else ""
        found += [f"{proof.function}{under} is not the gradient of {proof.of}: {fault}" for fault in proof.faults[:1]]
        if not proof.faults:
            unproven = proof.unproven[:1]
            found += [
                f"{proof.function}{under} is not proven to be the gradient of {proof.of}: {why}" for why in unproven
            ]
    undeclared = [
        each.function for each in homework.rubric.criteria if each.function.startswith("grad_") and not each.gradient
    ]
    for function in undeclared:
        found.append(
            f"{function} is called a gradient, and the rubric does not say of what; add 'gradient: {{of, wrt}}'"
        )
    return found


def _gradient_row(proof: Proof) -> GradientFound:
    return GradientFound(
        function=proof.function,
        convention=proof.convention,
        of=proof.of,
        wrt=proof.wrt,
        tested=proof.tested,
        zeros=proof.zeros,
        kinks=proof.kinks,
        at_kinks=proof.at_kinks,
        error=float(f"{proof.error:.1e}"),
        agrees=proof.agrees,
    )


# ---------------------------------------------------------------- 2: full marks


def _references(homework: Homework) -> list[Submission]:
    named = enumerate(convention.title for convention in homework.conventions)
    return [
        Submission(f"the reference{f', {title}' if title else ''}", right_ones(homework, place))
        for place, title in named
    ]


def _reference_as_a_class(criteria: Sequence[Criterion], right: Sequence[bool]) -> tuple[SubmissionFound, list[str]]:
    """The reference as a class, criterion by criterion; what is learned over rounds is left to whole files."""
    score = sum(each.max_score for each, is_right in zip(criteria, right, strict=True) if is_right)
    found = SubmissionFound(name="the reference", score=score, max_score=sum(each.max_score for each in criteria))
    return found, [
        f"the reference, handed in as a class, fails in {each.function}, and must get full marks"
        for each, is_right in zip(criteria, right, strict=True)
        if not is_right
    ]


def _accepted(homework: Homework) -> list[Submission]:
    """What must get full marks: the hand-ins of the folder that the rubric names, or of the usual place."""
    folder = homework.file.accepted
    try:
        found, _ = find_hand_ins(folder)
    except SubmissionError:
        return []
    return [
        replace(read_submission(each, homework.rubric), student=str(each.path.relative_to(folder))) for each in found
    ]


def _nothing_accepted(homework: Homework, accepted: Sequence[Submission]) -> list[str]:
    """A folder that the rubric names must be there, and hold something."""
    named = homework.rubric.accepted
    return [] if accepted or not named else [f"there is no submission in the folder {named!r} that 'accepted' names"]


def _marks_lost(results: Sequence[Result]) -> list[str]:
    found = []
    for result in results:
        if result.score == result.max_score:
            continue
        reasons = [f"{c.function}: {c.message}" for c in result.criteria if c.score < c.max_score]
        reason = reasons[0] if reasons else result.message
        score = "no score" if result.score is None else f"{result.score:g} of {result.max_score:g}"
        found.append(f"{result.student} gets {score}, and must get full marks. {reason}")
    return found


# ---------------------------------------------------------------- 3: what is planted


def _fate(silent: bool, found: Compared | None) -> Fate:
    if not silent:
        return "caught"
    if found is None:
        return "noted"
    return "survived" if found.different else "equivalent"


def _row(homework: Homework, planted: Planted, found: Caught, fate: Fate, fresh: Compared | None) -> PlantedFound:
    trials = homework.trials[planted.function]
    checks = {trials[index].check for index in found.trials} | (
        {LEAVES_INPUTS_ALONE} if found.changes_inputs else set()
    )
    separating, example = "", ""
    if fate == "survived" and fresh is not None and fresh.separating is not None:
        those = fresh_trials(homework, planted.function, planted.convention)
        separating = those.trials[fresh.separating].case
        example = _written(homework, those, fresh.separating)
    return PlantedFound(
        kind=planted.kind,
        function=planted.function,
        convention=homework.conventions[planted.convention].title or "",
        name=planted.name,
        quantity=planted.quantity,
        line=planted.line,
        fate=fate,
        caught_by=tuple(check for check in (*homework.rubric.checks, LEAVES_INPUTS_ALONE) if check in checks),
        trials=len(found.trials),
        separating=separating,
        example=example,
    )


def _unasked_row(mutant: Mutant, fate: Fate) -> PlantedFound:
    return PlantedFound(
        kind="mutant",
        function=mutant.function,
        convention="",
        name=mutant.said,
        quantity=mutant.function,
        line=mutant.line,
        fate=fate,
        caught_by=(),
        trials=0,
    )


def _written(homework: Homework, fresh: Fresh, place: int) -> str:
    """A trial in one line: what the function's declared parameters are."""
    criterion = next(c for c in homework.rubric.criteria if c.function == fresh.calls.calls[place].function)
    values = fresh.calls.calls[place].values
    return ", ".join(f"{name} = {_one_line(values[name])}" for name in criterion.parameters)


def _one_line(value: Quantity) -> str:
    array = np.asarray(value)
    text = f"[{', '.join(_one_line(each) for each in array)}]" if array.ndim else f"{array.item() + 0.0:.4g}"
    return text if len(text) <= 160 else f"{text[:150]} ..."


def _survivor(row: PlantedFound) -> str:
    where = f"line {row.line} of the reference, " if row.line else ""
    under = f" under {row.convention!r}" if row.convention else ""
    advice = f"the case {row.separating!r} would catch it" if row.separating else "no case of the library catches it"
    example = f", for instance with {row.example}" if row.example else ""
    return f"{row.function}{under} passes although it is wrong ({where}{row.name}); {advice}{example}"


def _unasked_survivor(row: PlantedFound) -> str:
    return (
        f"nothing contradicts a wrong {row.function} (line {row.line} of the reference, {row.name}): its derivatives "
        f"are the same; add an example to the rubric that says under 'gives' what {row.function} is"
    )


# ---------------------------------------------------------------- 4 and 5: checks, mistakes


def _not_mistakes(rows: Sequence[PlantedFound], known: Mapping[int, Caught], many: int) -> list[str]:
    """Known mistakes that no student can be told of: they are right wherever they are tried, or never give a value."""
    of: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        if row.kind == "mistake":
            of.setdefault(row.name.split(", with ")[0], []).append(place)
    found = []
    for name, places in of.items():
        if all(rows[place].fate == "equivalent" for place in places):
            found.append(
                f"the known mistake {name} is the right function on {many} fresh trials; strike it or correct it"
            )
        elif all(known[place].failure for place in places):
            found.append(f"the known mistake {name} fails in every trial: {known[places[0]].failure}")
    return found


def _worth_row(homework: Homework, worth: Worth, planted: Sequence[Planted]) -> WorthFound:
    pointed = any(criterion.points.get(worth.check, 0) > 0 for criterion in homework.rubric.criteria)
    example = f"{planted[worth.only[0]].function}: {planted[worth.only[0]].name}" if worth.only else ""
    return WorthFound(
        check=worth.check,
        case=worth.case,
        points=pointed,
        trials=worth.trials,
        catches=worth.catches,
        only=len(worth.only),
        example=example,
    )


def _form(bench: Bench, _: str) -> list[Fact]:
    return facts(bench.homework)


def _alike(bench: Bench, function: str) -> list[Alike]:
    return alike(bench.homework, function)


def _separable(pair: Alike) -> str:
    one, other = pair.names
    return f"no trial of {pair.function} tells {one} from {other}; the case {pair.case!r} would"
