"""Mutants of what no function of the rubric asks for, as of the loss: the declared gradients must contradict them.

They can not be handed in, because no submission is asked for them. What tells a wrong loss is that the reference's
gradients are not its derivatives. They are evaluated here and not in the sandbox: their source is the reference's own,
and so are its loops, which is why each call has a time limit.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from grader.audit.found import Fate
from grader.audit.fresh import fresh_trials
from grader.audit.gradients import declared, proof_of
from grader.audit.kills import Bench, equal
from grader.audit.limit import TooLongError, limited
from grader.audit.mutants import Mutant
from grader.audit.planted import mutants_of, not_asked_for, plain_source
from grader.errors import RubricError
from grader.homework import Homework, check_example_with
from grader.models import Quantity
from grader.quantities import Graph, read_reference


def unasked(homework: Homework) -> list[Mutant]:
    """The mutants of quantities that nobody is asked for and that a declared gradient derives."""
    known = set().union(*(_behind(homework, gradient) for gradient in declared(homework)))
    return mutants_of(homework, [name for name in not_asked_for(homework) if name in known])


def contradicted(bench: Bench, mutant: Mutant) -> Fate:
    """What becomes of a mutant: caught where a gradient or a worked example of the rubric contradicts it."""
    homework = bench.homework
    gradients = [each for each in declared(homework) if mutant.function in _behind(homework, each)]
    trials = fresh_trials(homework, *gradients[0]).trials  # drawn once, and not in the mutant's time
    try:
        graph = _mutated(homework, mutant)
        for example in homework.rubric.examples:
            check_example_with(homework.file, graph, homework.conventions[0], example)
        if not all(proof_of(homework, *gradient, graph).agrees for gradient in gradients):
            return "caught"
        constants = homework.conventions[gradients[0][1]].constants
        same = (_same(homework, graph, mutant.function, {**constants, **t.dimensions, **t.leaves}) for t in trials)
        return "equivalent" if all(same) else "survived"
    except (RubricError, TooLongError):  # it can not be executed, an example says otherwise, or it takes for ever
        return "caught"


def _behind(homework: Homework, gradient: tuple[str, int]) -> set[str]:
    """What a gradient is the derivative of, and all that this is computed from."""
    criterion = next(each for each in homework.rubric.criteria if each.function == gradient[0])
    assert criterion.gradient is not None  # it is declared
    return {criterion.gradient.of, *homework.graph.ancestors(criterion.gradient.of)}


def _mutated(homework: Homework, mutant: Mutant) -> Graph:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / homework.file.reference.name
        path.write_text(f"{plain_source(homework)}\n\n{mutant.source}\n", encoding="utf-8")
        graph = read_reference(path)
    return homework.graph.with_functions(**{mutant.function: limited(graph.function(mutant.function))})


def _same(homework: Homework, graph: Graph, quantity: str, given: Mapping[str, Quantity]) -> bool:
    right = homework.graph.evaluate((quantity,), given)[quantity]
    try:
        return equal(np.asarray(graph.evaluate((quantity,), given)[quantity]), np.asarray(right))
    except Exception:  # a mutant may fail on what its gradients were not tried on, or give no numbers
        return False
