"""Which part each quantity plays in a homework, read off the rubric and the reference: no name is known beforehand."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from grader.homework import Homework


class Roles:
    """What the search for a mistake asks about the quantities of one homework."""

    def __init__(self, homework: Homework) -> None:
        rubric, graph = homework.rubric, homework.graph
        self._homework = homework
        self.labels = frozenset(name for name, leaf in rubric.inputs.items() if leaf.kind == "label")
        bent = {activation.of for activation in rubric.activations if activation.kind == "relu"}
        self.batch = next((leaf.shape[0] for leaf in rubric.inputs.values() if leaf.kind == "label" and leaf.shape), "")
        """the dimension that counts the examples; empty where there is one example"""
        self.parameters = frozenset(
            name for name, leaf in rubric.inputs.items() if leaf.kind == "real" and self.batch not in leaf.shape
        )
        """the inputs that are not one row an example"""
        self.weights = frozenset(name for name in self.parameters if len(rubric.inputs[name].shape) == 2)
        """the parameters that are matrices"""
        self.takes_label = frozenset(name for name in graph.quantities if self.labels & set(graph.needs(name)))
        """the quantities for which the label itself is needed"""
        self.masked = frozenset(
            name for name in graph.quantities if bent & set(graph.needs(name)) and len(graph.needs(name)) > 1
        )
        """the gradients that a relu's mask is laid over"""
        self.derived_by = {
            each.function: each.gradient.wrt if each.gradient else each.function.removeprefix("grad_")
            for each in rubric.criteria
        }
        """gradient -> what it is derived by; read off the name where the rubric does not say it"""
        self.gradients = frozenset(
            each.function
            for each in rubric.criteria
            if each.function.startswith("grad_") or (each.gradient and homework.letters.get(each.gradient.of) == ())
        )
        """the functions that are asked for the gradient of a single number"""
        self.of_a_loss = frozenset(name for name in graph.quantities if self.labels & graph.ancestors(name))
        """the quantities that depend on a label"""
        self.quantities = graph.quantities
        """all that the reference can compute"""
        self._averages: dict[tuple[str, int], bool] = {}

    def averages(self, function: str, convention: int) -> bool:
        """Whether the reference divides by the size of the batch in this very function."""
        key = function, convention
        if key not in self._averages:
            self._averages[key] = self._divides(function, convention)
        return self._averages[key]

    def _divides(self, function: str, convention: int) -> bool:
        """Told by a batch that is said to be twice as large as it is."""
        homework = self._homework
        if self.batch not in homework.graph.needs(function):
            return False
        trial = homework.trials[function][0]
        constants = homework.conventions[convention].constants
        given = {**constants, **trial.dimensions, **trial.leaves}
        needs = [name for name in homework.graph.needs(function) if name != self.batch]
        with np.errstate(all="ignore"):
            known = {**given, **homework.graph.evaluate(needs, given)}
            twice = {**known, self.batch: 2 * trial.dimensions[self.batch]}
            try:
                once, halved = (homework.graph.evaluate((function,), each)[function] for each in (known, twice))
            except Exception:  # it indexes with the size of the batch, which can not be said larger than it is
                return False
        return bool(np.allclose(once, 2 * np.asarray(halved)) and np.any(once))


@lru_cache(maxsize=16)
def roles_of(homework: Homework) -> Roles:
    """The roles of a homework's quantities, found once."""
    return Roles(homework)
