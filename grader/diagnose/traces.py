"""Can one function of this file leave something behind that another finds? For most files plainly not.

Then a function that fails need not be called again alone. The answer errs on the side of "it can".
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import Any

_HARMLESS_MODULES_TEXT = """
    __future__ abc cmath collections copy functools itertools math numbers numpy operator random time typing
"""
_HARMLESS_MODULES = frozenset(_HARMLESS_MODULES_TEXT.split())
_REACHING_TEXT = """
    __import__ builtins compile delattr eval exec getattr globals locals setattr sys vars cache lru_cache seterr
    seterrcall set_printoptions setbufsize empty empty_like
"""
_REACHING = frozenset(_REACHING_TEXT.split())
"""ways to change what is not one's own, or to find what another left; an empty array is what was in memory before"""
_GENERIC_TEXT = """
    NDArray Annotated Callable Dict Final Iterable Iterator List Mapping Optional Sequence Set Tuple Type Union
"""
_GENERIC = frozenset(_GENERIC_TEXT.split())
"""types that take others in brackets, and make nothing but a type"""
_PLAIN = (
    ast.Constant | ast.Name | ast.Attribute | ast.UnaryOp | ast.BinOp | ast.Tuple | ast.operator | ast.unaryop
) | ast.expr_context
_PLACES = frozenset({"os", "os.path", "pathlib"})
_REACHING_NODES = (ast.Global, ast.Nonlocal, ast.ClassDef, ast.AsyncFunctionDef)


def leaves_nothing(tree: ast.Module) -> bool:
    """Whether the file is functions and fixed values alone, none of which writes to anything but its own.

    Of a file that could not be read, whose tree is empty, nothing is known.
    """
    try:
        left = [statement for statement in _flat(tree.body) if not _passes(statement)]
        return bool(tree.body) and (not left or _none_is_read(left, tree))
    except RecursionError:  # nobody writes such a file to be read
        return False


def _flat(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a block; of one that is tried, whichever part of it is executed, and what is caught."""
    for statement in body:
        if isinstance(statement, ast.Try):
            caught = [ast.Assign([], handler.type) for handler in statement.handlers if handler.type is not None]
            handlers = [each for handler in statement.handlers for each in handler.body]
            yield from _flat([*statement.body, *caught, *handlers, *statement.orelse, *statement.finalbody])
        else:
            yield statement


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
        case ast.If():
            return _is_main_block(statement)
        case _:
            return isinstance(statement, ast.Pass) or (
                isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant | ast.Name)
            )


def _is_main_block(statement: ast.stmt) -> bool:
    """Whether what stands under it is not run, and nothing else either."""
    match statement:
        case ast.If(test=ast.Compare(ast.Name("__name__"), [ast.Eq()], [ast.Constant("__main__")]), orelse=[]):
            return True
        case _:
            return False


def _none_is_read(left: list[ast.stmt], tree: ast.Module) -> bool:
    """Whether these statements do no more than to give names, which no function reads, to modules and to places."""
    places = {name for statement in left for name in _modules_of(statement, _PLACES)}
    given = set()
    for statement in left:
        names = _modules_of(statement) or _names_of_place(statement, places)
        if not names:
            return False
        given |= names
    others = (statement for statement in _flat(tree.body) if statement not in left and not _is_main_block(statement))
    return not any(given & _read(statement) for statement in others)


def _modules_of(statement: ast.stmt, among: Collection[str] | None = None) -> set[str]:
    """The names that an import gives, to these modules or to any; none, if it does not say which."""
    if not isinstance(statement, ast.Import | ast.ImportFrom) or any(each.name == "*" for each in statement.names):
        return set()
    return {
        each.asname or each.name.partition(".")[0]
        for each in statement.names
        if among is None or (statement.module if isinstance(statement, ast.ImportFrom) else each.name) in among
    }


def _names_of_place(statement: ast.stmt, places: Collection[str]) -> set[str]:
    """The names given to where a file lies, as in `HERE = os.path.dirname(__file__)`; none, if it is something else."""
    if not isinstance(statement, ast.Assign) or not all(isinstance(each, ast.Name) for each in statement.targets):
        return set()
    plain = _PLAIN | ast.Call | ast.JoinedStr | ast.FormattedValue
    for node in ast.walk(statement.value):
        if not isinstance(node, plain) or (isinstance(node, ast.Call) and _root(node.func) not in places):
            return set()
    return {each.id for each in statement.targets if isinstance(each, ast.Name)}


def _root(called: ast.expr) -> str:
    """The name that calls and attributes begin with, `Path` of `Path(__file__).resolve`; empty if there is none."""
    while isinstance(called, ast.Attribute | ast.Call):
        called = called.value if isinstance(called, ast.Attribute) else called.func
    return called.id if isinstance(called, ast.Name) else ""


def _read(statement: ast.stmt) -> set[str]:
    """The names outside it that a statement reads, now or when it is called; rather too many than too few."""
    names = {node.id for node in _inside(statement) if type(node) is ast.Name and type(node.ctx) is ast.Load}
    if isinstance(statement, ast.FunctionDef):
        every = statement.args
        names -= {argument.arg for argument in (*every.posonlyargs, *every.args, *every.kwonlyargs)}
        names.update(*(_read(ast.Expr(value)) for value in (*every.defaults, *every.kw_defaults) if value is not None))
    return names


def _harmless_import(statement: ast.Import | ast.ImportFrom) -> bool:
    names = [statement.module or ""] if isinstance(statement, ast.ImportFrom) else [a.name for a in statement.names]
    asked = {part for alias in statement.names for part in alias.name.split(".")}
    return all(name.partition(".")[0] in _HARMLESS_MODULES for name in names) and not any(map(_names_a_way, asked))


def _is_fixed(value: ast.expr) -> bool:
    """A number, a text, a tuple of them, another name for something, a type, a small function."""
    if isinstance(value, ast.Lambda):
        return _function_passes(value)
    if isinstance(value, ast.Subscript):
        return _last_name(value.value) in _GENERIC and _is_fixed(value.slice)
    if isinstance(value, ast.Tuple):
        return all(_is_fixed(part) for part in value.elts)
    return all(isinstance(node, _PLAIN) for node in ast.walk(value)) and not _reaches(value)


def _function_passes(function: ast.FunctionDef | ast.Lambda) -> bool:
    arguments = function.args
    defaults = [*arguments.defaults, *(default for default in arguments.kw_defaults if default is not None)]
    if not all(_is_fixed(default) for default in defaults):
        return False
    own: set[str] = set()
    written: list[ast.Subscript] = []
    for node in _inside(function):
        kind = type(node)
        if kind is ast.Name:
            if _names_a_way(node.id):
                return False
            if type(node.ctx) is ast.Store:
                own.add(node.id)
        elif kind is ast.Attribute or kind is ast.Subscript:
            if kind is ast.Attribute and (_names_a_way(node.attr) or type(node.ctx) is not ast.Load):
                return False  # whatever has an attribute may be known by another name too
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
