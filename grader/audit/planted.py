"""What is planted, and the hand-in that it is planted in: the reference itself, but for one fault a function.

A hand-in is Python as a student would send it, with functions that ask for quantities by name. Behind them stands the
reference's own source, evaluated as the grader does; the constants of a convention are filled in.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeGuard

from grader.audit.classes import CLASS_HELPERS, can_be_planted, class_around
from grader.audit.faults import FAULTS, Fault, remembering
from grader.audit.mutants import Mutant, as_functions, mutants
from grader.homework import Homework
from grader.models import LEAVES_INPUTS_ALONE, Criterion
from grader.quantities import NUMBER

Kind = Literal["mutant", "mistake", "fault"]

_NUMBERS = (0.3, 2.0, 4.0)
"""what stands in the code for the number of a known mistake"""


@dataclass(frozen=True, slots=True)
class Planted:
    """One function that is wrong in one way, under one convention, and the source that makes it so."""

    kind: Kind
    function: str
    """the function of the rubric that is wrong"""
    convention: int
    name: str
    quantity: str
    """the function of the reference in which it lies"""
    line: int
    """its line in the reference, 0 where it has none"""
    asks: tuple[str, ...]
    """its parameters"""
    source: str
    """defines `function`; may use `np`, `_changed`, `_value`, `_right` and `_shared`"""
    seen_by: str = ""
    """the case that is made for it, if there is one"""


_HEAD = """\
import __future__
import functools
import inspect
import types

import numpy as np


def _compiled(text):
    return compile(text, "reference", "exec", __future__.annotations.compiler_flag)


def _executed(code, functions=()):
    module = types.ModuleType("reference")
    vars(module).update(functions)
    exec(code, vars(module))
    return vars(module)


def _changed(functions, text):
    return _executed(_compiled(text), functions)


@functools.lru_cache(None)
def _needs(function):
    return tuple(inspect.signature(function).parameters)


def _value(functions, name, known):
    if name not in known:
        known[name] = functions[name](*[_value(functions, need, known) for need in _needs(functions[name])])
    return known[name]


_REFERENCE = _compiled({reference!r})
_SHARED = _compiled({shared!r})
"""

_OWN = "_right, _shared = _executed(_REFERENCE), _executed(_SHARED)\n"
"""what one version keeps at the top of the reference is none of the others' business"""


def hand_in(homework: Homework, planted: Sequence[Planted]) -> bytes:
    """A submission that holds these functions, each as a version of its own; or classes around them."""
    asked = homework.rubric.asked
    parts = [_head(homework)]
    if asked:
        parts.append(CLASS_HELPERS)
        parts += [class_around(homework, asked, name) for name in dict.fromkeys(each.function for each in planted)]
    for place, each in enumerate(planted):
        whole = f"_class_around_{each.function}({each.function})" if asked else each.function
        body = f"{_OWN}{each.source}\nreturn {whole}\n"
        version = version_name(each.function, place)
        parts.append(f"def _planted_{place}():\n{textwrap.indent(body, '    ')}\n\n{version} = _planted_{place}()\n")
    return "\n\n".join(parts).encode()


def version_name(function: str, place: int) -> str:
    """What one of several versions of a function is called in a hand-in."""
    return f"{function}_version_{place}"


def right_one(homework: Homework, function: str) -> Planted:
    """The reference itself, as far as one criterion looks at it, to be handed in as what is planted is."""
    asks = _asks(homework, homework.graph.needs(_returns(homework, function)), function)
    return Planted("fault", function, 0, "", function, 0, asks, _function(homework, function, asks, 0, "_right"))


def _head(homework: Homework) -> str:
    return _HEAD.format(reference=_source_of(homework), shared=_shared_by_mistakes(homework))


def _criterion(homework: Homework, function: str) -> Criterion:
    return next(each for each in homework.rubric.criteria if each.function == function)


def _returns(homework: Homework, function: str) -> str:
    """The quantity that a student's function gives."""
    return _criterion(homework, function).returns


