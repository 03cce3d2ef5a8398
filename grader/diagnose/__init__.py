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

from grader.diagnose.carried import calls_for, carried, pairs
from grader.diagnose.code import Code, File
from grader.diagnose.evidence import Evidence
from grader.diagnose.known import known_of
from grader.diagnose.search import Found, search
from grader.diagnose.sentences import SENTENCES
from grader.homework import Homework
from grader.models import Diagnosis

__all__ = ["Code", "Evidence", "File", "Found", "calls_for", "carried", "diagnosis", "explain", "pairs"]


def explain(homework: Homework, evidence: Evidence) -> Found | None:
    """The mistake in one function, or None."""
    return search(evidence, known_of(homework))


def diagnosis(found: Found) -> Diagnosis:
    """What a result says about a mistake that was found."""
    feedback = found.feedback or SENTENCES.get(found.name, "")
    if found.second:
        feedback = f"{feedback} {SENTENCES.get(found.second, '')}".strip()
    if found.detail:
        feedback = f"{feedback.rstrip('.')}:{found.detail}"
    return Diagnosis(misconception=found.name, second=found.second or None, feedback=feedback)
