"""The student's page: in five seconds how it went, in thirty what to mend first, in three minutes why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from grader.language import Language, _, n_, named, speaking
from grader.models import CriterionResult, Decided, Result, Verdict
from grader.report.decided import comments, decided_for_student
from grader.report.part import Part, anchor, part, reason, sentence
from grader.report.sheet import fill, fill_part
from grader.report.source import Budget
from grader.report.text import visible
from grader.report.words import STATUS, UNKNOWN, Status, exactly, listed, of, points

_MEND_SHOWN = 3
_NOTES_SHOWN = 30
_GAP = 0.45
"""between the segments of the score bar, in hundredths of its width"""


@dataclass(frozen=True, slots=True)
class Segment:
    """One function's stretch of the score bar, in hundredths of its width."""

    start: str
    width: str
    filled: str


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing to mend: where to begin, why, and what else the same cause spoils."""

    function: str
    anchor: str
    sentence: str
    others: str


@dataclass(frozen=True, slots=True)
class StudentPage:
    """What student.html needs."""

    homework: str
    title: str
    student: str
    status: Status
    score: str
    max_score: str
    unknown: bool
    excused: bool
    decided: tuple[str, ...]
    comments: tuple[tuple[str, str], ...]
    bar: tuple[Segment, ...]
    convention: str
    summary: str
    about: str
    message: str
    notes: tuple[str, ...]
    mend: tuple[Mend, ...]
    more: str
    parts: tuple[Markup, ...]
    facts: tuple[tuple[str, str], ...]


def student_page(result: Result, decided: Decided | None = None) -> str:
    """Return the student's page as one self-contained HTML file, in the result's language."""
    with speaking(result.language):
        return _student_page(result, decided)


def _student_page(result: Result, decided: Decided | None) -> str:
    student, homework = visible(result.student, 100), visible(result.homework, 100)
    budget = Budget()
    worth, max_score = (result.score, result.max_score) if decided is None else (decided.score, decided.max_score)
    excused = decided is not None and decided.excused
    unknown = worth is None
    score = "" if worth is None else points(worth) if decided is None else exactly(worth)
    whole = _whole_file(result)
    mend = () if result.score is None else _mend_file(result) if whole else _mend(result.criteria)
    hidden = len(mend) - _MEND_SHOWN
    page = StudentPage(
        homework=homework,
        title=visible(result.title, 200),
        student=student,
        status=STATUS[result.verdict],
        score=score,
        max_score=points(max_score),
        unknown=unknown,
        excused=excused,
        decided=decided_for_student(decided),
        comments=comments(decided, None),
        bar=() if unknown else _bar(result, decided),
        convention=_convention(result.convention),
        summary=_summary(result, settled=not unknown or excused),
        about=_("What went wrong on our side") if result.score is None else _("About the file"),
        message="" if whole else sentence(result.message),
        notes=tuple(dict.fromkeys(sentence(note) for note in result.notes[:_NOTES_SHOWN])),
        mend=mend[:_MEND_SHOWN],
        more=_more(hidden),
        parts=tuple(
            _drawn(part(criterion, budget, decided, folded=whole), result.language) for criterion in result.criteria
        ),
        facts=_facts(result),
    )
    outcome = _("excused") if excused else _("score not known yet") if unknown else of(score, page.max_score)
    title = _("{student}: {outcome} · {homework}").format(student=student, outcome=outcome, homework=homework)
    return fill("student.html", title, page)


def _convention(convention: str | None) -> str:
    """Say under which convention the work was judged; nothing if there is but one."""
    return _("judged under: {convention}").format(convention=visible(named(convention), 100)) if convention else ""


def _more(hidden: int) -> str:
    """Say how many things to mend are not shown; nothing if all are."""
    if hidden <= 0:
        return ""
    return n_("{count} more thing to mend below.", "{count} more things to mend below.", hidden).format(count=hidden)


def _drawn(shown: Part, language: Language) -> Markup:
    """Return a part as markup; that of a function which is right looks the same for many, and is drawn once."""
    return _drawn_once(shown, language) if shown.status is STATUS[Verdict.ACCEPTED] else fill_part(shown)


@lru_cache(maxsize=256)
def _drawn_once(shown: Part, language: Language) -> Markup:
    """Return a part in the language that is spoken, which is this one."""
    return fill_part(shown)


def _summary(result: Result, *, settled: bool) -> str:
    """Say in one sentence how it went; `settled` where the course staff has given what the grader could not."""
    if result.score is None and settled:
        return _("Something went wrong on our side before the work could be judged; the course staff has decided.")
    if result.score is None:
        return _(
            "The score of this work is not known yet. Something went wrong on our side before the work could be "
            "judged; the course staff has been told. Nothing is lost, and there is nothing for you to do."
        )
    right = sum(criterion.verdict is Verdict.ACCEPTED for criterion in result.criteria)
    total = len(result.criteria)
    if right == total and total:
        return _("Every function does what the homework asks. There is nothing to mend.")
    return n_(
        "{right} of {total} function does what the homework asks.",
        "{right} of {total} functions do what the homework asks.",
        total,
    ).format(right=right, total=total)


def _bar(result: Result, decided: Decided | None) -> tuple[Segment, ...]:
    """Divide the score bar among the functions, each as wide as what it is worth."""
    criteria = result.criteria if decided is None else decided.criteria
    total = sum(criterion.max_score for criterion in criteria)
    if not total:
        return ()
    segments: list[Segment] = []
    start = 0.0
    for criterion in criteria:
        width = 100 * criterion.max_score / total
        share = min(1.0, max(0.0, criterion.score / criterion.max_score)) if criterion.max_score else 0.0
        inner = width if criterion is criteria[-1] else max(0.0, width - _GAP)
        segments.append(Segment(f"{start:.2f}", f"{inner:.2f}", f"{inner * share:.2f}"))
        start += width
    return tuple(segments)


def _whole_file(result: Result) -> bool:
    """Tell whether the file as a whole is the trouble, so that every function says the same."""
    said = {(criterion.verdict, criterion.message) for criterion in result.criteria}
    return bool(result.message) and result.score == 0 and len(said) == 1


def _mend_file(result: Result) -> tuple[Mend, ...]:
    return (Mend(_("the file"), "", sentence(result.message), ""),)


def _mend(criteria: Sequence[CriterionResult]) -> tuple[Mend, ...]:
    """Gather what lost points by its cause: the costliest first, and of equals the one earliest in the chain.

    What is learned over many rounds comes after all that it is computed with.
    """
    causes: dict[str, list[CriterionResult]] = {}
    for criterion in criteria:
        if criterion.score < criterion.max_score and criterion.verdict not in UNKNOWN:
            causes.setdefault(_cause(criterion), []).append(criterion)
    order = sorted(
        causes.values(),
        key=lambda group: (
            group[0].carried_forward,  # an error that was carried here is mended where it began
            all(criterion.learned is not None for criterion in group),
            -sum(criterion.max_score - criterion.score for criterion in group),
        ),
    )
    return tuple(
        Mend(
            function=visible(group[0].function, 80),
            anchor=anchor(group[0].function),
            sentence=reason(group[0]) or f"{STATUS[group[0].verdict].word.capitalize()}.",
            others=_others(group[1:]),
        )
        for group in order
    )


def _others(criteria: Sequence[CriterionResult]) -> str:
    """Say where else the same trouble costs points; nothing if nowhere."""
    if not criteria:
        return ""
    functions = listed([visible(criterion.function, 80) for criterion in criteria])
    return _("The same costs points in {functions}.").format(functions=functions)


def _cause(criterion: CriterionResult) -> str:
    """Return what functions with the same trouble have in common."""
    if criterion.diagnosis:
        return f"known {criterion.diagnosis.misconception}"
    if criterion.verdict is Verdict.MISSING:
        # Of two functions that are not there, the sentences differ by their names; of two methods, by what to mend.
        return criterion.message.replace(criterion.function, "").split(";")[0]
    return criterion.message or criterion.function


def _facts(result: Result) -> tuple[tuple[str, str], ...]:
    """Return the small print: what someone needs to get this very result again."""
    facts = (
        (_("grader"), visible(result.grader, 40)),
        (_("seed"), str(result.seed)),
        (_("sandbox"), visible(result.sandbox, 200)),
        (_("rubric"), _short(result.rubric_digest)),
        (_("file"), _short(result.submission_digest)),
    )
    return tuple(fact for fact in facts if fact[1])


def _short(digest: str) -> str:
    """Return the first twelve digits of a digest."""
    return visible(digest.removeprefix("sha256:")[:12], 12)
