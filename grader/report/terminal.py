"""What a person reads in the terminal: the table of a class, and the account of one file for a self-check.

Pieces of text with a style each; `cli` prints them. Whatever a student wrote has gone through `visible`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.language import _, n_, named
from grader.models import CheckResult, Counterexample, CriterionResult, Result, Shown, Verdict
from grader.report.rows import Row
from grader.report.text import visible
from grader.report.words import STATUS, listed, of, points
from grader.sandbox import Tried

_SIGNS = {"good": "✓", "bad": "✗", "calm": "–"}
_STYLES = {"good": "blue", "bad": "dark_orange", "calm": "dim"}


def class_table(rows: Sequence[Row]) -> Table:
    """Student by id and name, score and first reason, one line each, in the order given."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(_("student"), no_wrap=True, max_width=32)
    table.add_column(_("score"), justify="right", no_wrap=True)
    table.add_column(_("first reason"), overflow="fold")
    for row in rows:
        unknown = _("excused") if row.excused else _("unknown")
        score = unknown if row.score is None else of(points(row.score), points(row.max_score))
        sign = _sign(row.verdict)
        table.add_row(
            Text(visible(f"{row.student} {row.name}".strip(), 60)),
            Text(score),
            Text.assemble(sign, " ", row.reason or row.message),
        )
    return table


def decisions_told(rows: Sequence[Row]) -> Iterable[RenderableType]:
    """How many decisions apply, and each of those whose ground has changed."""
    count = sum(len(row.decisions) for row in rows)
    if count:
        yield Text(n_("{count} decision applies", "{count} decisions apply", count).format(count=count), style="dim")
    for row in rows:
        for text in row.changed:
            yield Text.assemble(("! ", _STYLES["bad"]), visible(row.student, 60), "  ", text)


def self_check(result: Result, homework: str, file: str) -> Iterable[RenderableType]:
    """The verdict of each check, with the reason and a small example where it failed."""
    yield Text.assemble((visible(homework, 100), "bold"), "  ", visible(file, 200))
    if result.message:
        yield Text(visible(result.message, 800), style=_STYLES["bad"])
    for note in result.notes:
        yield Padding(_note(note), (0, 0, 0, 2), expand=False)
    same = _same_causes(result.criteria)
    for criterion in result.criteria:
        alike = same.get(_cause(criterion), [])
        if len(alike) > 1 and alike[0] is not criterion:
            yield _head(criterion)
        else:
            yield from criterion_lines(criterion, alike[1:])
    yield Text("")
    yield _total(result)
    yield Text(_("Sandbox: {level}").format(level=visible(result.sandbox, 40)), style="dim")


def doctors_report(tried: Sequence[Tried], best: Tried | None) -> Iterable[RenderableType]:
    """The level, each of its layers, every attempt to break out of it; and why other levels are not to be had."""
    if best is not None:
        yield Text.assemble("Sandbox: ", (best.level.words, "bold"))
        yield Text("")
        yield from _pairs("what holds a child of the grader", best.layers.items())
        yield Text("")
        yield from _pairs(
            f"attempts to break out, {best.stopped} of {len(best.attempts)} stopped", best.attempts, signed=True
        )
        yield Text("")
    rows = [
        (str(one.level), "holds here" + (", and is used" if one is best else "") if one.holds else one.refused)
        for one in tried
    ]
    yield from _pairs("levels, from the best down", rows)


def _pairs(title: str, rows: Iterable[tuple[str, str]], *, signed: bool = False) -> Iterable[RenderableType]:
    yield Text(title, style="bold")
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, words in rows:
        stopped = words.startswith("blocked")
        sign = Text(_SIGNS["good" if stopped else "bad"] + " ", _STYLES["good" if stopped else "bad"])
        table.add_row(Text.assemble(sign if signed else "", visible(name, 80)), Text(visible(words, 400)))
    yield Padding(table, (0, 0, 0, 2), expand=False)


def _total(result: Result) -> Text:
    if result.score is None:
        return Text(_("The score is not known: the grader failed, not the file."), style="bold")
    score = of(points(result.score), points(result.max_score))
    if not result.convention:
        return Text(score, style="bold")
    under = _("judged under: {convention}").format(convention=visible(named(result.convention), 100))
    return Text.assemble((score, "bold"), f", {under}")


