"""Can one function of this file leave something behind that another finds? For most files plainly not.

Then a function that fails need not be called again alone. The answer errs on the side of "it can".
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

_HARMLESS_MODULES_TEXT = """
    __future__ abc cmath collections copy functools itertools math numbers numpy operator random time typing
"""
_HARMLESS_MODULES = frozenset(_HARMLESS_MODULES_TEXT.split())
_REACHING_TEXT = """
    __import__ builtins compile delattr eval exec globals locals setattr sys vars cache lru_cache seterr
    seterrcall set_printoptions setbufsize
"""
_REACHING = frozenset(_REACHING_TEXT.split())
_GENERIC_TEXT = """
    NDArray Annotated Callable Dict Final Iterable Iterator List Mapping Optional Sequence Set Tuple Type Union
"""
_GENERIC = frozenset(_GENERIC_TEXT.split())
"""types that take others in brackets, and make nothing but a type"""
_REACHING_NODES = (ast.Global, ast.Nonlocal, ast.ClassDef, ast.AsyncFunctionDef)


def leaves_nothing(tree: ast.Module) -> bool:
    """Whether the file is functions and fixed values alone, none of which writes to anything but its own.

    Of a file that could not be read, whose tree is empty, nothing is known.
    """
    try:
        return bool(tree.body) and all(_passes(statement) for statement in tree.body)
    except RecursionError:  # nobody writes such a file to be read
        return False


def _passes(statement: ast.stmt) -> bool:
    match statement:
        case ast.Import() | ast.ImportFrom():
            return _harmless_import(statement)
        case ast.FunctionDef():
            return not statement.decorator_list and _function_passes(statement)
        case ast.Assign(targets=targets, value=value):
            return all(isinstance(target, ast.Name) for target in targets) and _is_fixed(value)
        case ast.AnnAssign(target=ast.Name(), value=ast.expr() as value):
            return _is_fixed(value)
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()]), orelse=[]):
            return True  # what stands under it is not run
        case _:
            return isinstance(statement, ast.Pass) or (
                isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
            )


def _harmless_import(statement: ast.Import | ast.ImportFrom) -> bool:
    names = [statement.module or ""] if isinstance(statement, ast.ImportFrom) else [a.name for a in statement.names]
    return all(name.partition(".")[0] in _HARMLESS_MODULES for name in names)


def _is_fixed(value: ast.expr) -> bool:
    """A number, a text, a tuple of them, another name for something, a type, a small function."""
    if isinstance(value, ast.Lambda):
        return _function_passes(value)
    if isinstance(value, ast.Subscript):
        return _last_name(value.value) in _GENERIC and _is_fixed(value.slice)
    if isinstance(value, ast.Tuple):
        return all(_is_fixed(part) for part in value.elts)
    plain = ast.Constant | ast.Name | ast.Attribute | ast.UnaryOp | ast.BinOp | ast.Tuple | ast.operator | ast.unaryop
    return all(isinstance(node, plain | ast.expr_context) for node in ast.walk(value)) and not _reaches(value)


def _function_passes(function: ast.FunctionDef | ast.Lambda) -> bool:
    arguments = function.args
    defaults = [*arguments.defaults, *(default for default in arguments.kw_defaults if default is not None)]
    if not all(_is_fixed(default) for default in defaults):
        return False
    own: set[str] = set()
    written: list[ast.Attribute | ast.Subscript] = []
    for node in _inside(function):
        kind = type(node)
        if kind is ast.Name:
            if _names_a_way(node.id):
                return False
            if type(node.ctx) is ast.Store:
                own.add(node.id)
        elif kind is ast.Attribute or kind is ast.Subscript:
            if kind is ast.Attribute and _names_a_way(node.attr):
                return False
            if type(node.ctx) is not ast.Load:
                written.append(node)
        elif kind is ast.arg:
            own.add(node.arg)
        elif kind is ast.Import or kind is ast.ImportFrom:
            if not _harmless_import(node):
                return False
        elif kind in _REACHING_NODES:
            return False
    return all(_base(target) in own for target in written)


def _last_name(value: ast.AST) -> str:
    """The name after all dots; empty if it is no name."""
    return value.attr if isinstance(value, ast.Attribute) else value.id if isinstance(value, ast.Name) else ""


def _base(target: ast.expr) -> str:
    """The name before all the dots and brackets; empty if it is no name."""
    while isinstance(target, ast.Attribute | ast.Subscript):
        target = target.value
    return target.id if isinstance(target, ast.Name) else ""


def _inside(tree: ast.AST) -> Iterator[Any]:
    """Every node of a tree, but what stands below a name or a constant: as `ast.walk`, and faster."""
    left = [tree]
    while left:
        node = left.pop()
        yield node
        if type(node) is ast.Name or type(node) is ast.Constant:
            continue
        for field in node._fields:
            value = getattr(node, field, None)
            if type(value) is list:
                left += [part for part in value if isinstance(part, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context | ast.operator):
                left.append(value)


def _reaches(tree: ast.AST) -> bool:
    """Whether it names a way to change what is not its own."""
    return any(isinstance(node, _REACHING_NODES) or _names_a_way(_last_name(node)) for node in _inside(tree))


def _names_a_way(name: str) -> bool:
    return name in _REACHING or (name[:2] == "__" == name[-2:])
