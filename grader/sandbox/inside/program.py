"""A student's file, executed statement by statement.

A statement that fails is reported and skipped, so that a missing data file, a plot or a training run at the bottom
costs nothing: the functions that work are still there. One that hung or killed the process before is left out.
"""

from __future__ import annotations
import __future__

import ast
import difflib
import functools
import inspect
import sys
import types
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from . import words
from .binding import fold
from .own_files import OwnFiles
from .words import Words

FILE_NAME = "submission.py"
MAX_TEXT = 4000
"""Longer texts are cut here; the grader cuts them again, after it has made them the same for every run."""


_NOTHING = compile("", FILE_NAME, "exec")


class UnreadableError(Exception):
    """Python can not read the file; the words say why, and where; the reason is Python's own, without the place."""

    def __init__(self, text: Words, reason: str = "") -> None:
        super().__init__(text)
        self.words = text
        self.reason = reason


class Program:
    """The statements of a file, ready to be executed as often as wanted, each time in a module of its own."""

    def __init__(self, source: bytes, notebook: bool = False, files: Sequence[Sequence[Any]] = ()) -> None:
        """`files` are (path, start, end, first line) of each file in the source, the graded one first, if several."""
        self.tree = _one_by_one(_parse(source[: files[0][2]] if files else source))
        self._notebook = notebook
        self._others = [_other(source[start:end], path, line) for path, start, end, line in files[1:]]
        self._own = OwnFiles([file[0] for file in files], self._run_other) if self._others else None
        self._left_out: Collection[int] = ()
        self._before: Callable[[int], None] = _nothing
        self.namespace: dict[str, Any] = {}
        self.failed: dict[int, str] = {}
        self.able: dict[int, tuple[type, int]] = {}
        """of a class, by its identity: how many of the wanted methods it has"""
        self._functions: dict[str, Callable[..., Any]] = {}
        self._at_top = {
            (first, node.name): (first, node.end_lineno or node.lineno)
            for node in reversed(self.tree.body)
            if type(node) is ast.FunctionDef and (first := _first_line(node))
        }
        """the same as `_definitions`, for the functions that most are: found without a walk"""
        self._not_compiled: dict[int, str] = {}
        """statements of a notebook that only the compiler refuses: there, one fails alone"""
        flags, self._code = 0, []
        for index, statement in enumerate(self.tree.body):
            flags |= future_flags(statement)
            try:
                self._code.append(compiled(statement, flags))
            except UnreadableError as error:
                if not notebook:
                    raise
                self._code.append(_NOTHING)
                self._not_compiled[index] = f"SyntaxError: {error.reason}"

    def line(self, index: int) -> int:
        """The first line of a statement."""
        for tree in self._trees():
            if index < len(tree.body):
                return tree.body[index].lineno
            index -= len(tree.body)
        return 0

    def load(self, left_out: Collection[int], names: Iterable[str], before: Callable[[int], None]) -> None:
        """Execute every statement in a fresh module, except those left out; `before` is told each one's index.

        A function of one of these `names` is remembered when a script below it gives its name to a result, as in
        `grad_oa = grad_oa(os, y)`.
        """
        module = types.ModuleType("submission")
        module.__file__ = FILE_NAME
        sys.modules["submission"] = module
        self.namespace, self.failed, self._functions = vars(module), dict(self._not_compiled), {}
        if self._notebook:
            self.namespace["display"] = _display
        if self._own:
            self._own.begin(module)
            self._left_out, self._before = left_out, before
        for index, code in enumerate(self._code):
            if index in left_out:
                continue
            before(index)
            self._execute(index, code, self.namespace)
            self._functions.update({name: f for name in names if callable(f := self.namespace.get(name))})
        self._before = _nothing  # a function may import another file when it is called

    def _run_other(self, number: int, namespace: dict[str, Any]) -> None:
        """Execute another file of the submission, as the graded one is: statement by statement."""
        other = self._others[number - 1]
        if isinstance(other, SyntaxError):
            raise other
        first = len(self.tree.body) + sum(
            len(each.body) for each in self._others[: number - 1] if isinstance(each, ast.Module)
        )
        flags = 0
        for index, statement in enumerate(other.body, first):
            flags |= future_flags(statement)
            if index in self._left_out:
                continue
            self._before(index)
            try:
                code = compiled(statement, flags)
            except UnreadableError as error:
                self.failed[index] = f"SyntaxError: {error.reason}"
                continue
            self._execute(index, code, namespace)

    def _execute(self, index: int, code: types.CodeType, namespace: dict[str, Any]) -> None:
        """Execute one statement; one that fails is remembered, and the next ones are none the worse for it."""
        try:
            exec(code, namespace)
        except BaseException as error:
            self.failed[index] = describe(error)

    def find(self, name: str, exact: bool, others: Iterable[str] = ()) -> tuple[str, Callable[..., Any]] | Words:
        """The function of this name, and the name it goes by; or the sentence that says why there is none.

        `others` are names that are asked for too, so that none of them is meant where this one is missing.
        """
        found = self.namespace.get(name)
        if callable(found):
            return name, found
        if name in self.namespace and name in self._functions:
            return name, self._functions[name]
        callables = {
            key: value
            for key, value in self.namespace.items()
            if isinstance(key, str) and callable(value) and not key.startswith("__")
        }
        folded = [key for key in callables if fold(key) == fold(name)]
        if len(folded) == 1 and not exact and name not in self.namespace:
            return folded[0], callables[folded[0]]
        return self._why_missing(name, found, [key for key in callables if key not in others])

    def why_no_class(self, names: Iterable[str]) -> Words | None:
        """Why a class of one of these names is not there, though the file has it; None if it has none."""
        wanted = set(names)
        for index, statement in enumerate(self.tree.body):
            for node in ast.walk(statement):
                if isinstance(node, ast.ClassDef) and node.name in wanted:
                    if index in self.failed:
                        return Words(words.NOT_DEFINED, name=node.name, line=node.lineno, error=self.failed[index])
                    return self._why_hidden(node.name, index, statement, node.lineno)
        return None

    def lines_of(self, function: Callable[..., Any]) -> tuple[int, int] | None:
        """The first and last line of the student's definition of this function, decorators included."""
        code = _code_of(function)
        if code is None or code.co_filename != FILE_NAME:
            return None
        first, name = code.co_firstlineno, code.co_name
        if name == "<lambda>":
            return self._lambdas.get(first)
        return self._at_top.get((first, name)) or self._definitions.get((first, name))

    @functools.cached_property
    def _definitions(self) -> dict[tuple[int, str], tuple[int, int]]:
        """First line, decorators included, and name -> first and last line, of every function with a name."""
        found: dict[tuple[int, str], tuple[int, int]] = {}
        for node in (node for tree in self._trees() for node in _functions_in(tree.body)):
            first = _first_line(node)
            found.setdefault((first, node.name), (first, node.end_lineno or node.lineno))
        return found

    @functools.cached_property
    def _lambdas(self) -> dict[int, tuple[int, int]]:
        """First line -> first and last line, of every function without a name."""
        found: dict[int, tuple[int, int]] = {}
        for node in (node for tree in self._trees() for node in ast.walk(tree)):
            if isinstance(node, ast.Lambda):
                found.setdefault(node.lineno, (node.lineno, node.end_lineno or node.lineno))
        return found

    def _trees(self) -> list[ast.Module]:
        return [self.tree, *(other for other in self._others if isinstance(other, ast.Module))]

    def _why_missing(self, name: str, found: Any, callables: list[str]) -> Words:
        if name in self.namespace:
            return Words(words.NOT_A_FUNCTION, name=name, kind=kind_of(found))
        for index, statement in enumerate(self.tree.body):
            for node in ast.walk(statement):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
                    return self._why_hidden(name, index, statement, node.lineno)
            line = _alias_in_a_class(statement, name)
            if line:
                return self._why_hidden(name, index, statement, line)
        near = [key for key in callables if fold(key) == fold(name)]
        near = near or difflib.get_close_matches(name, callables, n=1, cutoff=0.7)
        return Words(words.NO_FUNCTION_BUT, name=name, near=near[0]) if near else Words(words.NO_FUNCTION, name=name)

    def _why_hidden(self, name: str, index: int, statement: ast.stmt, line: int) -> Words:
        if index in self.failed:
            return Words(words.NOT_DEFINED, name=name, line=line, error=self.failed[index])
        if isinstance(statement, ast.ClassDef):
            return Words(words.IN_A_CLASS, name=name, line=line, inside=statement.name)
        if getattr(statement, "name", None) == name:
            return Words(words.GONE, name=name, line=line)
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            return Words(words.IN_A_FUNCTION, name=name, line=line, inside=statement.name)
        return Words(words.NEVER_DEFINED, name=name, line=line)