def _note(note: str) -> Text:
    return Text(_("note: {note}").format(note=visible(note, 600)))


def _same_causes(criteria: Sequence[CriterionResult]) -> dict[tuple[Verdict, str], list[CriterionResult]]:
    """The functions from which the same sentence keeps every value."""
    causes: dict[tuple[Verdict, str], list[CriterionResult]] = {}
    for criterion in criteria:
        if criterion.verdict in (Verdict.MISSING, Verdict.RUNTIME_ERROR) and criterion.message:
            causes.setdefault(_cause(criterion), []).append(criterion)
    return causes


def _cause(criterion: CriterionResult) -> tuple[Verdict, str]:
    return criterion.verdict, criterion.message


def _head(criterion: CriterionResult) -> Text:
    word = STATUS[criterion.verdict].word
    score = of(points(criterion.score), points(criterion.max_score))
    name = visible(criterion.function, 60)
    return Text.assemble(_sign(criterion.verdict), " ", (f"{name:<10}", "bold"), f" {score:>10}  {word}")


def criterion_lines(criterion: CriterionResult, others: Sequence[CriterionResult] = ()) -> Iterable[RenderableType]:
    """One function: its checks, and where it lost points the reason and a small example.

    `others` are those that fail for the same reason.
    """
    yield _head(criterion)
    yield Padding(Text.assemble(*_checks(criterion.checks)), (0, 0, 0, 4), expand=False)
    if criterion.verdict != Verdict.ACCEPTED:
        if criterion.diagnosis is not None:
            yield Padding(Text(visible(criterion.diagnosis.feedback, 800), style="bold"), (0, 0, 0, 4), expand=False)
        if criterion.message:
            yield Padding(Text(visible(criterion.message, 800)), (0, 0, 0, 4), expand=False)
        if others:
            functions = listed([visible(each.function, 60) for each in others])
            same = _("The same costs points in {functions}.").format(functions=functions)
            yield Padding(Text(same), (0, 0, 0, 4), expand=False)
        if criterion.counterexample is not None:
            yield Padding(_example(criterion.counterexample), (0, 0, 0, 4), expand=False)
    for note in criterion.notes:
        yield Padding(_note(note), (0, 0, 0, 4), expand=False)


def _checks(checks: Sequence[CheckResult]) -> Iterable[Text]:
    for check in checks:
        if check.max_score == 0:
            continue
        counted = check.trials and check.verdict != Verdict.SKIPPED
        right = f" ({of(check.passed, check.trials)})" if counted else ""
        yield Text.assemble(_sign(check.verdict), f" {visible(named(check.name), 60)}{right}   ")


def _example(example: Counterexample) -> Table:
    """Inputs, what came back and what was expected, each with its shape."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    rows: list[tuple[str, Shown | None]] = [*example.inputs.items()]
    rows += [(_("you returned"), example.actual), (_("expected"), example.expected)]
    for name, value in rows:
        if value is not None:
            table.add_row(Text(visible(name, 60)), Text(_shape(value)), Text(_numbers(value)))
    if example.returned:
        table.add_row(Text(_("you returned")), Text(""), Text(visible(example.returned, 200)))
    return table


def _shape(value: Shown) -> str:
    if not value.shape:
        return ""
    comma = "," if len(value.shape) == 1 else ""
    sizes = f"({', '.join(str(size) for size in value.shape)}{comma})"
    return f"({', '.join(value.letters)}{comma}) = {sizes}" if value.letters else sizes


def _numbers(value: Shown) -> str:
    """The numbers as numpy would print them; rows aligned on the point's left side."""
    if value.values is None:
        return "…"
    dots = " …" if value.window else ""
    if not value.shape:
        return _number(value.values)
    if len(value.shape) == 1:
        return f"[{'  '.join(_number(number) for number in value.values)}{dots}]"
    texts = [[_number(number) for number in row] for row in value.values]
    width = max((len(text) for row in texts for text in row), default=0)
    return "\n".join(f"[{'  '.join(text.rjust(width) for text in row)}{dots}]" for row in texts)


def _number(value: object) -> str:
    return f"{value:.5g}" if isinstance(value, float) else str(value)


def _sign(verdict: Verdict) -> Text:
    tone = STATUS[verdict].tone
    return Text(_SIGNS[tone], style=_STYLES[tone])
