"""A class around a planted function, as a student would hand it in: only what its criterion looks at is in it."""

from __future__ import annotations

import textwrap
from typing import Any

from grader.homework import Homework
from grader.models import ClassAsked, Criterion, ObjectAsked

CLASS_HELPERS = """
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


def class_around(homework: Homework, asked: ClassAsked, function: str) -> str:
    """The source of a function that puts a function of this name into a class, whose objects give what it computes.

    It uses CLASS_HELPERS, and is called `_class_around_` and the name.
    """
    criterion = next(each for each in homework.rubric.criteria if each.function == function)
    wanted = next(each for each in homework.calls.wanted if each.name == function)
    wish, recipe = criterion.object, wanted.recipe
    assert wish is not None  # so it was read
    assert recipe is not None
    offers = {given: name for name, given in reversed(recipe["given"].items()) if isinstance(given, str)}
    shapes = {name: homework.rubric.inputs[name].shape for name in asked.parameters}
    sizes = dict.fromkeys(letter for shape in shapes.values() for letter in shape)
    start = [f"self.{name} = np.zeros(({', '.join(shape)},))" for name, shape in shapes.items()]
    known = [
        f"{name}=self.{name}" if name in wish.sets else f"{name}={offers[name]}"
        for name in wanted.offered
        if name in wish.sets or name in offers
    ]
    asks = dict.fromkeys(offers[name] for name in wanted.offered if name in offers)
    value = _kept(wish, recipe, f"_call({function}, {', '.join(known)})")
    methods = {"__init__": (sizes, start)} | {before: (dict.fromkeys("X"), ["pass"]) for before in wish.calls[:-1]}
    if wish.calls:
        methods[wish.calls[-1]] = (asks, [value])
    else:
        methods["__init__"] = (sizes | asks, [*start, value])
    written = [
        f"def {name}(self, {', '.join(parameters)}):\n" + textwrap.indent("\n".join(lines), "    ")
        for name, (parameters, lines) in methods.items()
    ]
    whole = f"class {asked.names[0]}:\n" + textwrap.indent("\n\n".join(written), "    ")
    return (
        f"def _class_around_{function}({function}):\n{textwrap.indent(whole, '    ')}\n\n    return {asked.names[0]}\n"
    )


def _kept(wish: ObjectAsked, recipe: Any, value: str) -> str:
    """What is done with a value, so that it is read; where it can not be had, nothing is there to read."""
    if not wish.reads:
        return f"return _cut({value})"
    if len(wish.reads) == 1:
        return f"try:\n    self.{wish.reads[0]} = {value}\nexcept Exception:\n    self.{wish.reads[0]} = 'nothing'"
    listed = ", ".join(f"({', '.join(recipe['shapes'][recipe['like'].get(name, name)])},)" for name in wish.reads)
    return f"_spread(self, {value}, {list(wish.reads)!r}, [{listed}])"
