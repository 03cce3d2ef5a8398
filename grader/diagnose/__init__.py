"""Which mistake gives exactly these values? A name only where it is proven.

An explanation is a wrong reference: it must give the student's numbers in every trial that failed, agree with those
that passed, and fail where the student's code failed. Explanations are tried from the simplest on:

    a quantity replaced     the homework's list of misconceptions, evaluated by the same graph (`known`)
    the array               transposed, flattened, rounded, cut, rescaled (`arrays`); a factor; a share of the weights
    a number in the code    the code proposes it, the values decide
    state                   what earlier calls left behind (`kept`)
    two at once             within a budget
    what was said           exceptions, None, a tuple, read with the code (`spoken`)

Where the values admit several names, the code decides (`choice`). Where nothing fits, there is no name.
"""

from __future__ import annotations

from difflib import get_close_matches

from grader.diagnose.carried import calls_for, carried, carried_by_name, pairs
from grader.diagnose.code import Code, File
from grader.diagnose.evidence import Evidence, Found
from grader.diagnose.known import known_of
from grader.diagnose.rivals import decided, separating_call
from grader.diagnose.roles import roles_of
from grader.diagnose.search import search
from grader.diagnose.sentences import BESIDES, SENTENCES
from grader.diagnose.traces import leaves_nothing
from grader.homework import Homework
from grader.language import _
from grader.models import Diagnosis

__all__ = [
    "Code",
    "Evidence",
    "File",
    "Found",
    "calls_for",
    "carried",
    "carried_by_name",
    "check_names",
    "decided",
    "diagnosis",
    "explain",
    "leaves_nothing",
    "pairs",
    "roles_of",
    "separating_call",
]


def explain(homework: Homework, evidence: Evidence) -> Found | None:
    """The mistake in one function, or None."""
    return search(evidence, known_of(homework))


def diagnosis(found: Found) -> Diagnosis:
    """What a result says about a mistake that was found, in the language that is spoken."""
    sentences = [
        found.feedback or SENTENCES.get(found.name, ""),
        found.detail,
        BESIDES.get(found.second) or SENTENCES.get(found.second, ""),
    ]
    texts = [_(sentence) for sentence in sentences if sentence]
    feedback = " ".join(text.format(**found.values) if found.values else text for text in texts)
    return Diagnosis(misconception=found.name, second=found.second or None, feedback=feedback)


def check_names(homework: Homework) -> None:
    """Raise RubricError where the rubric gives credit for a mistake that nobody knows."""
    known = {each.name for each in homework.misconceptions} | SENTENCES.keys()
    places = [(("credit",), homework.rubric.credit)]
    for number, criterion in enumerate(homework.rubric.criteria):
        places.append((("criteria", number, "credit"), criterion.credit))  # type: ignore[arg-type]
    for place, credit in places:
        for name in credit:
            if name not in known:
                near = get_close_matches(name, known, n=1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                raise homework.file.error((*place, name), f"no known mistake is called {name!r}{hint}")
