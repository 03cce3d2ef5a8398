"""What a class learned, as far as a page draws it: boundary and losses, from the probabilities that came back. Pure."""

from __future__ import annotations

import numpy as np

from grader.homework import Homework
from grader.models import Array, Criterion, Happened, Learned, LearnedBy, Outcomes

_SMALLEST = 1e-6
"""a probability below this counts as this: one wrong point is no infinite loss"""


def learned(homework: Homework, criterion: Criterion, convention: int, returned: Outcomes) -> Learned | None:
    """What the student's network and the reference learned in the first trial; None if there is nothing to draw."""
    wish = criterion.object.picture if criterion.object else None
    if wish is None:
        return None
    number, trial = homework.numbers[criterion.function, convention][0], homework.trials[criterion.function][0]
    outcome = returned.outcomes.get(number)
    if outcome is None or outcome.happened is not Happened.VALUE or outcome.value is None:
        return None
    given = {**homework.conventions[convention].constants, **trial.dimensions, **trial.leaves}
    known = homework.graph.evaluate((wish.points, wish.labels, wish.view, criterion.returns), given)
    right, labels = np.asarray(known[criterion.returns]), np.asarray(known[wish.labels])
    if outcome.value.shape != right.shape or not np.isfinite(outcome.value).all():
        return None
    return Learned(
        edge=float(np.abs(known[wish.view]).max()),
        points=tuple((round(float(x), 4), round(float(y), 4)) for x, y in known[wish.points]),
        labels=tuple(int(label) for label in labels),
        student=_by(outcome.value.astype(float), labels),
        reference=_by(right, labels),
    )


def _by(attempts: Array, labels: Array) -> LearnedBy:
    """The attempt (rounds, points and grid, 2) that is right most often at its end."""
    n = len(labels)
    right = [float(np.mean(np.argmax(attempt[-1, :n], axis=1) == labels)) for attempt in attempts]
    best = attempts[int(np.argmax(right))]
    grid = np.clip(best[-1, n:, 1], 0, 1)
    side = round(len(grid) ** 0.5)
    own = best[:, np.arange(n), labels]
    losses = np.mean(-np.log(np.clip(own, _SMALLEST, 1)), axis=1)
    return LearnedBy(
        grid=tuple(tuple(round(float(p), 3) for p in row) for row in grid.reshape(side, side)),
        losses=tuple(round(float(loss), 4) for loss in losses),
        accuracy=round(max(right), 4),
    )