def _alias_in_a_class(statement: ast.stmt, name: str) -> int:
    """The line of `name = another` in the body of a class, where `another` is a method of it; 0 if there is none."""
    body = statement.body if isinstance(statement, ast.ClassDef) else []
    methods = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    for node in body:
        names = [each.id for each in node.targets if isinstance(each, ast.Name)] if isinstance(node, ast.Assign) else []
        if name in names and isinstance(node.value, ast.Name) and node.value.id in methods:  # type: ignore[attr-defined]
            return node.lineno
    return 0


def _display(*shown: Any, **more: Any) -> None:
    """What every cell of a notebook can call; nobody is looking here."""


def _nothing(index: int) -> None:
    pass


def _other(source: bytes, path: str, first_line: int) -> ast.Module | SyntaxError:
    """The statements of another file than the graded one; or what an import of it has to raise."""
    try:
        return ast.increment_lineno(_one_by_one(ast.parse(source, FILE_NAME)), first_line - 1)
    except SyntaxError as error:
        where = f"{path}, line {error.lineno}" if error.lineno else path
        return SyntaxError(f"{error.msg} ({where})")
    except (ValueError, RecursionError, MemoryError) as error:
        return SyntaxError(f"{error or 'nested too deeply'} ({path})")


def _functions_in(block: Sequence[ast.AST]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions with names that are defined in a block, or in one within it."""
    for statement in block:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            yield statement
        for inner in ("body", "orelse", "finalbody", "handlers", "cases"):
            yield from _functions_in(getattr(statement, inner, ()))


def _first_line(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Of a definition, decorators included."""
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def describe(error: BaseException) -> str:
    """The exception's type and the first line of its message, cut; an exception that can not be printed is named."""
    name = type(error).__name__
    try:
        text = str(error)
    except BaseException:
        return Words(words.CAN_NOT_BE_PRINTED, error=name)
    if isinstance(error, SystemExit):
        return Words(words.EXIT) if text in ("", "None") else Words(words.EXIT_SAYING, text=text)
    text = " ".join(text.split())[:MAX_TEXT]
    return f"{name}: {text}" if text else name


def line_of(error: BaseException) -> int | None:
    """The innermost line of the student's own file that the exception went through."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILE_NAME:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def line_of_statement(source: bytes, index: int, files: Sequence[Sequence[Any]] = ()) -> int:
    """The first line of a statement at module level, of a file that was parsed before; 0 if there is none."""
    body = _one_by_one(parsed(source, files)).body
    return body[index].lineno if index < len(body) else 0


def line_of_loop(source: bytes, line: int, files: Sequence[Sequence[Any]] = ()) -> int:
    """The first line of the outermost loop around a line, within its function; the line itself if there is none."""
    around: list[ast.AST] = []
    for node in ast.walk(parsed(source, files)):  # outer nodes come before inner ones
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno):
            around = [node] if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else [*around, node]
    loops = [node.lineno for node in around if isinstance(node, ast.For | ast.While)]
    return loops[0] if loops else line


def parsed(source: bytes, files: Sequence[Sequence[Any]] = ()) -> ast.Module:
    """The statements of all files of a source, one after the other; none of a file that Python can not read.

    A line has the number that it has in the source.
    """
    body: list[ast.stmt] = []
    for _path, start, end, first_line in files or ((FILE_NAME, 0, len(source), 1),):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about the student's code; nobody reads them here
                tree = ast.parse(source[start:end], FILE_NAME)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        body += (ast.increment_lineno(tree, first_line - 1) if first_line > 1 else tree).body
    return ast.Module(body, [])


def _one_by_one(tree: ast.Module) -> ast.Module:
    """`import a, b` as two statements, so that b is there where a is not."""
    body: list[ast.stmt] = []
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            body += [ast.copy_location(ast.Import([alias]), statement) for alias in statement.names]
        else:
            body.append(statement)
    tree.body = body
    return tree


def kind_of(value: Any) -> str:
    """A few words for what a value is."""
    if value is None:
        return "None"
    name = type(value).__name__
    if name == "array":  # not the array that was asked for
        name = f"{type(value).__module__}.{name}"
    return Words(words.AN_TYPE if name[:1].lower() in "aeiou" else words.A_TYPE, type=name)


def _parse(source: bytes) -> ast.Module:
    try:
        return ast.parse(source, FILE_NAME)
    except SyntaxError as error:
        raise UnreadableError(_syntax_message(error, source)) from None
    except (ValueError, RecursionError, MemoryError) as error:
        reason = str(error)
        text = Words(words.UNREADABLE, error=f"{reason}.") if reason else Words(words.NESTED_TOO_DEEPLY)
        raise UnreadableError(text) from None


def future_flags(statement: ast.stmt) -> int:
    """What a `from __future__ import` asks of the compiler; 0 for any other statement."""
    flags = 0
    if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
        for alias in statement.names:
            flags |= getattr(__future__, alias.name).compiler_flag if hasattr(__future__, alias.name) else 0
    return flags


def compiled(statement: ast.stmt, flags: int = 0) -> types.CodeType:
    try:
        code: types.CodeType = compile(ast.Module([statement], []), FILE_NAME, "exec", flags=flags, dont_inherit=True)
        return code
    except SyntaxError as error:  # what only the compiler sees: return outside a function, for instance
        raise UnreadableError(_syntax_message(error, b""), error.msg) from None
    except (ValueError, RecursionError, MemoryError):
        raise UnreadableError(Words(words.TOO_DEEP, line=statement.lineno), "too many nested parentheses") from None


def _syntax_message(error: SyntaxError, source: bytes) -> Words:
    message = error.msg or "invalid syntax"
    try:
        source.decode("utf-8")
    except UnicodeDecodeError as undecodable:
        if "codec can't decode" in message or "Non-UTF-8" in message or "unicode error" in message:
            line = source.count(b"\n", 0, undecodable.start) + 1
            column = undecodable.start - source.rfind(b"\n", 0, undecodable.start)
            return Words(words.NOT_UTF_8, byte=f"0x{source[undecodable.start]:02x}", line=line, column=column)
    whole = message if message.endswith(("?", ".")) else f"{message}."
    if error.lineno and error.offset:
        text = Words(words.UNREADABLE_AT, line=error.lineno, column=error.offset, error=whole)
    else:
        text = Words(words.UNREADABLE, error=whole)
    return Words(words.LOOKS_OLD, sentence=text) if "call to 'print'" in message else text


def _code_of(function: Any) -> types.CodeType | None:
    if type(function) is types.FunctionType and not vars(function):
        return function.__code__  # as it mostly is
    for _ in range(16):  # through partials, wrappers, bound methods and callable objects, to the student's own code
        if isinstance(function, functools.partial):
            function = function.func
        elif isinstance(function, types.MethodType):
            function = function.__func__
        elif isinstance(function, types.FunctionType):
            try:
                inner = inspect.unwrap(function, stop=lambda f: not isinstance(f, types.FunctionType))
            except ValueError:  # it wraps itself
                inner = function
            return inner.__code__ if isinstance(inner, types.FunctionType) else function.__code__
        else:
            function = inspect.getattr_static(type(function), "__call__", None)
            if not isinstance(function, types.FunctionType):
                return None
    return None
