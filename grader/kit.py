"""A homework for students: its rubric without what is hidden, and its trials as numbers.

What a student needs to check a file at home, and nothing of how the expected values come about: no reference, no
formula, no known mistakes, no hidden check. Its trials are drawn with a seed of their own, so that the values in it are
not those that the course grades with.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import yaml

from grader import __version__
from grader.frozen import FrozenCall, FrozenFunction, FrozenTrial, FrozenTrials, frozen, frozen_text
from grader.homework import Homework
from grader.language import _, speaking
from grader.models import Criterion, Rubric
from grader.report import visible
from grader.report.words import points

SEED = 1
"""What a kit's trials are drawn with, unless another seed is named."""


def kit(homework: Homework, now: datetime) -> dict[str, str]:
    """The files of a kit: path -> text. `now` says which checks still wait for the due date.

    Raises RubricError where every check is hidden, or there is no reference to freeze.
    """
    name = homework.rubric.homework
    if homework.file.trials is not None:
        raise homework.file.error(("trials",), "a kit is made of a rubric with a reference, and this one is of a kit")
    if homework.rubric.asked is not None:
        message = (
            "students hand in a class, and what must hold of it is told with the reference; no kit can be made of it"
        )
        raise homework.file.error(("class",), message)
    hidden = homework.rubric.hidden(now)
    rubric = _visible_rubric(homework.rubric, hidden, f"{name}.trials.json")
    if not rubric.criteria:
        raise homework.file.error(("visibility",), "every check is hidden, so there is nothing for a kit")
    with speaking(rubric.language):
        return {
            f"rubrics/{name}.yaml": _yaml(rubric),
            f"rubrics/{name}.trials.json": frozen_text(_frozen_trials(homework, rubric)),
            f"{name}.py": _stubs(rubric),
            "README.md": _readme(rubric, homework.rubric.max_score - rubric.max_score),
        }


def _visible_rubric(rubric: Rubric, hidden: frozenset[str], trials: str) -> Rubric:
    criteria = [_visible_criterion(criterion, hidden) for criterion in rubric.criteria]
    criteria = [
        each for each in criteria if any(name in rubric.checks and worth for name, worth in each.points.items())
    ]
    used = {name for criterion in criteria for name in criterion.points}
    max_score = round(sum(criterion.max_score for criterion in criteria), 6)
    return rubric.model_copy(
        update={
            "reference": "",
            "trials": trials,
            "accepted": None,
            "points": max_score,
            "activations": (),
            "conventions": {title: {} for title in rubric.conventions},
            "credit": {},
            "carried_forward": 0.0,  # whether a value follows from a wrong one, only a reference can tell
            "visibility": {},
            "examples": {},
            "checks": {name: cases for name, cases in rubric.checks.items() if name in used},
            "criteria": tuple(criteria),
        }
    )


def _visible_criterion(criterion: Criterion, hidden: frozenset[str]) -> Criterion:
    shown = {name: worth for name, worth in criterion.points.items() if name not in hidden}
    nothing: dict[str, Any] = {"formula": "", "formula_text": "", "gradient": None, "credit": {}, "offers": ()}
    return criterion.model_copy(update={**nothing, "points": shown})


def _frozen_trials(homework: Homework, rubric: Rubric) -> FrozenTrials:
    wanted = {each.name: each for each in homework.calls.wanted}
    return FrozenTrials(
        homework=rubric.homework,
        grader=__version__,
        seed=homework.seed,
        conventions=tuple(convention.title for convention in homework.conventions),
        letters=dict(homework.letters),
        functions=tuple(
            FrozenFunction(
                function=criterion.function,
                offered=wanted[criterion.function].offered,
                never=wanted[criterion.function].never,
                trials=tuple(_trials(homework, criterion)),
            )
            for criterion in rubric.criteria
        ),
    )


def _trials(homework: Homework, criterion: Criterion) -> list[FrozenTrial]:
    places = range(len(homework.conventions))
    function, rows = criterion.function, []
    for index, trial in enumerate(homework.trials[function]):
        if trial.check not in criterion.points:
            continue
        calls: list[FrozenCall] = []
        for place in places:
            values = homework.calls.calls[homework.numbers[function, place][index]].values
            written = {name: frozen(value) for name, value in values.items()}
            first = calls[0].values if calls else {}
            said = {name: value for name, value in written.items() if first.get(name) != value}
            calls.append(FrozenCall(values=said, expected=frozen(homework.expected[function, place][index])))
        rows.append(
            FrozenTrial(
                check=trial.check,
                case=trial.case,
                dimensions=dict(trial.dimensions),
                layout=trial.layout,
                label_form=trial.label_form,
                after_success=trial.after_success,
                given=trial.given,
                calls=tuple(calls),
            )
        )
    return rows


def _yaml(rubric: Rubric) -> str:
    """The rubric as a file: only what is not usual."""
    content: dict[str, Any] = rubric.model_dump(mode="json", exclude_defaults=True)
    for name, leaf in rubric.inputs.items():
        if leaf.any_shape:
            content["inputs"][name]["shape"] = "any"
    if rubric.due is not None:
        content["due"] = rubric.due
    content["carried_forward"] = rubric.carried_forward
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)


def _stubs(rubric: Rubric) -> str:
    """A file to begin with: the functions that are asked for, each without a body."""
    blocks = ["import numpy as np\n"]
    for criterion in rubric.criteria:
        parameters = ", ".join(criterion.parameters)
        blocks.append(f"\ndef {criterion.function}({parameters}):\n    raise NotImplementedError\n")
    return "\n".join(blocks)


def _readme(rubric: Rubric, more: float) -> str:
    title, command = visible(rubric.title, 200), f"grade {rubric.homework}.py"
    lines = [f"# {title}", "", visible(rubric.description, 2000), ""] if rubric.description else [f"# {title}", ""]
    lines += [
        _("Write your functions into {file} and check them with:").format(file=f"`{rubric.homework}.py`"),
        "",
        f"    {command}",
        "",
        _("The command is a program for Python 3.11 or newer; your course says where to install it from."),
        "",
        f"| {_('function')} | {_('parameters')} | {_('points')} |",
        "|---|---|---|",
    ]
    for each in rubric.criteria:
        parameters = ", ".join(f"`{name}`" for name in each.parameters)
        lines.append(f"| `{each.function}` | {parameters} | {points(each.max_score)} |")
    lines += ["", _("The checks here are worth {points} points.").format(points=points(rubric.max_score))]
    if more > 1e-9:
        lines[-1] += " " + _("Hidden checks are worth {points} more.").format(points=points(more))
    lines += [
        "",
        _(
            "Your work is graded with other numbers than these. An error that only follows from an earlier function of "
            "yours costs points here, and counts once there."
        ),
        "",
    ]
    return "\n".join(lines)