def right_ones(homework: Homework, convention: int) -> bytes:
    """The reference as a submission: every function of the rubric, under one convention."""
    parts = [_head(homework), _OWN]
    for criterion in homework.rubric.criteria:
        asks = _asks(homework, homework.graph.needs(criterion.function), criterion.function)
        parts.append(_function(homework, criterion.function, asks, convention, "_right"))
    return "\n\n".join(parts).encode()


def everything(homework: Homework) -> list[Planted]:
    """All mutants of the reference, all known mistakes and all general faults, under every convention that matters."""
    changed = _mutants(homework)
    planted: dict[tuple[str, str], Planted] = {}
    for each in _under_conventions(homework, changed):
        planted.setdefault((each.function, each.source), each)
    return list(planted.values())


def _under_conventions(homework: Homework, changed: Sequence[Mutant]) -> list[Planted]:
    return [
        planted
        for convention in range(len(homework.conventions))
        for planted in (
            *_from_mutants(homework, changed, convention),
            *_from_mistakes(homework, convention),
            *_from_faults(homework, convention),
        )
    ]


def not_asked_for(homework: Homework) -> list[str]:
    """The quantities of the reference that no function of the rubric needs."""
    functions = {criterion.function for criterion in homework.rubric.criteria}
    needed = functions.union(*(homework.graph.ancestors(name) for name in functions))
    return sorted(homework.graph.quantities - needed)


def mutants_of(homework: Homework, quantities: Sequence[str]) -> list[Mutant]:
    """The mutants of some functions of the reference."""
    return [each for each in _mutants(homework) if each.function in quantities]


# ---------------------------------------------------------------- mutants


@lru_cache(maxsize=8)
def _mutants(homework: Homework) -> list[Mutant]:
    return mutants(_source_of(homework), _neighbours(homework))


@lru_cache(maxsize=8)
def _source_of(homework: Homework) -> str:
    """The reference; of a class's, what students compute: the properties are left out, line by line."""
    source = homework.file.reference.read_text(encoding="utf-8")
    if homework.rubric.asked is None:
        return source
    calls, graph = _calls(source), homework.graph
    wanted = {_returns(homework, function) for function in _functions(homework)}
    wanted |= {name for each in homework.misconceptions for name in (each.quantity, *each.needs)} & graph.quantities
    wanted |= {each.gradient.of for each in homework.rubric.criteria if each.gradient}
    wanted |= {name for each in wanted for name in graph.ancestors(each)}
    wanted |= {helper for name in wanted for helper in calls.get(name, ())}
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name not in wanted:
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            lines[first - 1 : node.end_lineno] = [""] * ((node.end_lineno or node.lineno) - first + 1)
    return "\n".join(lines) + "\n"


@lru_cache(maxsize=8)
def plain_source(homework: Homework) -> str:
    """The reference with every function written as one: what a mutant's source is executed after."""
    tree = ast.parse(_source_of(homework))
    tree.body = as_functions(tree)
    return ast.unparse(tree)


def _neighbours(homework: Homework) -> dict[str, dict[str, list[str]]]:
    """function -> parameter -> other quantities of its shape that are known by then."""
    graph, letters = homework.graph, homework.letters
    found: dict[str, dict[str, list[str]]] = {}
    for function in graph.quantities:
        known = sorted(name for name in graph.ancestors(function) if letters.get(name))
        needs = [need for need in graph.needs(function) if letters.get(need)]
        found[function] = {
            need: [other for other in known if other != need and letters[other] == letters[need]] for need in needs
        }
    return found


def _from_mutants(homework: Homework, changed: Sequence[Mutant], convention: int) -> Iterator[Planted]:
    calls = _calls(_source_of(homework))
    graph = homework.graph
    for mutant in changed:
        # A helper shows in the quantities that call it.
        free = {c.function for c in homework.rubric.criteria if c.returns != c.function}  # no student computes these
        quantities = [
            q for q in sorted(graph.quantities) if q == mutant.function or mutant.function in calls.get(q, ())
        ]
        quantities = [q for q in quantities if q not in free]
        if homework.rubric.asked:  # what several criteria ask of one method, it does in one place
            quantities = [q for q in quantities if q == mutant.function] or quantities[:1]
        for function in dict.fromkeys(f for q in quantities for f in _shows_in(homework, q)):
            returns = _returns(homework, function)
            needs = _parameters(mutant) if mutant.function == returns else graph.needs(returns)
            own = returns in quantities
            asks = _asks(homework, needs, function) if own else _leaves(homework, function)
            source = f"_{function} = _changed(_right, {mutant.source!r})\n"
            source += _function(homework, function, asks, convention, f"_{function}")
            yield Planted("mutant", function, convention, mutant.said, mutant.function, mutant.line, asks, source)


