"""The reference as a graph of named quantities, and the one operation on it: evaluate, with some quantities given.

A public function of a reference module is a quantity; its parameters are the quantities that it needs. Everything
the grader does with a reference (expected values, arguments for a student's function, an error carried forward, a
misconception, a finite difference, a convention, a mutant) is `Graph.evaluate` with something else given.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import get_close_matches
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, NoReturn

from grader.errors import RubricError
from grader.models import Misconception, Quantity

_Order = list[tuple[str, Callable[..., Any], tuple[str, ...]]]
"""name, function and what it needs, of quantities in an order in which they can be computed"""


class Graph:
    """Plain functions whose names and parameters declare a graph. Immutable.

    What another graph, `like` this one, has read of them is not read again. Raises RubricError for a circle (naming its
    members) and for functions whose parameters can not be read.
    """

    def __init__(self, functions: Mapping[str, Callable[..., Any]], like: Graph | None = None) -> None:
        self._functions = dict(functions)
        known = {function: like._needs[name] for name, function in like._functions.items()} if like else {}
        self._needs: dict[str, tuple[str, ...]] = {
            name: known.get(function) or _parameters(name, function) for name, function in functions.items()
        }
        self._ancestors: dict[str, frozenset[str]] = {}
        self._orders: dict[tuple[tuple[str, ...], frozenset[str]], _Order] = {}
        for name in self._functions:
            self._collect(name, ())

    @property
    def quantities(self) -> frozenset[str]:
        """The names that the graph can compute."""
        return frozenset(self._functions)

    @property
    def leaves(self) -> frozenset[str]:
        """The names that must be given: asked for by some function, computed by none."""
        return frozenset(need for needs in self._needs.values() for need in needs) - self.quantities

    def ancestors(self, name: str) -> frozenset[str]:
        """Every quantity and leaf on which `name` depends, without `name` itself."""
        if name in self._ancestors:
            return self._ancestors[name]
        if name in self.leaves:
            return frozenset()
        raise self._unknown(name)

    def evaluate(self, names: Iterable[str], given: Mapping[str, Quantity]) -> dict[str, Any]:
        """The values of `names`; a quantity that is given is taken as it stands, whatever the graph would say.

        Each function runs once at most. Raises RubricError for a name that is neither computed nor given.
        """
        names, known = tuple(names), dict(given)
        key = names, frozenset(known)
        if key not in self._orders:
            self._orders[key] = self._order(*key)
        for name, function, needs in self._orders[key]:
            known[name] = function(*[known[need] for need in needs])
        return {name: known[name] for name in names}

    def _order(self, names: tuple[str, ...], given: frozenset[str]) -> _Order:
        """What is to be computed for `names`, one after the other."""
        order: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {}

        def want(name: str) -> None:
            if name in given or name in order:
                return
            if name not in self._functions:
                raise self._unknown(name, given)
            for need in self._needs[name]:
                want(need)
            order[name] = self._functions[name], self._needs[name]

        for name in names:
            want(name)
        return [(name, *how) for name, how in order.items()]

    def needs(self, name: str) -> tuple[str, ...]:
        """What the function of a quantity asks for; nothing for a leaf."""
        return self._needs.get(name, ())

    def reaches(self, name: str, other: str, given: Collection[str]) -> bool:
        """Whether `name`, with some quantities given, is still computed by way of `other` (or is it itself)."""
        if name == other:
            return True
        return any(
            need == other or self.reaches(need, other, given)
            for need in self._needs.get(name, ())
            if need not in given or (need == other and need in self.leaves)
        )

    def follows(self, name: str, given: Collection[str]) -> bool:
        """Whether a quantity can be computed from those that are given."""
        return name in given or (
            name in self._functions and all(self.follows(need, given) for need in self._needs[name])
        )

    def function(self, name: str) -> Callable[..., Any]:
        """The function that computes a quantity."""
        return self._functions[name]

    def with_functions(self, **functions: Callable[..., Any]) -> Graph:
        """The same graph with some functions replaced or added."""
        return Graph({**self._functions, **functions}, self)

    def _collect(self, name: str, path: tuple[str, ...]) -> frozenset[str]:
        if name in path:
            circle = " -> ".join((*path[path.index(name) :], name))
            raise RubricError(f"the reference goes round in a circle: {circle}; break it by removing one parameter")
        if name not in self._functions:
            return frozenset()
        if name not in self._ancestors:
            needs = self._needs[name]
            found = frozenset(needs).union(*(self._collect(need, (*path, name)) for need in needs))
            self._ancestors[name] = found
        return self._ancestors[name]

    def _unknown(self, name: str, given: Iterable[str] = ()) -> RubricError:
        known = sorted(self.quantities | self.leaves | frozenset(given))
        near = get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        return RubricError(f"there is no quantity {name!r}{hint} Known are: {', '.join(known)}")


class UnknownGraph(Graph):
    """What frozen trials leave of a reference: nothing depends on anything, and nothing can be computed."""

    def __init__(self) -> None:
        super().__init__({})

    def ancestors(self, name: str) -> frozenset[str]:
        """Nothing: what a quantity depends on is not known."""
        return frozenset()


def read_reference(path: Path) -> Graph:
    """The graph of a reference file: its public functions, those that it imports left aside.

    Raises RubricError if the file is missing, can not be executed or holds no public function.
    """
    functions = _functions_of(path, "reference")
    if not functions:
        raise RubricError(f"{path}: the reference defines no public function, so there is nothing to grade by")
    return Graph(functions)


NUMBER = "number"
"""The parameter of a misconception that stands for a number in the student's code."""


