"""The page of an audit: for the teacher, on the same sheet as the reports; in English, as a rubric's faults are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.audit.found import Audit, PlantedFound
from grader.audit.planted import Kind
from grader.language import speaking
from grader.report import visible
from grader.report.sheet import fill


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of the page."""

    title: str
    text: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """What audit.html needs."""

    homework: str
    title: str
    verdict: str
    clean: bool
    findings: tuple[str, ...]
    tables: tuple[Listing, ...]


def audit_page(audit: Audit) -> str:
    """Return the audit as one self-contained HTML file."""
    page = AuditPage(
        homework=visible(audit.homework, 100),
        title=visible(audit.title, 200),
        verdict=verdict(audit),
        clean=audit.clean,
        findings=tuple(visible(finding.message, 1500) for finding in audit.findings),
        tables=tuple(_tables(audit)),
    )
    with speaking("en"):
        return fill("audit.html", f"Audit of {visible(audit.homework, 100)}", page)


def verdict(audit: Audit) -> str:
    """The mutation score and what it is made of, in one sentence."""
    survived, equivalent, noted = (audit.count(fate=fate) for fate in ("survived", "equivalent", "noted"))
    if not audit.planted:
        return "Nothing was planted."
    text = (
        f"{_percent(audit.score())} of {len(audit.planted) - equivalent} wrong functions are seen; "
        f"{equivalent} more are the same function on {audit.fresh_trials} fresh trials"
    )
    if noted:
        text += f"; {noted} cost nothing, because the checks that see them have no points"
    return f"{text}; {survived} {'passes' if survived == 1 else 'pass'}." if survived else f"{text}."


_KINDS: tuple[tuple[Kind, str], ...] = (
    ("mutant", "mutants"),
    ("mistake", "known mistakes"),
    ("fault", "general faults"),
)


def _percent(share: float) -> str:
    """A share in hundredths; all of it only if it is all of it."""
    return "100 %" if share == 1 else f"{min(99.9, 100 * share):.1f} %"


def summary(audit: Audit) -> list[tuple[str, str, bool]]:
    """One line a question: what was asked, what was found, and whether it holds."""
    faults = {finding.part for finding in audit.findings}
    worst = max((gradient.error for gradient in audit.gradients), default=0.0)
    tested = sum(gradient.tested for gradient in audit.gradients)
    full = sum(each.score == each.max_score for each in audit.submissions)
    unneeded = [_case(each.check, each.case) for each in audit.checks if not each.only]
    separable = sum(bool(each.case) for each in audit.alike)
    planted = ", ".join(
        f"{audit.count(kind)} {word} ({_percent(audit.score(kind))})" if audit.count(kind) else f"no {word}"
        for kind, word in _KINDS
    )
    wrong = sum(not each.agrees for each in audit.gradients)
    kinks = sum(each.at_kinks for each in audit.gradients)
    proven = f"{tested} derivatives, {kinks} of them at kinks, off by {worst:.0e} at most"
    not_proven = f"{wrong} of {len(audit.gradients)} gradients {'is' if wrong == 1 else 'are'} not proven"
    gradients = not_proven if wrong else proven if audit.gradients else "no gradients"
    return [
        ("reference", gradients, "reference" not in faults),
        ("full marks", f"{full} of {len(audit.submissions)} files", "full marks" not in faults),
        ("mutants", planted, "mutants" not in faults),
        (
            "checks",
            f"{audit.fewest_trials} of {audit.trials} trials see as much; each of these alone could go: "
            f"{', '.join(unneeded) if unneeded else 'none, each is needed'}",
            "checks" not in faults,
        ),
        (
            "mistakes",
            f"{len(audit.alike)} {'pair' if len(audit.alike) == 1 else 'pairs'} of names with the same values, "
            f"{separable} of them could be told apart",
            "mistakes" not in faults,
        ),
        ("form", f"{sum(fact.right for fact in audit.form)} of {len(audit.form)} in order", "form" not in faults),
    ]


def _case(check: str, case: str) -> str:
    return f"{check}: {case}" if case else check


# ---------------------------------------------------------------- tables


def _tables(audit: Audit) -> list[Listing]:
    planted = ("function", "convention", "what is wrong", "seen by")
    tables = [
        Listing(
            "Is the reference right?",
            "Each gradient against central differences, along coordinates and random directions. Where both are 0 "
            "nothing is proven; where a relu is exactly at 0, the value that the rubric declares there is tested.",
            ("gradient", "convention", "derivative", "tested", "0 of 0", "at kinks", "left out", "error"),
            tuple(
                (g.function, g.convention, f"{g.of} by {g.wrt}", str(g.tested), str(g.zeros), str(g.at_kinks),
                 str(g.kinks), f"{g.error:.1e}" if g.agrees else "wrong")
                for g in audit.gradients
            ),
        ),
        Listing(
            "Does right work get full marks?",
            "",
            ("file", "score"),
            tuple(
                (each.name, "unknown" if each.score is None else f"{each.score:g} of {each.max_score:g}")
                for each in audit.submissions
            ),
        ),
        Listing("What passes although it is wrong", "", (*planted[:3], "a case that would see it"), tuple(
            (p.function, p.convention, _named(p), f"{p.separating}: {p.example}" if p.separating else "none")
            for p in audit.planted if p.fate == "survived"
        )),
        Listing("What only a check without points sees", "", planted, tuple(
            (p.function, p.convention, _named(p), ", ".join(p.caught_by)) for p in audit.planted if p.fate == "noted"
        )),
        Listing(
            "What is no other function",
            f"The same values on {audit.fresh_trials} fresh trials of all kinds.",
            planted[:3],
            tuple((p.function, p.convention, _named(p)) for p in audit.planted if p.fate == "equivalent"),
        ),
        Listing(
            "Does each check earn its place?",
            f"{audit.fewest_trials} of the {audit.trials} trials see all that is seen.",
            ("check", "case", "trials", "sees", "alone", "for instance"),
            tuple(
                (c.check, c.case, str(c.trials), str(c.catches), str(c.only), c.example or "nothing would miss it")
                for c in audit.checks
            ),
        ),
        Listing(
            "Which known mistakes have the same values?",
            "Where no case separates two names, the student's code decides between them.",
            ("function", "mistakes", "a case that separates them"),
            tuple((a.function, " and ".join(a.names), a.case or "none") for a in audit.alike),
        ),
        Listing("Is the rubric in order?", "", ("what", "found", "in order"), tuple(
            (fact.what, fact.found, "yes" if fact.right else "no") for fact in audit.form
        )),
    ]  # fmt: skip
    return [_visible(_without_empty_conventions(table)) for table in tables if table.rows]


def _named(planted: PlantedFound) -> str:
    where = f"{planted.quantity}, line {planted.line}: " if planted.line else ""
    return f"{where}{planted.name}"


def _without_empty_conventions(table: Listing) -> Listing:
    if "convention" not in table.head or any(row[1] for row in table.rows):
        return table
    return replace(table, head=_but_second(table.head), rows=tuple(_but_second(row) for row in table.rows))


def _but_second(row: tuple[str, ...]) -> tuple[str, ...]:
    return (row[0], *row[2:])


def _visible(table: Listing) -> Listing:
    rows: Sequence[Sequence[str]] = table.rows
    return Listing(table.title, table.text, table.head, tuple(tuple(visible(c, 400) for c in row) for row in rows))
