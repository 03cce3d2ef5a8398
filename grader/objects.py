"""A class that students hand in: a criterion -> the recipe by which an object of it gives a value. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection
from difflib import get_close_matches
from typing import Any

from grader.errors import RubricError
from grader.models import ClassAsked, Criterion, Rubric, Wanted

CACHE = "cache"
"""Under this name, a method gets what the one before it returned."""
GRADIENT = "grad_"
"""Before the name of a parameter: the quantity is laid out as that parameter is."""


def wanted_of(rubric: Rubric, asked: ClassAsked, criterion: Criterion) -> Wanted:
    """What is looked for in a submission: the class, and how an object of it gives what the criterion is about."""
    recipe = _recipe(rubric, asked, criterion)
    sets = recipe["sets"]
    quantities = [each for each in (*recipe["given"].values(), *recipe["last"].values()) if isinstance(each, str)]
    offered = tuple(dict.fromkeys((*(name for name in criterion.parameters if name in quantities), *sets, *quantities)))
    return Wanted(
        criterion.function, criterion.parameters, offered, dimensions=tuple(rubric.dimensions), recipe=recipe,
        seconds=criterion.seconds,
    )  # fmt: skip


def _recipe(rubric: Rubric, asked: ClassAsked, criterion: Criterion) -> dict[str, Any]:
    wish = criterion.object
    assert wish is not None  # check_object has seen to it
    chosen = [name for name in wish.given if asked.given.get(name) is not None and name in asked.choices]
    return {
        "names": list(asked.names),
        "constructor": list(asked.constructor),
        "offers": list(asked.offers),
        "aliases": {alias: name for name, aliases in asked.offers.items() for alias in aliases},
        "dimensions": [name for name in asked.offers if name in rubric.dimensions],
        "given": {name: _given(asked, wish.given, name) for name in asked.offers},
        "last": dict(wish.last),
        "own": list(wish.given),
        "needs": list(wish.needs),
        "choices": list(asked.choices),
        "chosen": chosen,
        "together": {
            name: {"of": list(each.of), "names": list(each.names), "examples": each.examples}
            for name, each in asked.together.items()
        },
        "parameters": {name: list(places) for name, places in asked.parameters.items()},
        "quantities": {name: list(places) for name, places in asked.quantities.items()},
        "keys": {name: list(keys) for name, keys in asked.keys.items()},
        "distributions": list(asked.distributions),
        "shapes": {
            name: list(asked.shapes.get(name) or _shape(rubric, name)) for name in (*asked.parameters, *asked.shapes)
        },
        "like": {f"{GRADIENT}{name}": name for name in asked.parameters},
        "start": list(asked.start),
        "methods": {
            name: {
                "parameters": list(method.parameters),
                "names": list(method.names),
                "returns": list(method.returns),
                "instead": method.instead,
            }
            for name, method in asked.methods.items()
        },
        "sets": list(wish.sets),
        "calls": list(wish.calls),
        "reads": list(wish.reads),
        "rounds": wish.rounds,
        "attempts": wish.attempts,
    }  # fmt: skip


def _given(asked: ClassAsked, own: dict[str, Any], name: str) -> str | int | float:
    """What an offer is: as the criterion says, else as the class says, else the quantity of that name."""
    if name in own:
        return own[name]  # type: ignore[no-any-return]
    return asked.given.get(name, name)


def _shape(rubric: Rubric, parameter: str) -> tuple[str, ...]:
    return rubric.inputs[parameter].shape if parameter in rubric.inputs else ()


At = Callable[[tuple[str | int, ...], str], RubricError]
"""The error about one key of a criterion."""


def check_class(asked: ClassAsked, error: At) -> None:
    """Raise RubricError unless everything under `class` is said in names that stand there too."""
    offer, quantity = "name under 'offers'", "parameter or quantity"
    known = (*asked.parameters, *asked.quantities)
    said: list[tuple[tuple[str, ...], Collection[str], Collection[str], str]] = [
        (("constructor",), asked.constructor, asked.offers, offer),
        (("given",), asked.given, asked.offers, offer),
        (("choices",), asked.choices, asked.offers, offer),
        (("keys",), asked.keys, known, quantity),
        (("distributions",), asked.distributions, asked.quantities, "quantity"),
        (("shapes",), asked.shapes, known, quantity),
    ]
    said += [(("together", name, "of"), each.of, asked.offers, offer) for name, each in asked.together.items()]
    for name, method in asked.methods.items():
        said.append((("methods", name, "parameters"), method.parameters, (*asked.offers, *known, CACHE), offer))
        said.append((("methods", name, "returns"), method.returns, known, quantity))
        said.append((("methods", name, "instead"), [method.instead] if method.instead else [], asked.methods, "method"))
    for key, names, expected, noun in said:
        for name in names:
            if name not in expected:
                raise error(key, _no(noun, name, expected))


def check_object(criterion: Criterion, asked: ClassAsked, known: Collection[str], error: At) -> None:
    """Raise RubricError unless a criterion says how its value is had, in names that are known."""
    wish = criterion.object
    if wish is None:
        raise error((), "students hand in a class: add 'object', which says how the value is had")
    for key, names, expected, noun in (
        ("given", wish.given, asked.offers, "name under 'offers'"),
        ("last", wish.last, asked.offers, "name under 'offers'"),
        ("needs", wish.needs, asked.offers, "name under 'offers'"),
        ("sets", wish.sets, asked.parameters, "parameter"),
        ("calls", wish.calls, asked.methods, "method"),
        ("reads", wish.reads, (*asked.parameters, *asked.quantities), "parameter or quantity"),
        ("value", (wish.value,), known, "quantity"),
        ("sets", wish.sets, known, "quantity"),
    ):
        for name in names:
            if name not in expected:
                raise error(("object", key), _no(noun, name, expected))
    if not wish.reads and not wish.calls:
        raise error(("object",), "nothing is called and nothing is read: add 'calls' or 'reads'")
    for name, given in (*((name, _given(asked, wish.given, name)) for name in asked.offers), *wish.last.items()):
        if isinstance(given, str) and given not in known:
            message = f"{name!r} is {given!r}, which is no quantity of the reference; say what it is"
            raise error(("object", "given"), f"{message}, here or under 'class: given'")


def _no(noun: str, name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, list(known), n=1)
    hint = f"; did you mean {near[0]!r}?" if near else "."
    return f"there is no {noun} {name!r}{hint} Known are: {', '.join(sorted(known))}"