def read_misconceptions(path: Path, graph: Graph, others: Collection[str] = ()) -> tuple[Misconception, ...]:
    """The misconceptions of a file beside the reference, in their order; none if there is no such file.

    Each is a function `quantity__name_of_the_mistake`, with a number behind another `__` if it is a further way to the
    same mistake; its text is the feedback. Parameters are quantities, `others` (sizes, constants) or `number`. Raises
    RubricError for whatever it does not know.
    """
    if not path.is_file():
        return ()
    found: list[Misconception] = []
    texts: dict[str, str] = {}
    """mistake, and quantity__mistake -> the first text"""
    known = graph.quantities | graph.leaves
    for full, function in _functions_of(path, "misconceptions").items():
        quantity, _, rest = full.partition("__")
        name = re.sub(r"__\d+$", "", rest).replace("_", "-")
        if not name:
            raise RubricError(
                f"{path}: the function {full!r} must be named after a quantity and a mistake: quantity__mistake"
            )
        if quantity not in known:
            raise RubricError(f"{path}: {full!r} is about {quantity!r}, which the reference does not know")
        text = " ".join((function.__doc__ or "").split())
        if not text and name not in texts:
            raise RubricError(f"{path}: {full!r} is the first function about {name!r} and needs a text for the student")
        texts.setdefault(name, text)
        own = f"{quantity}__{name}"
        texts.setdefault(own, text or texts[name])
        for need in _parameters(full, function):
            if need not in known and need not in others and need != NUMBER:
                near = get_close_matches(need, sorted(known | set(others)), n=1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                raise RubricError(f"{path}: {full!r} asks for {need!r}, which nobody knows{hint}")
        found.append(Misconception(name, quantity, function, _parameters(full, function), text or texts[own]))
    return tuple(found)


class _Uncached(SourceFileLoader):
    """Reads a file as it is now: Python's cache takes one that was changed within a second for the one before."""

    def path_stats(self, path: str) -> NoReturn:
        """Nothing by which a cached file could be known."""
        raise OSError(f"{path} is not cached")


def _functions_of(path: Path, what: str) -> dict[str, Callable[..., Any]]:
    """The public functions of a file, those that it imports left aside."""
    if not path.is_file():
        raise RubricError(f"{path}: there is no such reference file; the rubric's key 'reference' names it")
    if path.suffix != ".py":
        raise RubricError(f"{path}: a reference must be a Python file (.py)")
    name = f"_reference_{path.stem}"
    loader = _Uncached(name, str(path.absolute()))
    spec = spec_from_file_location(name, path, loader=loader)
    assert spec is not None  # as it is where no loader is found
    module = module_from_spec(spec)
    try:
        loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise RubricError(f"{path}: the {what} can not be executed: {type(error).__name__}: {error}") from error
    return {
        name: function
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
    }


def _parameters(name: str, function: Callable[..., Any]) -> tuple[str, ...]:
    parameters = inspect.signature(function).parameters.values()
    for parameter in parameters:
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD, parameter.KEYWORD_ONLY):
            raise RubricError(
                f"the reference function {name!r} has the parameter {parameter}; "
                "every parameter must be the name of a quantity"
            )
    return tuple(parameter.name for parameter in parameters)