def _calls(source: str) -> dict[str, set[str]]:
    """function -> the helpers of its file that it uses, at second hand too."""
    functions = {node.name: node for node in as_functions(ast.parse(source)) if isinstance(node, ast.FunctionDef)}
    uses = {
        name: {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} & functions.keys() - _own_names(node)
        for name, node in functions.items()
    }
    for _ in functions:
        uses = {name: used.union(*(uses[other] for other in used)) for name, used in uses.items()}
    return uses


def _own_names(node: ast.FunctionDef) -> set[str]:
    """The function's own name and its parameters: no other function's, though a quantity may be called the same."""
    return {node.name, *(argument.arg for argument in node.args.args)}


def _parameters(mutant: Mutant) -> tuple[str, ...]:
    node = next(
        n for n in ast.parse(mutant.source).body if isinstance(n, ast.FunctionDef) and n.name == mutant.function
    )
    return tuple(argument.arg for argument in node.args.args)


def _functions(homework: Homework) -> list[str]:
    return [criterion.function for criterion in homework.rubric.criteria if can_be_planted(criterion)]


@lru_cache(maxsize=256)
def _shows_in(homework: Homework, quantity: str) -> list[str]:
    """The functions of the rubric in which a wrong quantity shows first: itself, or those that lead back to it."""
    functions = _functions(homework)
    if quantity in functions:
        return [quantity]
    graph = homework.graph
    others = {f: {_returns(homework, other) for other in functions} - {_returns(homework, f)} for f in functions}
    return [f for f in functions if graph.reaches(_returns(homework, f), quantity, others[f])]


def _leaves(homework: Homework, function: str) -> tuple[str, ...]:
    """The inputs and sizes that a function depends on in the end."""
    known = [*homework.rubric.inputs, *homework.rubric.dimensions]
    above = homework.graph.ancestors(function)
    return tuple(name for name in known if name in above)


def _asks(homework: Homework, needs: Iterable[str], function: str) -> tuple[str, ...]:
    """What a hand-in asks for to have `needs`: what is on offer, and else what that is computed from."""
    offered = next(each.offered for each in homework.calls.wanted if each.name == function)
    asks: dict[str, None] = {}
    for need in needs:
        if need in offered:
            asks[need] = None
        elif need in homework.graph.quantities:
            asks |= dict.fromkeys(_asks(homework, homework.graph.needs(need), function))
    return tuple(asks)


def _known(
    homework: Homework, asks: Sequence[str], convention: int, needed: Collection[str], **more: str | float
) -> str:
    constants = {n: v for n, v in homework.conventions[convention].constants.items() if n in needed}
    constants = {**constants, **more}
    pairs = [f"{name!r}: {name}" for name in asks] + [f"{name!r}: {value!r}" for name, value in constants.items()]
    return "{" + ", ".join(pairs) + "}"


def _needed(homework: Homework, names: Iterable[str], asks: Collection[str]) -> frozenset[str]:
    """These, and what they are computed from, as far as it is not asked for."""
    found: set[str] = set()
    rest = list(names)
    while rest:
        name = rest.pop()
        if name not in found and name not in asks:
            found.add(name)
            rest += homework.graph.needs(name)
    return frozenset(found)


def _function(
    homework: Homework, function: str, asks: Sequence[str], convention: int, functions: str, name: str = ""
) -> str:
    returns = _returns(homework, function)
    known = _known(homework, asks, convention, _needed(homework, [returns], asks))
    return f"def {name or function}({', '.join(asks)}):\n    return _value({functions}, {returns!r}, {known})\n"


