"""Can one function of this file leave something behind that another finds? For most files plainly not.

Then a function that fails need not be called again alone. The answer errs on the side of "it can".
"""

from __future__ import annotations

import ast

_HARMLESS_MODULES_TEXT = """
    __future__ abc cmath collections copy functools itertools math numbers numpy operator random time typing
"""
_HARMLESS_MODULES = frozenset(_HARMLESS_MODULES_TEXT.split())
_REACHING_TEXT = """
    __import__ builtins compile delattr eval exec globals locals setattr sys vars cache lru_cache seterr
    seterrcall set_printoptions setbufsize
"""
_REACHING = frozenset(_REACHING_TEXT.split())


def leaves_nothing(tree: ast.Module) -> bool:
    """Whether the file is functions and fixed values alone, none of which writes to anything but its own."""
    return all(_passes(statement) for statement in tree.body)


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
    """A number, a text, a tuple of them, another name for something, a small function."""
    if isinstance(value, ast.Lambda):
        return _function_passes(value)
    plain = ast.Constant | ast.Name | ast.Attribute | ast.UnaryOp | ast.BinOp | ast.Tuple | ast.operator | ast.unaryop
    return all(isinstance(node, plain | ast.expr_context) for node in ast.walk(value)) and not _reaches(value)


def _function_passes(function: ast.FunctionDef | ast.Lambda) -> bool:
    arguments = function.args
    defaults = [*arguments.defaults, *(default for default in arguments.kw_defaults if default is not None)]
    if not all(_is_fixed(default) for default in defaults) or _reaches(function):
        return False
    own = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    own |= {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for node in ast.walk(function):
        if isinstance(node, ast.Import | ast.ImportFrom) and not _harmless_import(node):
            return False
        if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            base: ast.expr = node
            while isinstance(base, ast.Attribute | ast.Subscript):
                base = base.value
            if not (isinstance(base, ast.Name) and base.id in own):
                return False
    return True


def _reaches(tree: ast.AST) -> bool:
    """Whether it names a way to change what is not its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Global | ast.Nonlocal | ast.ClassDef | ast.AsyncFunctionDef):
            return True
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        if name in _REACHING or (name.startswith("__") and name.endswith("__")):
            return True
    return False
