"""One function's part of a student's page: the formula, the checks, what happened, what was expected, the code."""

from __future__ import annotations

import keyword
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from grader.language import Language, _, n_, named, spoken
from grader.models import CheckResult, Counterexample, CriterionResult, Decided, Shown, SourceShown, Verdict
from grader.report.decided import comments
from grader.report.formula import mathml
from grader.report.learning import Learning, learning
from grader.report.matrix import Matrix, Picture, pair, picture, single
from grader.report.source import Budget, Code, code, defined_name
from grader.report.text import visible
from grader.report.words import STATUS, UNKNOWN, Status, exactly, of, points

_SENTENCE = 600
_LONGEST_SCRIPT = 1500
_NOT_OF_A_NAME = re.compile(r"[^A-Za-z0-9_]+")


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of a function's checks."""

    name: str
    status: Status
    passed: str
    score: str
    message: str


@dataclass(frozen=True, slots=True)
class Part:
    """What the part of one function needs; whatever is empty is not on the page."""

    function: str
    anchor: str
    status: Status
    score: str
    decided: str
    comments: tuple[tuple[str, str], ...]
    folded: bool
    formula: Markup | None
    formula_text: str
    checks_of: str
    checks: tuple[CheckLine, ...]
    sentences: tuple[str, ...]
    seen_with: str
    pair: tuple[Matrix, ...]
    returned: str
    picture: Picture | None
    inputs: tuple[Matrix, ...]
    learning: Learning
    attempt_of: str
    attempt: str
    code: Code | None
    notes: tuple[str, ...]
    noted: str


@lru_cache(maxsize=256)
def anchor(function: str) -> str:
    """Return the anchor of a function's part, the same for everyone who links to it."""
    return f"f-{_NOT_OF_A_NAME.sub('-', function[:80])}"


def reason(criterion: CriterionResult) -> str:
    """Return the first thing to say about a function that lost points: the known mistake, else what was seen."""
    if criterion.diagnosis:
        return visible(criterion.diagnosis.feedback, _SENTENCE)  # as it was written: it may begin with a name of code
    return sentence(criterion.message or (criterion.difference.message if criterion.difference else ""))


def sentence(text: str) -> str:
    """Return a text as a sentence of a page: harmless, with a capital letter and a full stop."""
    clean = visible(text.strip(), _SENTENCE)
    if not clean:
        return ""
    # A name of code keeps its small letter: "grad_oa returns ..." is no slip.
    first = clean.split(maxsplit=1)[0]
    if first.isalpha() and first.islower():
        clean = clean[0].upper() + clean[1:]
    return clean if clean[-1] in ".?!…:;" else f"{clean}."


def check_reason(criterion: CriterionResult, check: CheckResult) -> str:
    """Why a check was not passed: its own words, else its function's."""
    if check.verdict == Verdict.ACCEPTED:
        return ""
    own = sentence(check.message)
    said = reason(criterion) if check.verdict != Verdict.SKIPPED else ""
    words = [text for text in (said, own) if text]
    return "\n".join(dict.fromkeys(words)) or named_verdict(check.verdict)


def named_verdict(verdict: Verdict) -> str:
    """A verdict as a sentence: what is said where there is nothing else to say."""
    word = STATUS[verdict].word
    return f"{word[:1].upper()}{word[1:]}."


def score_text(verdict: Verdict, score: float, max_score: float) -> str:
    """Write a score with what it is out of; an unknown one is never written as 0."""
    if verdict is Verdict.JUDGE_ERROR:
        return _("not known, of {whole}").format(whole=points(max_score))
    return of(points(score), points(max_score))


def part(criterion: CriterionResult, budget: Budget, decided: Decided | None = None, *, folded: bool = False) -> Part:
    """Prepare everything that a page says about one function; `folded` where its trouble is told elsewhere."""
    accepted = criterion.verdict is Verdict.ACCEPTED
    example = None if accepted else criterion.counterexample
    name = visible(criterion.function, 80)
    notes = tuple(sentence(note) for note in criterion.notes)
    sentences = () if accepted else _sentences(criterion)
    if criterion.carried_forward:
        sentences = (*sentences, _("What differs here follows from an earlier function of yours: mend that one first."))
    return Part(
        function=name,
        anchor=anchor(criterion.function),
        status=STATUS[criterion.verdict],
        score=score_text(criterion.verdict, criterion.score, criterion.max_score),
        decided=_decided(criterion, decided),
        comments=comments(decided, criterion.function),
        folded=folded or accepted or criterion.carried_forward or criterion.verdict is Verdict.JUDGE_ERROR,
        formula=mathml(criterion.formula, criterion.formula_text),
        formula_text=visible(criterion.formula_text, _SENTENCE),
        checks_of=_("Checks of {function}").format(function=name),
        checks=_check_lines(criterion),
        sentences=sentences,
        seen_with=_seen_with(example) if example else "",
        pair=_pair(criterion, example) if example else (),
        returned=visible(example.returned, _SENTENCE) if example else "",
        picture=None if accepted else _picture(criterion),
        inputs=_inputs(example.inputs) if example else (),
        learning=learning(criterion.learned, anchor(criterion.function)),
        attempt_of=_("Lines to try {function}").format(function=name) if example else "",
        attempt=_attempt(criterion, example) if example else "",
        code=None if accepted or not criterion.source else code(criterion.source, name, budget),
        notes=notes,
        noted=n_("{count} note", "{count} notes", len(notes)).format(count=len(notes)) if notes else "",
    )


def _decided(criterion: CriterionResult, decided: Decided | None) -> str:
    """Return what the function is worth by a teacher's word; empty where that is what the grader says."""
    worth = next((each for each in decided.criteria if each.function == criterion.function), None) if decided else None
    if worth is None or (worth.score == criterion.score and not worth.excused):
        return ""
    return _("excused") if worth.excused else of(exactly(worth.score), exactly(worth.max_score))


