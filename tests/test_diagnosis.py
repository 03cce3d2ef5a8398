"""The mistake that is named is the mistake that was made."""

from __future__ import annotations

import ast
import contextlib
import inspect
import io
import textwrap
import warnings
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from conftest import ROOT

from grader.grade import grade
from grader.homework import Homework, read_homework
from grader.models import (
    Bound,
    Calls,
    Criterion,
    Happened,
    Limits,
    Misconception,
    Outcome,
    Outcomes,
    Program,
    Result,
    Submission,
)
from grader.sandbox.inside import program as inside
from grader.sandbox.inside.binding import bind
from grader.sandbox.inside.calls import _laid_out
from grader.sandbox.inside.returned import as_array
from grader.sandbox.inside.traces import leaves_nothing

# ---------------------------------------------------------------- a sandbox without a process


class Here:
    """A `run` that executes a file and calls its functions in the test's own process.

    Functions in `right` are not called: they give what is recorded there.
    """

    def __init__(self, homework: Homework, right: Outcomes | None = None, planted: Collection[str] = ()) -> None:
        self.homework, self.right, self.planted = homework, right, planted

    def __call__(
        self, program: Program, calls: Calls, limits: Limits, *, functions: frozenset[str] | None = None
    ) -> Outcomes:
        try:
            file = inside.Program(program.source)
        except inside.UnreadableError as error:
            return Outcomes({}, {}, unreadable=str(error))
        whole = calls is self.homework.calls
        names = [want.name for want in calls.wanted]
        outcomes: dict[int, Outcome] = {}
        bound: dict[str, Bound] = {}
        recorded = self.right.outcomes if self.right and whole else {}
        with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            file.load(program.left_out, names, lambda index: None)
            for place, want in enumerate(calls.wanted):
                numbers = [n for n, call in enumerate(calls.calls) if call.function == want.name]
                if not numbers or (functions is not None and want.name not in functions):
                    continue
                if self.right and whole and want.name not in self.planted:
                    outcomes.update((n, recorded[n]) for n in numbers)
                    bound[want.name] = self.right.bound[want.name]
                    continue
                if functions is not None:
                    file.load(program.left_out, names, lambda index: None)
                _serve(file, calls, place, numbers, outcomes, bound)
        return Outcomes(outcomes, bound, undisturbed=leaves_nothing(file.tree))


def _serve(
    file: inside.Program,
    calls: Calls,
    place: int,
    numbers: Sequence[int],
    outcomes: dict[int, Outcome],
    bound: dict[str, Bound],
) -> None:
    want = calls.wanted[place]
    found = file.find(want.name, want.exact, [other.name for other in calls.wanted])
    if isinstance(found, str):
        outcomes.update((n, Outcome(Happened.MISSING, text=found)) for n in numbers)
        return
    name, function = found
    binding = bind(function, want.declared, want.offered, want.aliases, want.dimensions, want.never, want.name)
    lines = file.lines_of(function) or (None, None)
    bound[want.name] = Bound(name, tuple(binding.readings), tuple(binding.quantities), *lines)
    if binding.unknown:
        outcomes.update((n, Outcome(Happened.UNBOUND, text="\n".join(binding.unknown))) for n in numbers)
        return
    call = binding.caller(function)
    for number in numbers:
        values, layout = calls.calls[number].values, calls.calls[number].layout
        given = [_copy(values[name], layout) for name in binding.quantities]
        try:
            array = as_array(call(given))
        except Exception as error:
            outcomes[number] = Outcome(Happened.RAISED, None, inside.describe(error), inside.line_of(error))
            continue
        changed = [n for n, new in zip(binding.quantities, given, strict=True) if _differs(new, values[n])]
        if isinstance(array, str):
            outcomes[number] = Outcome(Happened.ODD, text=array)
        else:
            outcomes[number] = Outcome(Happened.VALUE, np.array(array), changed=tuple(changed))


def _copy(value, layout: str):
    return (
        _laid_out(value, layout)
        if isinstance(value, np.ndarray) and layout != "C" and value.ndim
        else np.copy(value)
        if isinstance(value, np.ndarray)
        else value
    )


def _differs(new, old) -> bool:
    return isinstance(old, np.ndarray) and (new.shape != old.shape or new.tobytes() != old.tobytes())


@lru_cache(maxsize=4)
def homework_of(name: str) -> Homework:
    """A shipped homework."""
    return read_homework(ROOT / "rubrics" / f"hw3-{name}.yaml", 0)


# ---------------------------------------------------------------- a student's file, written from the reference


class _Said(ast.NodeTransformer):
    """A formula as a student of one convention writes it: `/ _early(average_at, n)` is `/ n` or nothing."""

    def __init__(self, average_at: str, number: float | None = None) -> None:
        self.average_at, self.number = average_at, number

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        place = {"_early": "output", "_late": "parameters"}.get(getattr(node.func, "id", ""))
        if getattr(node.func, "id", "") == "_divisor":
            place = ast.literal_eval(node.args[0])
        if place is None:
            return node
        return ast.Name("n", ast.Load()) if place == self.average_at else ast.Constant(1)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        by_one = isinstance(node.op, ast.Div) and isinstance(node.right, ast.Constant) and node.right.value == 1
        return node.left if by_one else node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Constant(self.number) if node.id == "number" and self.number is not None else node


