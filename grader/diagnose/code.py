"""What a student's code looks like, as far as it decides between two explanations of the same numbers.

Only the syntax tree is read; nothing is run. A function is read together with the functions of the same file that it
calls.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from grader.models import ONE_FILE, Files
from grader.sandbox.inside.program import parsed

_LOOPS = (ast.For, ast.While, ast.comprehension)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_MOST_NUMBERS = 12
_LARGEST_NUMBER = 1000
"""a larger one is never tried: a mistake may make an array of that size"""
_LONGEST = 200_000
"""bytes; a longer file is not read, only run"""


class File:
    """What can be parsed of a submission: its one file, or all of them, as if they were one."""

    def __init__(self, source: bytes, files: Files = ONE_FILE) -> None:
        self._source, self._files = source, files

    @cached_property
    def tree(self) -> ast.Module:
        """All its statements; none of what can not be read."""
        stretches = (*self._files.stretches[1:], *self._files.stretches[:1])  # the graded file last: its names count
        return parsed(self._source, stretches) if len(self._source) <= _LONGEST else ast.Module([], [])

    @cached_property
    def top(self) -> dict[str, ast.AST]:
        """What is defined at the top level, by name: functions, and the values that are assigned."""
        found: dict[str, ast.AST] = {}
        for statement in self.tree.body:
            if isinstance(statement, (*_DEFINITIONS, ast.ClassDef)):
                found[statement.name] = statement
            elif isinstance(statement, ast.Assign):
                for target in statement.targets:
                    if isinstance(target, ast.Name):
                        found[target.id] = statement.value
        return found

    @cached_property
    def imported(self) -> dict[str, str]:
        """Names that an import at the top level brings, each with its module."""
        found: dict[str, str] = {}
        for statement in self.tree.body:
            if isinstance(statement, ast.Import):
                for alias in statement.names:
                    found[alias.asname or alias.name.partition(".")[0]] = alias.name
            elif isinstance(statement, ast.ImportFrom):
                for alias in statement.names:
                    found[alias.asname or alias.name] = statement.module or ""
        return found

    @cached_property
    def written_elsewhere(self) -> dict[str, set[str]]:
        """Variables of the module that functions write to, each with the names of those functions."""
        found: dict[str, set[str]] = {}
        for name, node in self.top.items():
            if not isinstance(node, _DEFINITIONS):
                continue
            declared = {each for part in ast.walk(node) if isinstance(part, ast.Global) for each in part.names}
            for part in ast.walk(node):
                if isinstance(part, ast.Subscript | ast.Attribute) and not isinstance(part.ctx, ast.Load):
                    base = _base(part)
                    if base in self.top and base not in _own(node):
                        found.setdefault(base, set()).add(name)
            for each in declared:
                found.setdefault(each, set()).add(name)
        return found


class Code:
    """The code behind one graded function."""

    def __init__(self, file: File, function: str, lines: tuple[int, int] | None = None) -> None:
        self.file = file
        self.function = function
        self.own = self._definition(lines)
        """the function itself; None where it can not be found"""
        self.bodies: list[ast.AST] = [] if self.own is None else [self.own]
        for body in self.bodies:  # grows while it is walked: what is called is read too
            own = _own(body)
            for node in ast.walk(body):
                called = file.top.get(node.id) if isinstance(node, ast.Name) and node.id not in own else None
                if called is not None and called not in self.bodies and len(self.bodies) < 20:
                    self.bodies.append(called)

    def _definition(self, lines: tuple[int, int] | None) -> ast.AST | None:
        found = self.file.top.get(self.function)
        if lines is not None and not (isinstance(found, _DEFINITIONS) and lines[0] <= found.lineno <= lines[1]):
            for node in ast.walk(self.file.tree):
                if isinstance(node, (*_DEFINITIONS, ast.Lambda)) and lines[0] <= node.lineno <= lines[1]:
                    return node
        return found

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the function and of what it calls."""
        return [node for body in self.bodies for node in ast.walk(body)]

    @cached_property
    def own_nodes(self) -> list[ast.AST]:
        """Every node of the function itself."""
        return [] if self.own is None else list(ast.walk(self.own))

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name and attribute."""
        return frozenset(
            node.id if isinstance(node, ast.Name) else node.attr
            for node in self.nodes
            if isinstance(node, ast.Name | ast.Attribute)
        )

    @cached_property
    def numbers(self) -> tuple[float, ...]:
        """The numbers that are written in the code, in order: a rate, a threshold, a size."""
        found: dict[float, None] = {}
        for node in self.nodes:
            value = _number(node)
            if value is not None and abs(value) <= _LARGEST_NUMBER and value not in (0, 1, -1):
                found[float(value)] = None
        return tuple(found)[:_MOST_NUMBERS]

    def calls(self, *names: str) -> bool:
        """Whether one of these is called, or taken as a method."""
        return not self.names.isdisjoint(names)

    def uses(self, module: str) -> bool:
        """Whether something of a module that the file imports is used."""
        return any(name in self.names for name, origin in self.file.imported.items() if origin == module)

    @cached_property
    def loops(self) -> bool:
        """Whether there is a loop."""
        return any(isinstance(node, _LOOPS) for node in self.nodes)

    @cached_property
    def returns_in_loop(self) -> bool:
        """Whether a return stands inside a loop."""
        loops = (node for node in self.nodes if isinstance(node, ast.For | ast.While))
        return any(isinstance(node, ast.Return) for loop in loops for node in ast.walk(loop))

    @cached_property
    def ranges(self) -> bool:
        """Whether a loop counts through a range with bounds of its own: `range(1, m)`, `range(len(hs) - 1)`."""
        calls = [n for n in self.nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.args]
        return any(
            n.func.id in ("range", "xrange")  # type: ignore[attr-defined]
            and (len(n.args) > 1 or isinstance(n.args[0], ast.BinOp))
            for n in calls
        )

    @cached_property
    def slices(self) -> bool:
        """Whether something is sliced with a bound."""
        return any(isinstance(node, ast.Slice) and (node.lower or node.upper) for node in self.nodes)

    @cached_property
    def transposes(self) -> bool:
        """Whether something is transposed."""
        return self.calls("T", "transpose", "swapaxes")

    @cached_property
    def transposes_itself(self) -> bool:
        """Whether the function itself transposes something, not only what it calls."""
        return any(isinstance(n, ast.Attribute) and n.attr in ("T", "transpose", "swapaxes") for n in self.own_nodes)

    @cached_property
    def compares_at_zero(self) -> bool:
        """Whether a comparison lets 0 through on one side or the other."""
        loose = (ast.GtE, ast.Lt, ast.LtE)
        return self.calls("heaviside", "greater_equal", "less", "less_equal", "sign") or any(
            isinstance(node, ast.Compare) and any(isinstance(op, loose) for op in node.ops) for node in self.nodes
        )

    @cached_property
    def discards(self) -> bool:
        """Whether a statement computes something and throws it away."""
        computed = (ast.BinOp, ast.Compare, ast.UnaryOp, ast.Subscript)
        statements = [node.value for node in self.nodes if isinstance(node, ast.Expr)]
        pure = ("subtract", "add", "multiply", "divide", "dot", "outer", "where", "delete", "negative")
        return any(
            isinstance(value, computed)
            or (
                isinstance(value, ast.Call)
                and isinstance(value.func, ast.Attribute)
                and value.func.attr in pure
                and not any(keyword.arg == "out" for keyword in value.keywords)
                and len(value.args) < 3
            )
            for value in statements
        )

    @cached_property
    def chained_store(self) -> bool:
        """Whether something is assigned to an index of an index: `g[mask][:] = 0`."""
        copies = self._copies
        return any(
            isinstance(node, ast.Subscript)
            and isinstance(node.ctx, ast.Store)
            and (
                isinstance(node.value, ast.Subscript) or (isinstance(node.value, ast.Name) and node.value.id in copies)
            )
            for node in self.nodes
        ) or any(
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("fill", "put", "itemset", "sort")
            and isinstance(node.func.value, ast.Subscript)
            for node in self.nodes
        )

    @cached_property
    def _copies(self) -> frozenset[str]:
        """Names that were assigned an indexed part: `part = g[mask]`."""
        return frozenset(
            target.id
            for node in self.nodes
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript)
            for target in node.targets
            if isinstance(target, ast.Name)
        )

    @cached_property
    def masked_stores(self) -> int:
        """How often something is assigned where a comparison holds."""
        return sum(
            isinstance(node, ast.Subscript)
            and isinstance(node.ctx, ast.Store)
            and any(isinstance(part, ast.Compare) for part in ast.walk(node.slice))
            for node in self.nodes
        ) + sum(self.calls(name) for name in ("putmask", "place", "copyto"))

    @cached_property
    def branches(self) -> bool:
        """Whether something is decided by a truth value."""
        return any(isinstance(node, ast.If | ast.IfExp | ast.While | ast.BoolOp) for node in self.nodes) or any(
            isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) for node in self.nodes
        )

    @cached_property
    def prints_values(self) -> bool:
        """Whether something that was worked out is printed, and not only a text."""
        prints = [n for n in self.nodes if isinstance(n, ast.Call) and getattr(n.func, "id", "") in ("print", "pprint")]
        return any(not isinstance(argument, ast.Constant) for call in prints for argument in call.args)

    @cached_property
    def compares_products(self) -> bool:
        """Whether a product, not a factor, is compared: `grad_hs * ha > 0`."""
        return any(
            isinstance(side, ast.BinOp) and isinstance(side.op, ast.Mult | ast.MatMult)
            for node in self.nodes
            if isinstance(node, ast.Compare)
            for side in (node.left, *node.comparators)
        )

    @cached_property
    def compares(self) -> bool:
        """Whether something is compared."""
        return any(isinstance(node, ast.Compare) for node in self.nodes)

    @cached_property
    def adds(self) -> bool:
        """Whether + or * is used."""
        signs = (ast.Add, ast.Mult)
        return any(isinstance(n, ast.BinOp | ast.AugAssign) and isinstance(n.op, signs) for n in self.nodes)

    @cached_property
    def returns_an_argument(self) -> bool:
        """Whether something is worked out, and then a parameter is returned as it came."""
        made = {n.id for n in self.own_nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        returned = [value.id for value in self.returns if isinstance(value, ast.Name)]
        return bool(made) and bool(returned) and all(name in self.parameters and name not in made for name in returned)

    @cached_property
    def returns(self) -> list[ast.expr]:
        """What is returned, in the function itself."""
        if isinstance(self.own, ast.Lambda):
            return [self.own.body]
        return [n.value for n in self.own_nodes if isinstance(n, ast.Return) and n.value is not None]

    @cached_property
    def builds_lists(self) -> bool:
        """Whether lists are built."""
        made = any(isinstance(node, ast.List | ast.ListComp) for node in self.nodes)
        return made or self.calls("list", "append", "extend", "tolist")

    @cached_property
    def floor_divides(self) -> bool:
        """Whether // is used."""
        return any(isinstance(n, ast.BinOp | ast.AugAssign) and isinstance(n.op, ast.FloorDiv) for n in self.nodes)

    @cached_property
    def keeps_state(self) -> bool:
        """Whether the function can remember something: a variable of the module, a default, a cache, an attribute."""
        if self.calls("lru_cache", "cache") or any(isinstance(n, ast.Global | ast.Nonlocal) for n in self.nodes):
            return True
        for node in self.nodes:
            if isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load):
                base = _base(node)
                if base in self.file.top:
                    return True
            if isinstance(node, _DEFINITIONS):
                defaults = [*node.args.defaults, *node.args.kw_defaults]
                if any(isinstance(default, ast.List | ast.Dict | ast.Call) for default in defaults):
                    return True
        stored = {n.func.value.id for n in self.nodes if _is_method_of_name(n, ("append", "extend", "update", "add"))}  # type: ignore[attr-defined]
        return any(name in self.file.top for name in stored)

    @cached_property
    def reads_others_state(self) -> bool:
        """Whether the function reads a variable of the module that another function writes."""
        own = {self.function, *(body.name for body in self.bodies if isinstance(body, _DEFINITIONS))}
        others = {name for name, writers in self.file.written_elsewhere.items() if writers and not writers & own}
        loaded = {n.id for n in self.nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
        return bool(loaded & others)

    @cached_property
    def multiplies_matrices(self) -> bool:
        """Whether there is a product of matrices or vectors."""
        products = ("dot", "matmul", "outer", "inner", "einsum", "tensordot", "vdot", "kron")
        return any(
            (isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.MatMult))
            or (isinstance(node, ast.Attribute) and node.attr in products)
            or (isinstance(node, ast.Name) and node.id in products)
            for node in self.own_nodes
        )

    @cached_property
    def fills_by_index(self) -> bool:
        """Whether entries are assigned one by one in a loop."""
        loops = [node for node in self.nodes if isinstance(node, ast.For)]
        return any(
            isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store)
            for loop in loops
            for part in ast.walk(loop)
        )

    @cached_property
    def parameters(self) -> list[str]:
        """The parameters of the function itself."""
        if isinstance(self.own, (*_DEFINITIONS, ast.Lambda)):
            return [argument.arg for argument in self.own.args.args]
        return []


def _is_method_of_name(node: ast.AST, methods: tuple[str, ...]) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in methods
        and isinstance(node.func.value, ast.Name)
    )


def _base(node: ast.AST) -> str:
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _own(function: ast.AST) -> set[str]:
    """The names that a function makes itself."""
    return {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)} | {
        node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _number(node: ast.AST) -> float | None:
    """The number that an expression of constants stands for."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return float(node.value) if abs(node.value) < 1e300 else None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _number(node.operand)
        return None if value is None else -value
    if isinstance(node, ast.BinOp):
        left, right = _number(node.left), _number(node.right)
        if left is None or right is None:
            return None
        if isinstance(node.op, ast.Pow) and abs(left) <= 100 and abs(right) <= 20 and left:
            return float(left**right) if left > 0 or right == int(right) else None
        if type(node.op) in _ARITHMETIC and (right or not isinstance(node.op, ast.Div)):
            return float(_ARITHMETIC[type(node.op)](left, right))
    return None


def near_names(code: Code) -> Iterator[str]:
    """Names that a misspelt one can have been meant for: of the file, and of its functions' parameters."""
    yield from code.file.top
    yield from code.file.imported
    for node in code.own_nodes:
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