def _sentences(criterion: CriterionResult) -> tuple[str, ...]:
    """Return what there is to say, the most helpful first, nothing twice."""
    said = [reason(criterion), sentence(criterion.message)]
    if criterion.difference:
        said.append(sentence(criterion.difference.message))
    kept: list[str] = []
    for text in said:
        # A message often ends in the difference's own sentence: saying that once is enough.
        if text and not any(text.rstrip(".").lower() in other.lower() for other in kept):
            kept.append(text)
    return tuple(kept)


def _check_lines(criterion: CriterionResult) -> tuple[CheckLine, ...]:
    """Return the checks that are worth points, with a sentence where it says more than is said already.

    A function that fails its first check is wrong on ordinary inputs: what its other checks then report is the same
    trouble over again.
    """
    wrong_throughout = bool(criterion.checks) and criterion.checks[0].failed > 0
    if criterion.verdict is Verdict.MISSING:
        return ()
    said = {criterion.message}
    lines: list[CheckLine] = []
    for check in criterion.checks:
        if not check.max_score:
            continue
        follows = wrong_throughout and check.verdict is not Verdict.SKIPPED
        known = any(check.message in text for text in said)
        lines.append(_check_line(check, "" if follows or known else check.message))
        said.add(check.message)
    return tuple(lines)


def _check_line(check: CheckResult, message: str) -> CheckLine:
    return _line(check.name, check.verdict, check.score, check.max_score, check.passed, check.trials, message, spoken())


@lru_cache(maxsize=4096)
def _line(
    name: str,
    verdict: Verdict,
    score: float,
    max_score: float,
    passed: int,
    trials: int,
    message: str,
    language: Language,
) -> CheckLine:
    """Return the line of a check in the language that is spoken, which is this one; most of a class has the same."""
    return CheckLine(
        name=visible(named(name), 80),
        status=STATUS[verdict],
        passed=of(passed, trials) if verdict not in UNKNOWN and trials else "",
        score=score_text(verdict, score, max_score),
        message=sentence(message) if verdict is not Verdict.ACCEPTED else "",
    )


def _seen_with(example: Counterexample) -> str:
    check, case = visible(named(example.check), 80), visible(named(example.case), 80)
    if not check or not case or check == case:
        name = check or case
    else:
        name = _("{check}, {case}").format(check=check, case=case)
    return _("Seen in: {check}.").format(check=name) if name else ""


def _pair(criterion: CriterionResult, example: Counterexample) -> tuple[Matrix, ...]:
    if example.actual and example.expected:
        return pair(example.actual, example.expected, criterion.difference)
    if example.actual:
        return (single(_("You returned"), example.actual),)
    return (single(_("The homework expects"), example.expected),) if example.expected else ()


def _picture(criterion: CriterionResult) -> Picture | None:
    difference = criterion.difference
    return picture(difference.picture, difference.differing, difference.total) if difference else None


def _inputs(inputs: Mapping[str, Shown]) -> tuple[Matrix, ...]:
    return tuple(single(visible(name, 40), shown) for name, shown in inputs.items())


# ---------------------------------------------------------------- a few lines to try it


def _attempt(criterion: CriterionResult, example: Counterexample) -> str:
    """Return a script that calls the function as it was called, or nothing where the inputs are not whole."""
    names = [*example.inputs, criterion.function]
    if not example.inputs or any(not name.isidentifier() or keyword.iskeyword(name) for name in names):
        return ""
    lines = ["import numpy as np", ""]
    for name, shown in example.inputs.items():
        value = _literal(shown, len(name) + len(" = np.array("))
        if not value:
            return ""
        lines.append(f"{name} = {value}")
    function = _called(criterion.source, criterion.function)
    lines.append(f"print({function}({', '.join(example.inputs)}))")
    if not all(line.isascii() for line in lines):
        return ""
    for array, comment in (
        (example.actual, _("# it gave {numbers}")),
        (example.expected, _("# the homework expects {numbers}")),
    ):
        numbers = _literal(array, 0) if array else ""
        if numbers and "\n" not in numbers:
            lines.append(comment.format(numbers=numbers.removeprefix("np.array(").removesuffix(")")))
    script = "\n".join(lines)
    return script if len(script) <= _LONGEST_SCRIPT else ""


def _called(source: SourceShown | None, function: str) -> str:
    name = defined_name(source, function)
    return name if name.isidentifier() and not keyword.iskeyword(name) else function


def _literal(shown: Shown, indent: int) -> str:
    """Write an array as Python, one line a row; empty if only a window of it is known."""
    if shown.window:
        return ""
    if not shown.shape:
        return _number(shown.values)
    if not isinstance(shown.values, list | tuple) or not shown.values:
        return ""
    rows = [_row(row) for row in shown.values] if len(shown.shape) == 2 else [_row(shown.values)]
    if not all(rows):
        return ""
    joined = (",\n" + " " * (indent + 1)).join(rows)
    return f"np.array([{joined}])" if len(shown.shape) == 2 else f"np.array({joined})"


def _row(values: Any) -> str:
    """Write one row as a list of numbers; empty if it is anything else."""
    if not isinstance(values, list | tuple) or len(values) > 16:
        return ""
    numbers = [_number(value) for value in values]
    return f"[{', '.join(numbers)}]" if all(numbers) else ""


def _number(value: Any) -> str:
    """Write one number as Python; empty if it is none."""
    if value in ("nan", "inf", "-inf"):
        return f"-np.{value[1:]}" if value[0] == "-" else f"np.{value}"
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return ""
    return repr(value)