class Writer:
    """Writes functions of one homework under one convention."""

    def __init__(self, name: str, convention: int = 0) -> None:
        self.homework = homework_of(name)
        self.average_at = str(self.homework.conventions[convention].constants.get("average_at", ""))
        self.convention = convention
        self.reference = self._bodies(self.homework.file.reference.read_text(encoding="utf-8"))
        misconceptions = ast.parse(self.homework.file.misconceptions.read_text(encoding="utf-8"))
        self.mistakes = {node.name: node for node in misconceptions.body if isinstance(node, ast.FunctionDef)}
        self.helpers = {n: ast.unparse(node) for n, node in self.mistakes.items() if n in ("_onehot", "_softmax")}
        self.offered = {want.name: want.offered for want in self.homework.calls.wanted}
        self.declared = {want.name: want.declared for want in self.homework.calls.wanted}

    def _bodies(self, source: str) -> dict[str, ast.FunctionDef]:
        return {node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}

    def body(self, node: ast.FunctionDef, number: float | None = None) -> list[ast.stmt]:
        """The statements of a function of the reference or of the catalogue, its text left out."""
        fresh = ast.parse(ast.unparse(node)).body[0]
        assert isinstance(fresh, ast.FunctionDef)
        said = [_Said(self.average_at, number).visit(statement) for statement in fresh.body]
        return [s for s in said if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]

    def step(self, quantity: str, node: ast.FunctionDef | None = None, number: float | None = None) -> list[ast.stmt]:
        """Statements that compute a quantity: by the reference, or by another body."""
        *before, last = self.body(node or self.reference[quantity], number)
        assert isinstance(last, ast.Return)
        assert last.value is not None
        return [*before, ast.Assign([ast.Name(quantity, ast.Store())], last.value, lineno=0)]

    def function(
        self,
        target: str,
        steps: Iterable[list[ast.stmt]],
        returned: str = "",
        asks: Sequence[str] | None = None,
    ) -> str:
        """The source of a function that takes these steps; what they need and nobody gives, it asks for or computes."""
        statements = [statement for step in steps for statement in step]
        known = asks if asks is not None else self.offered[target]
        while True:
            missing = [name for name in _free(statements) if name in self.reference and name not in known]
            if not missing:
                break
            statements = [*self.step(missing[-1]), *statements]
        free = [name for name in _free(statements) if name in self.offered[target]]
        ordered = [n for n in self.declared[target] if n in free] + [n for n in free if n not in self.declared[target]]
        ordered = ordered or list(self.declared[target])
        body = "\n".join(ast.unparse(ast.fix_missing_locations(s)) for s in statements)
        body += f"\nreturn {returned or target}"
        return f"def {target}({', '.join(ordered)}):\n{textwrap.indent(body, '    ')}\n"

    def right(self, target: str) -> str:
        """The correct function, as declared or with what the convention needs."""
        return self.function(target, [self.step(target)])

    def wrong(self, full: str, target: str = "", number: float | None = None) -> str:
        """A function with this mistake: of the mistake's own quantity, or of a later one that computes it itself."""
        node = self.mistakes[full]
        quantity = full.partition("__")[0]
        target = target or quantity
        steps = [self.step(quantity, node, number)]
        own = quantity in [argument.arg for argument in node.args.args]
        if own:
            steps.insert(0, self.step(quantity))
        asks = None
        if target != quantity:
            steps.append(self.step(target))
            graph = self.homework.graph
            later = {name for name in graph.quantities if name == quantity or quantity in graph.ancestors(name)}
            asks = [name for name in self.offered[target] if name not in later]
        return self.function(target, steps, asks=asks)

    def file(self, **functions: str) -> bytes:
        """A file with these functions in the place of the right ones."""
        parts = ["import numpy as np", *self.helpers.values()]
        parts += [functions.get(c.function) or self.right(c.function) for c in self.homework.rubric.criteria]
        return "\n\n\n".join(parts).encode()

    @property
    def all_right(self) -> Outcomes:
        """What the correct file gives."""
        return _all_right(self.homework.rubric.homework.removeprefix("hw3-"), self.convention)

    def graded(self, **functions: str) -> Result:
        """The result of a file with these functions in the place of the right ones."""
        run = Here(self.homework, self.all_right, functions)
        return grade(self.homework, Submission("s01", self.file(**functions)), run, "here")


def _free(statements: Sequence[ast.stmt]) -> list[str]:
    """The names that are read before they are written, in order."""
    written: set[str] = set()
    found: dict[str, None] = {}
    for statement in statements:
        inner = {
            n.id
            for n in ast.walk(statement)
            if isinstance(n, ast.comprehension)
            for n in ast.walk(n.target)
            if isinstance(n, ast.Name)
        }
        inner |= {
            n.id
            for f in ast.walk(statement)
            if isinstance(f, ast.For)
            for n in ast.walk(f.target)
            if isinstance(n, ast.Name)
        }
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in written | inner:
                found[node.id] = None
        written |= {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return list(found)


@lru_cache(maxsize=8)
def writer(name: str, convention: int = 0) -> Writer:
    """The writer of a homework under a convention."""
    return Writer(name, convention)


@lru_cache(maxsize=8)
def _all_right(name: str, convention: int) -> Outcomes:
    write = writer(name, convention)
    return Here(write.homework)(Program(write.file()), write.homework.calls, write.homework.rubric.limits)


def names_in(result: Result) -> dict[str, tuple[str, ...]]:
    """function -> the names of its mistakes."""
    return {
        c.function: tuple(filter(None, (c.diagnosis.misconception, c.diagnosis.second)))
        for c in result.criteria
        if c.diagnosis is not None
    }
