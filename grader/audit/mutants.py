"""Mutants of a module: its source with one small change each, as a slip of the pen would make it.

Only the syntax tree is read and written; nothing is run. What stands in a `raise`, in a docstring or in another string
is left alone: it does not compute.
"""

from __future__ import annotations

import ast
import copy
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one change in one function."""

    function: str
    line: int
    before: str
    """the statement as it was, on one line"""
    after: str
    source: str
    """to be executed in the module: the changed function, and after it all that uses it"""

    @property
    def said(self) -> str:
        """The change, on one line; of long statements what is around it."""
        same = _alike(self.before, self.after)
        alike = _alike(self.before[same:][::-1], self.after[same:][::-1])
        return "  ->  ".join(_around(text, same, len(text) - alike) for text in (self.before, self.after))


_LONG = 100
_AROUND = 40
"""characters on each side of the change in a statement that is longer"""


def _alike(one: str, other: str) -> int:
    """With how many characters both begin."""
    return len(os.path.commonprefix([one, other]))  # noqa: RUF071  signs are meant, not paths


def _around(text: str, start: int, end: int) -> str:
    if len(text) <= _LONG:
        return text
    first, last = max(0, start - _AROUND), end + _AROUND
    return f"{'... ' * (first > 0)}{text[first:last]}{' ...' * (last < len(text))}"


def mutants(source: str, neighbours: Mapping[str, Mapping[str, Sequence[str]]]) -> list[Mutant]:
    """All mutants of the functions of a module, each changed source once.

    `neighbours`: function -> name of a parameter -> the quantities that it could be mistaken for.
    """
    body = as_functions(ast.parse(source))
    uses, sets = [_names_in(each, ast.Load) for each in body], [_set_by(each) for each in body]
    found: list[Mutant] = []
    for function in body:
        if not isinstance(function, ast.FunctionDef):
            continue
        users = [body[place] for place in _users(function.name, uses, sets) if body[place] is not function]
        after = "".join(f"\n\n{ast.unparse(each)}" for each in users)
        seen = {ast.unparse(function)}
        statements = [node for node in ast.walk(function) if isinstance(node, _STATEMENTS)]
        for statement in statements:
            for changed, added in _changes(statement, neighbours.get(function.name, {})):
                text = _source_with(function, statement, changed, added)
                if text not in seen:
                    seen.add(text)
                    found.append(
                        Mutant(function.name, statement.lineno, _line(statement), _line(changed), text + after)
                    )
    return found


def _users(name: str, uses: Sequence[set[str]], sets: Sequence[set[str]]) -> list[int]:
    """The places of the statements that have to do with a name, at second hand too, in their order."""
    names, found = {name}, set[int]()
    for _ in uses:
        more = {place for place, used in enumerate(uses) if names & used} - found
        if not more:
            break
        found |= more
        names |= {each for place in more for each in sets[place]}
    return sorted(found)


def _set_by(statement: ast.stmt) -> set[str]:
    """The names that a statement of a module gives a value."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    return _names_in(statement, ast.Store)


def _names_in(statement: ast.stmt, context: type[ast.expr_context]) -> set[str]:
    """The names that a statement uses or sets; a function's parameters are its own."""
    own = {each.arg for each in ast.walk(statement) if isinstance(each, ast.arg)}
    return {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, context)} - own


def as_functions(tree: ast.Module) -> list[ast.stmt]:
    """The statements of a module, with `f = lambda ...` and `f = g` (a function of its own) written as functions."""
    found: list[ast.stmt] = []
    known: dict[str, ast.arguments] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            name, value = node.targets[0].id, node.value
            if isinstance(value, ast.Lambda):
                node = _function(name, value.args, value.body, node)
            elif isinstance(value, ast.Name) and value.id in known:
                arguments = [ast.Name(each.arg, ast.Load()) for each in known[value.id].args]
                node = _function(name, known[value.id], ast.Call(value, list(arguments), []), node)
        if isinstance(node, ast.FunctionDef):
            known[node.name] = node.args
        found.append(node)
    return found


def _function(name: str, arguments: ast.arguments, value: ast.expr, place: ast.stmt) -> ast.FunctionDef:
    made = ast.FunctionDef(name, copy.deepcopy(arguments), [ast.copy_location(ast.Return(value), place)], [])
    return ast.fix_missing_locations(ast.copy_location(made, place))


_STATEMENTS = (ast.Return, ast.Assign, ast.AugAssign, ast.If, ast.For, ast.While, ast.Expr)


def _source_with(function: ast.FunctionDef, statement: ast.stmt, changed: ast.stmt, added: str) -> str:
    """The source of a function with one of its statements changed, and a parameter added if it is not there."""
    arguments, before = function.args.args, dict(ast.iter_fields(statement))
    if added and added not in [argument.arg for argument in arguments]:
        function.args.args = [*arguments, ast.arg(added)]
    for name, value in ast.iter_fields(changed):
        if name not in ("body", "orelse"):  # the statements inside have their own turn
            setattr(statement, name, value)
    text = ast.unparse(function)
    function.args.args = arguments
    for name, value in before.items():
        setattr(statement, name, value)
    return text


def _line(statement: ast.AST) -> str:
    """The statement on one line; of a loop or a condition the head."""
    return ast.unparse(statement).splitlines()[0]