# ---------------------------------------------------------------- known mistakes


def _from_mistakes(homework: Homework, convention: int) -> Iterator[Planted]:
    public = {node.name: node for node in _mistakes_file(homework) if _is_mistake(node)}
    for each in homework.misconceptions:
        name = each.function.__name__
        text = ast.unparse(public[name])
        for function in _shows_in(homework, each.quantity):
            returns = _returns(homework, function)
            own = each.quantity == returns
            asks = _asks(homework, each.needs, function) if own else _leaves(homework, function)
            needed = _needed(homework, [returns, *each.needs], asks)
            for number in _NUMBERS if NUMBER in each.needs else (None,):
                more = {} if number is None else {NUMBER: number}
                body = (
                    f"_{function} = _changed(_shared, {text!r})[{name!r}]\n"
                    f"def {function}({', '.join(asks)}):\n"
                    f"    known = {_known(homework, asks, convention, needed, **more)}\n"
                    f"    known[{each.quantity!r}] = _{function}("
                    f"*[_value(_right, need, known) for need in {each.needs!r}])\n"
                    f"    return _value(_right, {returns!r}, known)\n"
                )
                said = name if number is None else f"{name}, with {number:g}"
                yield Planted("mistake", function, convention, said, each.quantity, 0, asks, body)


@lru_cache(maxsize=8)
def _shared_by_mistakes(homework: Homework) -> str:
    """What stands in the file of known mistakes beside them: imports, helpers, constants."""
    return "\n".join(ast.unparse(node) for node in _mistakes_file(homework) if not _is_mistake(node))


def _mistakes_file(homework: Homework) -> list[ast.stmt]:
    path = homework.file.misconceptions
    if not homework.misconceptions or not path.is_file():
        return []
    return [node for node in ast.parse(path.read_text(encoding="utf-8")).body if not _is_text(node)]


def _is_mistake(node: ast.stmt) -> TypeGuard[ast.FunctionDef]:
    return isinstance(node, ast.FunctionDef) and not node.name.startswith("_")


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


# ---------------------------------------------------------------- general faults


def _from_faults(homework: Homework, convention: int) -> Iterator[Planted]:
    for criterion in homework.rubric.criteria:
        if not can_be_planted(criterion):
            continue
        function = criterion.function
        asks = _asks(homework, homework.graph.needs(criterion.returns), function)
        plain = [n for n in asks if (leaf := homework.rubric.inputs.get(n)) and leaf.kind == "label" and not leaf.shape]
        # What one method remembers, it remembers in every criterion: where a value is compared, it is looked for.
        compared = criterion.object is None or (criterion.returns == function and criterion.object.calls)
        faults = (*FAULTS, *(remembering(name) for name in asks))
        for fault in faults if compared else (each for each in FAULTS if not (each.before or each.at_extremes)):
            if plain or not fault.for_labels:
                yield _around(homework, function, asks, convention, fault)
        if LEAVES_INPUTS_ALONE in criterion.points:
            spoiling = "for each in given.values():\n    if np.ndim(each):\n        each += 1\nreturn value"
            yield _around(homework, function, asks, convention, Fault("its arguments are written into", spoiling))


def _around(homework: Homework, function: str, asks: tuple[str, ...], convention: int, fault: Fault) -> Planted:
    given = "{" + ", ".join(f"{name!r}: {name}" for name in asks) + "}"
    body = f"given = {given}\nvalue = np.array(right(**given), dtype=float)\n{fault.body}"
    source = (
        f"def _planted_in_{function}():\n"
        + textwrap.indent(_function(homework, function, asks, convention, "_right", "right"), "    ")
        + (textwrap.indent(fault.before, "    ") + "\n" if fault.before else "")
        + f"    def {function}({', '.join(asks)}):\n"
        + textwrap.indent(body, "        ")
        + f"\n    return {function}\n\n\n{function} = _planted_in_{function}()\n"
    )
    return Planted("fault", function, convention, fault.name, function, 0, asks, source, fault.seen_by)
