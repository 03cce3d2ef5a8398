"""What must hold of a value that is free: a criterion that is a property of what came back is evaluated here. Pure.

A class may draw its weights as it likes, within bounds; there is no one value to compare. The reference then says which
property is compared in the value's place, as a quantity that depends on it, and the student's value is given to the
graph. So whether it holds is decided outside of the student's process, and never by the student's word.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from grader.homework import Homework
from grader.language import _
from grader.models import Criterion, Happened, Outcome, Outcomes, Trial


def evaluated(homework: Homework, outcomes: Outcomes) -> Outcomes:
    """The same outcomes, with each value in the place of which a property is compared replaced by that."""
    found: dict[int, Outcome] = {}
    for criterion in homework.rubric.criteria:
        if criterion.returns == criterion.function:
            continue
        for place in range(len(homework.conventions)):
            key = criterion.function, place
            for number, trial in zip(homework.numbers[key], homework.trials[criterion.function], strict=True):
                outcome = outcomes.outcomes.get(number)
                if outcome is not None:
                    found[number] = property_of(homework, criterion, place, trial, outcome)
    return replace(outcomes, outcomes={**outcomes.outcomes, **found}) if found else outcomes


def property_of(homework: Homework, criterion: Criterion, place: int, trial: Trial, outcome: Outcome) -> Outcome:
    """An outcome as it is compared."""
    if outcome.happened is not Happened.VALUE or outcome.value is None or criterion.returns == criterion.function:
        return outcome
    value = outcome.value.astype(np.float64)
    given = {**homework.conventions[place].constants, **trial.dimensions, **trial.leaves, criterion.returns: value}
    try:
        with np.errstate(all="ignore"):
            made = np.asarray(homework.graph.evaluate((criterion.function,), given)[criterion.function], dtype=float)
    except Exception:  # a value of another shape fails as it likes
        text = _("an array of shape {shape}").format(shape=tuple(int(size) for size in value.shape))
        return outcome._replace(happened=Happened.ODD, value=None, text=text)
    return outcome._replace(value=made)
