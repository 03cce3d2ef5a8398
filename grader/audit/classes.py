"""A class around planted functions, as a student would hand it in: only what their criteria look at is in it."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from grader.homework import Homework
from grader.models import ClassAsked, Criterion, ObjectAsked

_HEAD = """
def _call(function, **known):
    code = function.__code__
    return function(**{name: known[name] for name in code.co_varnames[: code.co_argcount]})


def _spread(made, row, names, shapes):
    sizes = [int(np.prod(shape)) for shape in shapes]
    if np.shape(row) != (sum(sizes),):
        raise ValueError("a row of another length")
    for name, size, end, shape in zip(names, sizes, np.cumsum(sizes), shapes):
        setattr(made, name, np.asarray(row)[end - size : end].reshape(shape))


def _cut(rows):
    numbers = rows[:, 0].tolist()
    return [(rows[[n == one for n in numbers], 1:-1], rows[[n == one for n in numbers], -1])
            for one in dict.fromkeys(numbers)]
"""


def can_be_planted(criterion: Criterion) -> bool:
    """Whether something wrong can be planted; what is learned over many rounds is no function of what was drawn."""
    return criterion.object is None or not (criterion.object.rounds or criterion.object.attempts)


def meet(one: Criterion, other: Criterion) -> bool:
    """Whether one class can not hold what both criteria look at: the same method would leave it in the same place."""
    a, b = one.object, other.object
    if a is None or b is None:
        return False
    return a.calls[-1:] == b.calls[-1:] and (not {*a.reads}.isdisjoint(b.reads) or a.reads == b.reads)


def class_around(homework: Homework, asked: ClassAsked, functions: Sequence[str]) -> str:
    """The source of a class whose objects give what the functions of these names compute."""
    shapes = {name: homework.rubric.inputs[name].shape for name in asked.parameters}
    sizes = list(dict.fromkeys(letter for shape in shapes.values() for letter in shape))
    asks: dict[str, list[str]] = defaultdict(list)
    bodies: dict[str, list[str]] = defaultdict(list)
    asks["__init__"] = sizes
    bodies["__init__"] = [f"self.{name} = np.zeros(({', '.join(shape)},))" for name, shape in shapes.items()]
    for function in functions:
        criterion = next(each for each in homework.rubric.criteria if each.function == function)
        wanted = next(each for each in homework.calls.wanted if each.name == function)
        wish, recipe = criterion.object, wanted.recipe
        assert wish is not None  # so it was read
        assert recipe is not None
        offers = {given: name for name, given in reversed(recipe["given"].items()) if isinstance(given, str)}
        method = wish.calls[-1] if wish.calls else "__init__"
        known = [
            f"{name}=self.{name}" if name in wish.sets else f"{name}={offers[name]}"
            for name in wanted.offered
            if name in wish.sets or name in offers
        ]
        value = f"_call({function}, {', '.join(known)})"
        asks[method] += [offers[name] for name in wanted.offered if name in offers]
        bodies[method].append(_kept(wish, recipe, value))
        for before in wish.calls[:-1]:
            asks[before] += ["X"]
            bodies[before].append("pass")
    methods = [
        f"def {name}(self, {', '.join(dict.fromkeys(asks[name]))}):\n" + textwrap.indent("\n".join(lines), "    ")
        for name, lines in bodies.items()
    ]
    return f"{_HEAD}\n\nclass {asked.names[0]}:\n" + textwrap.indent("\n\n".join(methods), "    ") + "\n"


def _kept(wish: ObjectAsked, recipe: Any, value: str) -> str:
    """What is done with a value, so that it is read; where it can not be had, nothing is there to read."""
    if not wish.reads:
        return f"return _cut({value})"
    if len(wish.reads) == 1:
        return f"try:\n    self.{wish.reads[0]} = {value}\nexcept Exception:\n    self.{wish.reads[0]} = 'nothing'"
    listed = ", ".join(f"({', '.join(recipe['shapes'][recipe['like'].get(name, name)])},)" for name in wish.reads)
    return f"_spread(self, {value}, {list(wish.reads)!r}, [{listed}])"