def _changes(statement: ast.stmt, neighbours: Mapping[str, Sequence[str]]) -> Iterator[tuple[ast.stmt, str]]:
    """The statement with one change, and a parameter that the function then needs besides."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return
    if isinstance(statement, ast.AugAssign):
        for operator in _OPERATORS.get(type(statement.op), ()):
            yield _with(statement, "op", operator()), ""
    for path, node in _expressions(statement):
        for other in _others(node):
            yield _put(statement, path, other), ""
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            for name in neighbours.get(node.id, ()):
                yield _put(statement, path, ast.Name(name, ast.Load())), name
    if isinstance(statement, ast.Return) and statement.value is not None:
        yield _with(statement, "value", ast.UnaryOp(ast.USub(), statement.value)), ""


Node = TypeVar("Node", bound=ast.AST)
Path = tuple[tuple[str, int | None], ...]


def _expressions(statement: ast.stmt) -> Iterator[tuple[Path, ast.expr]]:
    """Every expression of a statement, its inner statements left aside, and the way to it."""

    def below(node: ast.AST, path: Path) -> Iterator[tuple[Path, ast.expr]]:
        for name, value in ast.iter_fields(node):
            if name in ("body", "orelse") and isinstance(node, ast.If | ast.For | ast.While):
                continue
            for place, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(child, ast.AST):
                    here = (*path, (name, place))
                    if isinstance(child, ast.expr):
                        yield here, child
                    yield from below(child, here)

    yield from below(statement, ())


def _put(statement: ast.stmt, path: Path, expression: ast.expr) -> ast.stmt:
    """A copy of a statement with another expression at the end of a path; what is not on the way is in both."""
    changed = copy.copy(statement)
    node: ast.AST = changed
    for number, (name, place) in enumerate(path, 1):
        before = getattr(node, name)
        inner = before if place is None else before[place]
        new = copy.copy(inner) if number < len(path) else expression
        setattr(node, name, new if place is None else [*before[:place], new, *before[place + 1 :]])
        node = new
    return changed


def _with(node: Node, name: str, value: object) -> Node:
    changed = copy.copy(node)
    setattr(changed, name, value)
    return changed


# ---------------------------------------------------------------- what can slip

_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.Mult,),
}

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Gt: (ast.GtE, ast.Lt, ast.NotEq),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Lt: (ast.LtE, ast.Gt, ast.NotEq),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}

_CALLS = {
    "maximum": "minimum",
    "minimum": "maximum",
    "sum": "mean",
    "mean": "sum",
    "max": "min",
    "min": "max",
    "exp": "exp2",
    "log": "log2",
    "log1p": "log",
    "expm1": "exp",
    "zeros": "ones",
    "ones": "zeros",
    "outer": "multiply",
    "abs": "square",
    "sign": "abs",
    "tanh": "arctan",
    "sqrt": "square",
}
"""a function of numpy, and another that is written for it"""


def _others(node: ast.expr) -> Iterator[ast.expr]:
    """What may stand there instead."""
    match node:
        case ast.BinOp(left, operator, right):
            for other in _OPERATORS.get(type(operator), ()):
                yield ast.BinOp(left, other(), right)
            yield left
            yield right
            if isinstance(operator, ast.MatMult | ast.Sub | ast.Div):
                yield ast.BinOp(right, operator, left)
            if isinstance(operator, ast.MatMult):
                if isinstance(left, ast.Name):
                    yield ast.BinOp(_turned(left), operator, right)
                if isinstance(right, ast.Name):
                    yield ast.BinOp(left, operator, _turned(right))
        case ast.Compare(left, [operator], [right]):
            for comparison in _COMPARISONS.get(type(operator), ()):
                yield ast.Compare(left, [comparison()], [right])
        case ast.UnaryOp(_, operand):
            yield operand
        case ast.BoolOp(operator, values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
            yield from values
        case ast.IfExp(test, body, orelse):
            yield ast.IfExp(test, orelse, body)
            yield body
            yield orelse
        case ast.Attribute(value, "T"):
            yield value
        case ast.Constant(value):
            yield from (ast.Constant(other) for other in _other_constants(value))
        case ast.Subscript(value, index):
            yield value
            if isinstance(index, ast.Tuple) and len(index.elts) == 2:
                yield ast.Subscript(value, ast.Tuple(index.elts[::-1], ast.Load()), ast.Load())
        case ast.Call():
            yield from _other_calls(node)


def _turned(node: ast.expr) -> ast.Attribute:
    return ast.Attribute(node, "T", ast.Load())


def _other_constants(value: object) -> tuple[int | float, ...]:
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int | float):
        return (value + 1, value - 1)
    return ()


_EITHER_WAY = {"maximum", "minimum", "multiply", "add", "logaddexp", "hypot"}
"""functions whose arguments may be swapped"""


def _name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _other_calls(call: ast.Call) -> Iterator[ast.expr]:
    if call.args:
        yield call.args[0]  # the call removed
    elif isinstance(call.func, ast.Attribute) and not call.keywords:
        yield call.func.value
    for place in range(len(call.args) - 1 if _name_of(call) not in _EITHER_WAY else 0):
        swapped = list(call.args)
        swapped[place : place + 2] = swapped[place : place + 2][::-1]
        yield ast.Call(call.func, swapped, call.keywords)
    for place in range(len(call.keywords)):
        yield ast.Call(call.func, call.args, call.keywords[:place] + call.keywords[place + 1 :])
    if isinstance(call.func, ast.Attribute) and call.func.attr in _CALLS:
        yield ast.Call(_with(call.func, "attr", _CALLS[call.func.attr]), call.args, call.keywords)
