"""The mistake that is named is the mistake that was made: mistakes of any array code, of state, of names; and no name
where nothing is wrong, or where a single trial says otherwise.

The mistakes of the homeworks' own catalogues are in `test_diagnosis_planted.py`.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
import textwrap
import warnings
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT
from test_corpus import graded

from grader.diagnose.sentences import SENTENCES
from grader.grade import grade
from grader.homework import Homework, read_homework
from grader.models import (
    Bound,
    Calls,
    CriterionResult,
    HandIn,
    Happened,
    Limits,
    Outcome,
    Outcomes,
    Program,
    Result,
    Submission,
    Verdict,
)
from grader.sandbox import Setting
from grader.sandbox.inside import program as inside
from grader.sandbox.inside.binding import bind
from grader.sandbox.inside.calls import _laid_out
from grader.sandbox.inside.returned import as_array

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
        with (
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
        ):
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
        return Outcomes(outcomes, bound, in_one_go=True)


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
        outcomes.update((n, Outcome(Happened.MISSING, text=str(found))) for n in numbers)
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
            outcomes[number] = Outcome(Happened.RAISED, None, str(inside.describe(error)), inside.line_of(error))
            continue
        changed = [n for n, new in zip(binding.quantities, given, strict=True) if _differs(new, values[n])]
        if isinstance(array, str):
            outcomes[number] = Outcome(Happened.ODD, text=str(array))
        else:
            outcomes[number] = Outcome(Happened.VALUE, np.array(array), changed=tuple(changed))


def _copy(value, layout: str):
    if not isinstance(value, np.ndarray):
        return value
    return _laid_out(value, layout) if layout != "C" and value.ndim else value.copy()


def _differs(new, old) -> bool:
    return isinstance(old, np.ndarray) and (new.shape != old.shape or new.tobytes() != old.tobytes())


@lru_cache(maxsize=4)
def homework_of(name: str) -> Homework:
    """A shipped homework."""
    path = ROOT / "rubrics" / f"{name}.yaml"
    return read_homework(path if path.exists() else path.with_name(f"hw3-{name}.yaml"), 0)


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
        own = [n for n in self.mistakes if n.startswith("_") and n not in ("_early", "_late")]
        self.helpers = {n: ast.unparse(self.mistakes[n]) for n in own}
        self.offered = {want.name: want.offered for want in self.homework.calls.wanted}
        self.declared = {want.name: want.declared for want in self.homework.calls.wanted}
        self._right: dict[str, str] = {}

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
        if target not in self._right:
            self._right[target] = self.function(target, [self.step(target)])
        return self._right[target]

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
        parts = [*ast.walk(statement)]
        stored = {n.id for n in parts if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        counting = [n.target for n in parts if isinstance(n, ast.comprehension | ast.For)]
        counted = {n.id for target in counting for n in ast.walk(target) if isinstance(n, ast.Name)}
        for node in parts:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in written | counted:
                found[node.id] = None
        written |= stored
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


# ---------------------------------------------------------------- every name there is

_COMMON_TEXT = """
accumulates-across-calls adds-instead-of-multiplies averages-over-classes averages-parts-only batch-size-as-class-count
bias-not-summed bias-sum-all bias-sum-wrong-axis bias-times-bias bias-times-input bias-trick-left-in chained-indexing
class-order-lost column-row-broadcast depends-on-global-state divides-by-wrong-count dot-instead-of-elementwise
dot-instead-of-outer double-average elementwise-instead-of-matmul expects-one-hot-labels extra-factor
first-example-only flattened-result gradient-sign hard-coded-batch-size hard-coded-class-count inconsistent-average
indexes-rows-with-labels indexes-whole-columns integer-division integer-truncation inverse-instead-of-transpose
inverted-mask label-broadcast-shape label-number-subtracted label-off-by-one last-example-only
learning-rate-in-gradient list-arithmetic logits-instead-of-probabilities loop-bounds mask-applied-too-early
mask-from-gradient mask-instead-of-activation mask-rewritten-in-wrong-order mask-shared-across-batch
matmul-instead-of-elementwise max-instead-of-sum mean-instead-of-sum misses-last-element missing-average
missing-input-factor missing-local-file missing-one-hot missing-relu-mask missing-return missing-sum-over-outputs
missing-transpose missing-upstream-gradient name-typo not-module-level np-max-instead-of-maximum one-d-transpose-noop
one-hot-from-present-classes one-hot-sized-by-label only-true-class-filled only-true-class-row operator-precedence
outer-of-whole-batch over-clipping parameter-name-unknown per-example-not-combined plus-instead-of-minus
preactivation-instead-of-activation prediction-instead-of-label prints-instead-of-returns product-of-means
reduces-too-early regularised-bias relu-applied-to-gradient relu-derivative-at-zero relu-value-instead-of-derivative
removed-numpy-name rescales-gradient reshape-instead-of-transpose result-not-assigned return-inside-loop
returns-loss-not-gradient returns-several-values returns-wrong-variable rounds-result scalar-truth-of-array shape-lost
softmax-jacobian-diagonal-only softmax-wrong-axis squared-error-derivative stale-cache stops-at-softmax
subtracts-from-every-class sum-over-wrong-axis sums-over-units swapped-arguments transposed-result
treats-int-label-as-array unmasked-gradient-used unrequested-regularisation unstable-softmax uses-updated-weights
value-instead-of-gradient wrong-activation-derivative wrong-input-variable wrong-log-base wrong-product-order
wrong-threshold wrong-weight-matrix zero-over-zero zeroes-whole-rows
"""
COMMON = _COMMON_TEXT.split()
"""The mistakes seen in real solutions, those that can make a function fail."""

HARMLESS = {
    "function-name-case": "the name is read all the same, with a note",
    "mutates-input": "a note, or a check of its own; every call gets fresh arrays",
    "top-level-script-code": "a statement that fails is left out, with a note",
    "python2-syntax": "there is no function at all then, and the file's message says why",
}
"""The four others that were seen, and why no function is diagnosed for them."""


@dataclass(frozen=True)
class Ending:
    """A right function that goes wrong in its last lines; `{f}` is the right value."""

    name: str
    lines: str
    where: str = "everywhere"
    """everywhere, matrices, vectors, or batches"""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """function, or homework:function -> the more telling name that the same numbers have there"""

    def named(self, name: str, place: int, function: str) -> str:
        """What it is called there."""
        keys = (f"{name}-{place}:{function}", f"{name}:{function}", function)
        return next((self.elsewhere[key] for key in keys if key in self.elsewhere), self.name)


SQUARED = "squared-error-derivative"
LOST = {"minibatch:grad_ha": "shape-lost"}
ENDINGS = [
    Ending("gradient-sign", "return -{f}"),
    Ending("transposed-result", "return {f}.T", "matrices"),
    Ending("flattened-result", "return {f}.ravel()", "matrices", LOST),
    Ending("flattened-result", "return {f}.flatten(order='F')", "matrices"),
    Ending("flattened-result", "return {f}.reshape(1, -1)", "matrices", LOST),
    Ending("flattened-result", "return {f}.reshape(-1, 1)", "matrices", LOST),
    Ending("reshape-instead-of-transpose", "return {f}.T.reshape({f}.shape)", "matrices"),
    Ending("integer-truncation", "out = np.zeros({f}.shape, dtype=int)\nout[...] = {f}\nreturn out"),
    Ending("integer-division", "return {f} // 1"),
    Ending("rounds-result", "return np.round({f}, 3)"),
    Ending("rounds-result", "return {f}.astype(np.float16)"),
    Ending("misses-last-element", "return {f}[:-1]", "vectors"),
    Ending("shape-lost", "return np.squeeze({f})", "matrices"),
    Ending("column-row-broadcast", "return {f}[:, None] * np.ones(len({f}))", "vectors"),
    Ending("extra-factor", "return 2 * {f}", elsewhere={"grad_oa": SQUARED}),
    Ending("extra-factor", "return 3.7 * {f}"),
    Ending("extra-factor", "return -2 * {f}"),
    Ending("extra-factor", "return np.abs({f})"),
    Ending("extra-factor", "return {f} ** 2", elsewhere={"gradients:grad_oa": SQUARED, "minibatch-0:grad_oa": SQUARED}),
    Ending("rescales-gradient", "return {f} / np.linalg.norm({f})"),
    Ending("rescales-gradient", "return {f} / np.max(np.abs({f}))"),
    Ending("rescales-gradient", "return np.clip({f}, -0.1, 0.1)", elsewhere={"grad_oa": "over-clipping"}),
    Ending("rescales-gradient", "norm = np.linalg.norm({f})\nreturn {f} * (0.5 / norm) if norm > 0.5 else {f}"),
    Ending("learning-rate-in-gradient", "return 0.01 * {f}"),
    Ending("learning-rate-in-gradient", "return -0.1 * {f}"),
    Ending("learning-rate-in-gradient", "lr = 0.5\nreturn lr * {f}"),
    Ending("wrong-log-base", "return {f} / np.log(2)"),
    Ending("wrong-log-base", "return {f} / np.log(10)"),
    Ending("divides-by-wrong-count", "return {f} * n / m", "batches"),
    Ending("returns-several-values", "return {f}, 0"),
    Ending("returns-several-values", "return {{'{f}': {f}}}"),
    Ending("returns-text", "return str({f})"),
    Ending("returns-text", "return [str(row) for row in {f}]"),
    Ending("missing-return", "{f} = {f} * 1"),
    Ending("prints-instead-of-returns", "print({f})"),
    Ending("result-not-assigned", "return {f}.sort()"),
    Ending("name-typo", "return {f}s"),
    Ending("name-typo", "return np.zeros_lke({f}) + {f}"),
    Ending("removed-numpy-name", "return {f}.astype(np.float)"),
]

WHERE = [("gradients", 0), ("minibatch", 0), ("minibatch", 1)]
VECTORS = {
    "gradients": {"grad_oa", "grad_b2", "grad_hs", "grad_ha", "grad_b1", "grad_x"},
    "minibatch": {"grad_b2", "grad_b1"},
}


def ended(write: Writer, function: str, lines: str) -> str:
    """The right function with these lines in the place of its return."""
    text = lines.format(f=function)
    source = write.right(function).rpartition("    return")[0] + textwrap.indent(text, "    ") + "\n"
    for size in ("n", "m"):
        if re.search(rf"\b{size}\b", text) and not re.search(rf"\b{size}\b", source.partition("\n")[0]):
            source = source.replace("):", f", {size}):", 1)
    return source


@pytest.mark.parametrize(("name", "place"), WHERE)
@pytest.mark.parametrize("ending", ENDINGS, ids=lambda each: f"{each.name}: {each.lines}")
def test_a_right_value_that_is_spoilt_in_the_end(name: str, place: int, ending: Ending):
    write = writer(name, place)
    functions = [f for f in write.offered if place == 0 or write.right(f) != writer(name, 0).right(f)]
    if ending.where in ("matrices", "vectors"):
        functions = [f for f in functions if (f in VECTORS[name]) is (ending.where == "vectors")]
    elif ending.where == "batches" and name != "minibatch":
        functions = []
    found = {f: names_in(write.graded(**{f: ended(write, f, ending.lines)})) for f in functions}
    assert found == {f: {f: (ending.named(name, place, f),)} for f in functions}


@dataclass(frozen=True)
class Snippet:
    """A function as a student writes it who makes this mistake."""

    name: str
    homework: str
    function: str
    source: str


def _snippets(text: str) -> list[Snippet]:
    """`### name homework function`, and the code below it."""
    found = []
    for part in text.split("\n### ")[1:]:
        head, _, source = part.partition("\n")
        found.append(Snippet(*head.split(), source=source.strip() + "\n"))
    return found


HOMEWORKS = ("gradients", "minibatch", "basics", "forward")

SNIPPETS = _snippets("""
### accumulates-across-calls gradients grad_W2
_total = {}

def grad_W2(grad_oa, hs):
    key = (len(grad_oa), len(hs))
    _total[key] = _total.get(key, 0) + np.outer(grad_oa, hs)
    return _total[key]

### accumulates-across-calls gradients grad_W2
def grad_W2(grad_oa, hs, parts=[]):
    parts.append(np.outer(grad_oa, hs))
    return sum(p for p in parts if p.shape == parts[-1].shape)

### accumulates-across-calls gradients grad_b1
_db = {}

def grad_b1(grad_ha):
    _db.setdefault(len(grad_ha), np.zeros(len(grad_ha)))
    _db[len(grad_ha)] += grad_ha
    return _db[len(grad_ha)].copy()

### accumulates-across-calls minibatch grad_b2
_total = {}

def grad_b2(grad_oa):
    m = grad_oa.shape[1]
    _total[m] = _total.get(m, 0) + grad_oa.mean(axis=0)
    return _total[m]

### stale-cache gradients grad_hs
_cache = {}

def grad_hs(W2, grad_oa):
    if 'W2T' not in _cache:
        _cache['W2T'] = W2.T
    return _cache['W2T'] @ grad_oa

### stale-cache gradients grad_hs
_cache = {}

def grad_hs(W2, grad_oa):
    if W2.shape not in _cache:
        _cache[W2.shape] = W2.T
    return _cache[W2.shape] @ grad_oa

### stale-cache gradients grad_oa
_hot = {}

def grad_oa(os, y):
    if len(os) not in _hot:
        _hot[len(os)] = np.eye(len(os))[y - 1]
    return os - _hot[len(os)]

### stale-cache minibatch grad_x
_cache = {}

def grad_x(grad_ha, W1):
    key = grad_ha.shape, W1.shape
    if key not in _cache:
        _cache[key] = grad_ha @ W1.T
    return _cache[key]

### stale-cache minibatch grad_oa
_last = {}

def grad_oa(os, y):
    g = os - np.eye(os.shape[1])[y]
    before = _last.get('g', g)
    _last['g'] = g
    return before

### unrequested-regularisation gradients grad_W1
def grad_W1(grad_ha, x, W1):
    lam = 0.01
    return np.outer(grad_ha, x) + lam * W1

### unrequested-regularisation gradients grad_W2
def grad_W2(grad_oa, hs, W2):
    return np.outer(grad_oa, hs) + 0.1 * np.sign(W2)

### unrequested-regularisation gradients grad_W2
def grad_W2(grad_oa, hs, W2):
    return np.outer(grad_oa, hs) + W2

### unrequested-regularisation minibatch grad_W2
def grad_W2(grad_oa, hs, W2, n):
    return (hs.T @ grad_oa + 0.01 * W2) / n

### unrequested-regularisation minibatch grad_W1
def grad_W1(grad_ha, X, W1):
    return X.T @ grad_ha / len(X) + 0.05 * W1

### regularised-bias gradients grad_b2
def grad_b2(grad_oa, b2):
    return grad_oa + 0.01 * b2

### regularised-bias gradients grad_b1
def grad_b1(grad_ha, b1):
    return grad_ha + b1

### regularised-bias minibatch grad_b1
def grad_b1(grad_ha, b1, n):
    return grad_ha.sum(axis=0) / n + 0.1 * b1

### regularised-bias minibatch grad_b2
def grad_b2(grad_oa, b2, n):
    return (grad_oa.sum(axis=0) + 0.1 * b2) / n

### returns-wrong-variable gradients grad_W2
def grad_W2(grad_oa, hs, W2):
    dW2 = np.outer(grad_oa, hs)
    return W2

### returns-wrong-variable gradients grad_b2
def grad_b2(grad_oa, b2):
    db2 = grad_oa
    return b2

### returns-wrong-variable gradients grad_x
def grad_x(grad_ha, W1, x):
    dx = W1.T @ grad_ha
    return x

### returns-wrong-variable minibatch grad_b1
def grad_b1(grad_ha, b1):
    db1 = grad_ha.mean(axis=0)
    return b1

### returns-wrong-variable minibatch grad_hs
def grad_hs(grad_oa, W2):
    dhs = grad_oa @ W2.T
    return W2

### result-not-assigned gradients grad_oa
def grad_oa(os, y):
    g = os.copy()
    g - np.eye(len(os))[y - 1]
    return g

### result-not-assigned gradients grad_oa
def grad_oa(os, y):
    g = os.copy()
    g[y - 1] - 1
    return g

### result-not-assigned gradients grad_ha
def grad_ha(grad_hs, ha):
    grad_hs * (ha > 0)
    return grad_hs

### result-not-assigned minibatch grad_oa
def grad_oa(os, y):
    g = os.copy()
    np.subtract(g, np.eye(os.shape[1])[y])
    return g

### result-not-assigned minibatch grad_b2
def grad_b2(grad_oa):
    g = np.sum(grad_oa, axis=0)
    g / len(grad_oa)
    return g

### scalar-truth-of-array gradients grad_ha
def grad_ha(grad_hs, ha):
    if ha > 0:
        return grad_hs
    return np.zeros(len(ha))

### scalar-truth-of-array minibatch grad_ha
def grad_ha(grad_hs, ha):
    return grad_hs if ha > 0 else np.zeros(ha.shape)

### scalar-truth-of-array minibatch grad_ha
def grad_ha(grad_hs, ha):
    if ha.all() > 0:
        return grad_hs
    return np.zeros(ha.shape)

### treats-int-label-as-array gradients grad_oa
def grad_oa(os, y):
    return os - np.eye(len(os))[y[0] - 1]

### treats-int-label-as-array gradients grad_oa
def grad_oa(os, y):
    n = len(y)
    return (os - np.eye(len(os))[y - 1]) / n

### treats-int-label-as-array gradients grad_oa
def grad_oa(os, y):
    return os - np.eye(len(os))[y.astype(int) - 1]

### treats-int-label-as-array gradients grad_oa
def grad_oa(os, y):
    g = os.copy()
    for k in y:
        g[k - 1] -= 1
    return g

### list-arithmetic gradients grad_ha
def grad_ha(grad_hs, ha):
    return list(grad_hs) * [a > 0 for a in ha]

### list-arithmetic gradients grad_oa
def grad_oa(os, y):
    hot = [0] * len(os)
    hot[y - 1] = 1
    return list(os) - hot

### operator-precedence gradients grad_ha
def grad_ha(grad_hs, ha):
    return grad_hs * ha > 0

### operator-precedence minibatch grad_ha
def grad_ha(grad_hs, ha):
    return grad_hs * ha > 0

### missing-transpose gradients grad_hs
def grad_hs(W2, grad_oa):
    return np.dot(W2, grad_oa)

### missing-transpose minibatch grad_x
def grad_x(grad_ha, W1):
    return grad_ha @ W1

### dot-instead-of-outer gradients grad_W2
def grad_W2(grad_oa, hs):
    return grad_oa @ hs

### one-d-transpose-noop gradients grad_W1
def grad_W1(grad_ha, x):
    return grad_ha @ x.T

### swapped-arguments gradients grad_W1
def grad_W1(x, grad_ha):
    return np.outer(x, grad_ha)

### wrong-weight-matrix gradients grad_hs
def grad_hs(W1, grad_ha):
    return W1.T @ grad_ha

### parameter-name-unknown gradients grad_W2
def grad_W2(delta, inputs, extra):
    return np.outer(delta, inputs) + extra

### parameter-name-unknown minibatch grad_hs
def grad_hs(delta, weights, cache):
    return delta @ weights.T

### name-typo gradients grad_W2
def grad_W2(grad_oa, hs):
    return np.outer(grad_0a, hs)

### name-typo minibatch grad_W2
def grad_W2(grad_oa, hs):
    return hs.T @ grad_oa / batchsize

### name-typo minibatch grad_W2
def grad_W2(grad_oa, hs):
    return hs.traspose() @ grad_oa / len(hs)

### missing-local-file gradients grad_oa
from my_helpers import onehot

def grad_oa(os, y):
    return os - onehot(y - 1, len(os))

### missing-local-file minibatch grad_oa
import my_helpers

def grad_oa(os, y):
    return os - my_helpers.onehot(y, os.shape[1])

### not-module-level gradients grad_oa
class Net:
    def grad_oa(self, os, y):
        return os - np.eye(len(os))[y - 1]

### not-module-level minibatch grad_W1
class Backward:
    @staticmethod
    def grad_W1(grad_ha, X):
        return X.T @ grad_ha

### returns-text gradients grad_W2
def grad_W2(grad_oa, hs):
    return np.array2string(np.outer(grad_oa, hs))

### returns-several-values gradients grad_W1
def grad_W1(grad_ha, x):
    g = np.outer(grad_ha, x)
    return g, grad_ha

### hard-coded-batch-size minibatch grad_b2
N = 4

def grad_b2(grad_oa):
    return grad_oa.sum(axis=0) / N

### hard-coded-batch-size minibatch grad_W1
def grad_W1(grad_ha, X):
    return X.T @ grad_ha / 32

### hard-coded-class-count minibatch grad_oa
def grad_oa(os, y):
    return os - np.eye(10)[y]

### hard-coded-size gradients grad_b1
def grad_b1(grad_ha):
    g = np.zeros(20)
    g[: len(grad_ha)] = grad_ha
    return g

### column-row-broadcast gradients grad_hs
def grad_hs(W2, os, y):
    return np.dot(W2.T, os) - W2[y - 1, :].reshape((len(W2[0]), 1))

### column-row-broadcast gradients grad_hs
def grad_hs(W2, os, y):
    return np.dot(W2.T, os.reshape((-1, 1))) - W2[y - 1, :]

### hard-coded-class-count gradients grad_oa
def grad_oa(os, y):
    hot = np.zeros(3)
    hot[y - 1] = 1
    return os - hot

### expects-one-hot-labels minibatch grad_oa
def grad_oa(os, y):
    return os - np.eye(os.shape[1])[np.argmax(y, axis=1)]

### last-example-only minibatch grad_b2
def grad_b2(grad_oa):
    for g in grad_oa:
        total = g
    return total / len(grad_oa)

### last-example-only minibatch grad_W2
def grad_W2(grad_oa, hs):
    for h, g in zip(hs, grad_oa):
        dW = np.outer(h, g)
    return dW / len(hs)

### inconsistent-average minibatch grad_b2
def grad_b2(grad_oa):
    return grad_oa.sum(axis=0)

### inconsistent-average minibatch grad_hs
def grad_hs(grad_oa, W2):
    return grad_oa @ W2.T / len(grad_oa)

### double-average minibatch grad_W1
def grad_W1(grad_ha, X):
    n = len(X)
    return X.T @ grad_ha / n / n

### column-row-broadcast gradients grad_ha
def grad_ha(grad_hs, ha):
    return grad_hs.reshape(-1, 1) * (ha > 0)

### shape-lost gradients grad_ha
def grad_ha(grad_hs, ha):
    return np.array([g for g, a in zip(grad_hs, ha) if a > 0])

### misses-last-element gradients grad_b2
def grad_b2(grad_oa):
    return np.array([grad_oa[i] for i in range(len(grad_oa))])[:-1]

### axis-out-of-bounds forward os
def os(oa):
    e = np.exp(oa - oa.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

### math-on-arrays basics sigmoid
import math

def sigmoid(x):
    return 1 / (1 + math.exp(-x))

### math-on-arrays basics dtanh
from math import tanh

def dtanh(x):
    return 1 - tanh(x) ** 2

### math-on-arrays basics softplus
import math as m

def softplus(x):
    return m.log(1 + m.exp(x))

### math-range-error basics softplus
import math

def softplus(x):
    x = np.asarray(x)
    return np.array([math.log(1 + math.exp(v)) for v in x.ravel()]).reshape(x.shape)

### plain-number-as-array basics rect
def rect(x):
    y = x.copy()
    y[y < 0] = 0
    return y

### plain-number-as-array basics sign
def sign(x):
    return np.array([(v > 0) * 1.0 - (v < 0) for v in x])

### plain-number-as-array basics drect
def drect(x):
    y = np.zeros(len(x)) if x.ndim == 1 else np.zeros(x.shape)
    y[x > 0] = 1
    return y

### sum-instead-of-vector basics grad_sq_l2
def grad_sq_l2(x):
    return (2 * x).sum()

### softmax-instead basics softplus
def softplus(x):
    e = np.exp(x - x.max())
    return e / e.sum()

### returns-truth-values basics drect
def drect(x):
    return x > 0

### rescales-result forward hs
def hs(ha):
    h = np.maximum(0, ha)
    return h / np.linalg.norm(h)

### wrong-sign forward os
def os(oa):
    e = np.exp(oa - max(oa))
    return -e / e.sum()

### scalar-truth-of-array basics rect
def rect(x):
    if x > 0:
        return x
    return 0.0

### regularised-bias forward penalty
def penalty(W1, W2, b1, b2, l11, l12, l21, l22):
    ones = sum(np.sum(np.abs(v)) for v in (W1, b1)) * l11 + sum(np.sum(np.abs(v)) for v in (W2, b2)) * l21
    return ones + sum(np.sum(v**2) for v in (W1, b1)) * l12 + sum(np.sum(v**2) for v in (W2, b2)) * l22

### missing-return forward ha
def ha(W1, x, b1):
    a = W1 @ x + b1
""")


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda each: f"{each.homework}-{each.function}-{each.name}")
def test_a_mistake_as_students_write_it(snippet: Snippet):
    result = writer(snippet.homework).graded(**{snippet.function: snippet.source})
    assert names_in(result) == {snippet.function: (snippet.name,)}
    assert all(c.diagnosis.feedback for c in result.criteria if c.diagnosis)
    assert {c.function for c in result.criteria if c.verdict != Verdict.ACCEPTED} == {snippet.function}


def test_every_name_is_planted_somewhere():
    known = {m.name for name in HOMEWORKS for m in homework_of(name).misconceptions}
    tested = known | {e.name for e in ENDINGS} | {s.name for s in SNIPPETS} | set(WHOLE_FILES)
    assert set(COMMON) <= tested
    assert SENTENCES.keys() - HARMLESS.keys() <= tested
    assert len({*COMMON, *HARMLESS}) == 122


# ---------------------------------------------------------------- mistakes that a whole file makes

WHOLE_FILES: dict[str, tuple[str, dict[str, str], dict[str, tuple[str, ...]]]] = {
    "missing-average": (
        "minibatch",
        {
            "grad_b2": "def grad_b2(grad_oa):\n    return grad_oa.sum(axis=0)\n",
            "grad_W2": "def grad_W2(grad_oa, hs):\n    return hs.T @ grad_oa\n",
            "grad_b1": "def grad_b1(grad_ha):\n    return grad_ha.sum(axis=0)\n",
            "grad_W1": "def grad_W1(grad_ha, X):\n    return X.T @ grad_ha\n",
            "grad_oa": "def grad_oa(os, y):\n    return os - np.eye(os.shape[1])[y]\n",
        },
        {"grad_oa": ("missing-average",)},
    ),
    "double-average": (
        "minibatch",
        {"grad_oa": "def grad_oa(os, y, n):\n    return (os - np.eye(os.shape[1])[y]) / n\n"},
        {"grad_oa": ("double-average",)},
    ),
    "depends-on-global-state": (
        "gradients",
        {
            "grad_oa": "def grad_oa(os, y):\n    global delta\n    delta = os - np.eye(len(os))[y - 1]\n    return delta\n",
            "grad_W2": "def grad_W2(hs):\n    return np.outer(delta, hs)\n",
            "grad_hs": "def grad_hs(W2):\n    return W2.T @ delta\n",
        },
        {"grad_W2": ("depends-on-global-state",), "grad_hs": ("depends-on-global-state",)},
    ),
}


@pytest.mark.parametrize("mistake", WHOLE_FILES)
def test_a_mistake_of_the_whole_file(mistake: str):
    name, functions, expected = WHOLE_FILES[mistake]
    assert names_in(writer(name).graded(**functions)) == expected


# ---------------------------------------------------------------- what is said

SAID = [
    ("gradients", "grad_oa", "return os - np.eye(len(os))[y % len(os)]",
     "The true class's row of the gradient is row y-1, because rows are counted from 0."),
    ("gradients", "grad_W2", "return np.outer(grad_oa, hs).T",
     "Your numbers are right but laid out sideways: the gradient must have exactly the shape of the matrix it belongs to."),
    ("gradients", "grad_W2", "return np.outer(grad_oas, hs)", "grad_oas is misspelt: did you mean grad_oa?"),
    ("gradients", "grad_W2", "return np.outre(grad_oa, hs)", "outre is misspelt: did you mean outer?"),
    ("gradients", "grad_W2", "return np.outer(grad_oa, hs) / batchsize", "batchsize is not defined; is it misspelt?"),
    ("gradients", "grad_ha", "return np.where(ha > 0, 1, 0.01) * grad_hs",
     "That is a leaky ReLU; the plain ReLU blocks the gradient completely for inactive units."),
    ("gradients", "grad_b2", "return list(map(str, grad_oa))", "Please return numbers, not a text that shows them."),
    ("minibatch", "grad_b2", "return grad_oa.sum(axis=0) / 8",
     "The batch size is fixed in the code; read n from the data, because the last batch may be smaller."),
    ("minibatch", "grad_ha", "return (grad_hs * (ha >= 0)).T",
     "The convention here is that the ReLU's derivative at exactly 0 is 0, so the comparison must be strict (ha > 0). "
     "Besides, the result is laid out sideways."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "function", "line", "text"), SAID)
def test_what_the_student_reads(name: str, function: str, line: str, text: str):
    write = writer(name)
    source = f"def {function}({', '.join(write.declared[function])}):\n    {line}\n"
    (diagnosis,) = [c.diagnosis for c in write.graded(**{function: source}).criteria if c.diagnosis]
    assert diagnosis.feedback == text


# ---------------------------------------------------------------- no name where none is proven

TENDERLY = ("_exit", "exit(", "quit(", "while True", "open(", "notebook_export", "trains_for", "deprecated_wrapper")
"""what a file holds that is not executed in the test's own process"""


def _correct_files() -> list[tuple[str, Path]]:
    labels = json.loads((ROOT / "tests" / "corpus" / "labels.json").read_text(encoding="utf-8"))
    found = [
        ("gradients" if name.startswith("column") else "minibatch", ROOT / "tests" / "corpus" / name)
        for name, label in labels.items()
        if label["correct"]
    ]
    accepted = sorted((ROOT / "tests" / "submissions").glob("*/accepted/*.py"))
    found += [(path.parts[-3].removeprefix("hw3-"), path) for path in accepted]
    return [
        (name, path)
        for name, path in found
        if name != "network"  # of a class, objects are made in the sandbox alone: tests/test_corpus.py judges these
        and not any(word in path.read_text(encoding="latin-1") + path.name for word in TENDERLY)
    ]


CORRECT_FILES = _correct_files()

CORRECT_ENDINGS = [
    ("everywhere", "return {f}.astype(np.float32)"),
    ("everywhere", "return {f}.tolist()"),
    ("everywhere", "return np.array({f}, order='F')"),
    ("everywhere", "return tuple({f})"),
    ("vectors", "return {f}.reshape(-1, 1)"),
    ("vectors", "return {f}.reshape(1, -1)"),
    ("matrices", "return np.asmatrix({f})"),
    ("everywhere", "print({f})\nreturn {f}"),
    ("everywhere", "{f} * 2\nreturn {f}"),
    ("everywhere", "lr = 0.1\nreturn lr * {f} / lr"),
    ("everywhere", "out = {f}.copy()\nfor i in range(0, len(out)):\n    out[i] = {f}[i]\nreturn out"),
    ("everywhere", "for _ in range(1):\n    return {f}"),
    ("everywhere", "return {f} if np.any({f} > 0) else {f}"),
    ("everywhere", "seen = []\nseen.append({f})\nreturn sum(seen)"),
    ("everywhere", "out = {f}.copy()\nout[out >= 0] = {f}[out >= 0]\nout[out < 0] = {f}[out < 0]\nreturn out"),
    ("everywhere", "return (np.max({f}) - np.max({f}) // 1 * 0) * 0 + {f}"),
    ("everywhere", "return -(-{f})"),
]
"""right values with all that makes a code look wrong"""

CORRECT_SHAPES = [
    lambda source: re.sub(r"def (\w+)\(", r"def \1(*, ", source),
    lambda source: re.sub(r"def (\w+)\(([^)]*)\):", r"def \1(\2, verbose=False, eps=1e-12):", source),
    lambda source: "_calls = []\n\n" + source.replace(":\n", ":\n    _calls.append(1)\n", 1),
    lambda source: re.sub(r"def (\w+)\(", lambda m: f"def {m[1].upper()}(", source),
    lambda source: (
        "import functools\n\ndef _logged(f):\n    @functools.wraps(f)\n    def g(*a, **k):\n"
        "        return f(*a, **k)\n    return g\n\n@_logged\n" + source
    ),
]


@pytest.mark.parametrize(("name", "path"), CORRECT_FILES, ids=lambda each: getattr(each, "stem", each))
def test_a_correct_file_is_not_diagnosed(name: str, path: Path):
    homework = homework_of(name)
    result = grade(homework, Submission("s01", path.read_bytes()), Here(homework), "here")
    assert (result.verdict, names_in(result)) == (Verdict.ACCEPTED, {})


@pytest.mark.parametrize(("name", "place"), WHERE)
@pytest.mark.parametrize(("where", "lines"), CORRECT_ENDINGS)
def test_a_right_value_is_not_diagnosed_however_it_comes(name: str, place: int, where: str, lines: str):
    write = writer(name, place)
    sources = {
        f: ended(write, f, lines)
        for f in write.offered
        if where == "everywhere" or (f in VECTORS[name]) is (where == "vectors")
    }
    result = write.graded(**sources)
    assert (result.verdict, names_in(result)) == (Verdict.ACCEPTED, {})


@pytest.mark.parametrize(("name", "place"), WHERE)
@pytest.mark.parametrize("number", range(len(CORRECT_SHAPES)))
def test_a_right_function_is_not_diagnosed_however_it_is_wrapped(name: str, place: int, number: int):
    write = writer(name, place)
    result = write.graded(**{f: CORRECT_SHAPES[number](write.right(f)) for f in write.offered})
    assert (result.verdict, names_in(result)) == (Verdict.ACCEPTED, {})


def test_a_hundred_correct_variants_are_not_diagnosed():
    assert len(CORRECT_FILES) + len(WHERE) * (len(CORRECT_ENDINGS) + len(CORRECT_SHAPES)) >= 130


class Nudged(Here):
    """The same, but in one trial of one function one entry is a little off."""

    def __init__(self, write: Writer, function: str, trial: int, by: float) -> None:
        super().__init__(write.homework, write.all_right, (function,))
        self.number, self.by = write.homework.numbers[function, write.convention][trial], by

    def __call__(
        self, program: Program, calls: Calls, limits: Limits, *, functions: frozenset[str] | None = None
    ) -> Outcomes:
        outcomes = super().__call__(program, calls, limits, functions=functions)
        if calls is not self.homework.calls:
            return outcomes
        outcome = outcomes.outcomes[self.number]
        assert outcome.value is not None
        value = np.array(outcome.value, dtype=float)
        most = np.max(np.abs(value))
        tolerance = self.homework.rubric.tolerance
        value.flat[0] += self.by * (tolerance.atol + tolerance.rtol * most)
        changed = {**outcomes.outcomes, self.number: outcome._replace(value=value)}
        return Outcomes(changed, outcomes.bound, outcomes.left_out, in_one_go=True)


BY_VALUE = [
    ("gradients", "grad_oa", "return os - np.eye(len(os))[y % len(os)]"),
    ("gradients", "grad_b2", "return -grad_oa"),
    ("gradients", "grad_W2", "return np.outer(hs, grad_oa)"),
    ("gradients", "grad_W2", "return np.outer(grad_oa, hs) * 0.3"),
    ("gradients", "grad_hs", "return W2.T @ grad_oa / len(grad_oa)"),
    ("gradients", "grad_ha", "return grad_hs * np.sign(ha)"),
    ("gradients", "grad_ha", "return grad_hs * (ha > 0.3)"),
    ("gradients", "grad_b1", "return np.abs(grad_ha)"),
    ("gradients", "grad_x", "return np.round(W1.T @ grad_ha, 2)"),
    ("minibatch", "grad_oa", "return os + np.eye(os.shape[1])[y]"),
    ("minibatch", "grad_b2", "return grad_oa.sum(axis=0) / 7"),
    ("minibatch", "grad_W2", "return hs.T @ grad_oa"),
    ("minibatch", "grad_W2", "return (hs.T @ grad_oa / len(hs)).T"),
    ("minibatch", "grad_hs", "return (grad_oa @ W2.T).mean(axis=0)"),
    ("minibatch", "grad_ha", "return grad_hs * (ha > 0).any(axis=0)"),
    ("minibatch", "grad_W1", "return X.T @ grad_ha / len(X) / len(X)"),
    ("minibatch", "grad_x", "return np.clip(grad_ha @ W1.T, -1, 1)"),
]


@pytest.mark.parametrize("number", range(len(BY_VALUE)))
def test_one_trial_that_is_off_by_more_than_the_tolerance_takes_the_name_away(number: int):
    name, function, line = BY_VALUE[number]
    trial = (0, 9, -1)[number % 3]
    write = writer(name)
    source = f"def {function}({', '.join(write.declared[function])}):\n    {line}\n"
    submission = Submission("s01", write.file(**{function: source}))
    assert names_in(write.graded(**{function: source})).keys() == {function}
    for by, named in ((0.0, True), (0.1, True), (40.0, False)):
        result = grade(write.homework, submission, Nudged(write, function, trial, by), "here")
        assert bool(names_in(result)) is named, by


NOBODY_MEANT = [
    "return np.sin(3 * {f}) + 0.1",
    "return {f} + 0.37",
    "return np.cos({f})",
    "return np.exp({f}) - {f}",
    "return {f} + np.arange({f}.size).reshape({f}.shape)",
    "return {f} * np.linspace(0.5, 2.3, {f}.size).reshape({f}.shape)",
    "return np.cumsum({f}).reshape({f}.shape)",
    "return np.sqrt(np.abs({f})) + {f}",
    "return {f} + 0.001 * np.cos({f})",
    "return np.where({f} > 0.2, {f}, 0.77)",
    "return {f} ** 3 - 0.2",
    "return np.full({f}.shape, 0.123)",
    "return np.random.default_rng(5).normal(size={f}.shape)",
    "return np.zeros({f}.shape)[..., None] + 5.5",
]


@pytest.mark.parametrize("name", ["gradients", "minibatch"])
@pytest.mark.parametrize("number", range(len(NOBODY_MEANT)))
def test_a_formula_that_nobody_meant_has_no_name(name: str, number: int):
    place = number % 2 if name == "minibatch" else 0
    write = writer(name, place)
    function = [*write.offered][(number + place) % len(write.offered)]
    result = write.graded(**{function: ended(write, function, NOBODY_MEANT[number])})
    assert (result.verdict, names_in(result)) == (Verdict.PARTIAL, {})


@pytest.mark.parametrize("name", ["gradients", "minibatch"])
def test_zeros_are_no_mistake_that_has_a_name(name: str):
    write = writer(name)
    functions = [f for f in write.offered if (name, f) != ("minibatch", "grad_b2")]
    found = {f: names_in(write.graded(**{f: ended(write, f, "return np.zeros({f}.shape)")})) for f in functions}
    assert found == {f: {} for f in functions}


# ---------------------------------------------------------------- carried forward, and credit


def worth(write: Writer, functions: Mapping[str, str], **rubric) -> dict[str, CriterionResult]:
    """The results by function of a file, where the rubric says this and that."""
    file = replace(write.homework.file, rubric=write.homework.rubric.model_copy(update=rubric))
    homework = replace(write.homework, file=file)
    run = Here(homework, write.all_right, functions)
    result = grade(homework, Submission("s01", write.file(**functions)), run, "here")
    return {criterion.function: criterion for criterion in result.criteria}


RECOMPUTED = {
    "gradients": {
        "grad_b2": "def grad_b2(os, y):\n    return grad_oa(os, y)\n",
        "grad_W2": "def grad_W2(os, y, hs):\n    return np.outer(grad_oa(os, y), hs)\n",
        "grad_hs": "def grad_hs(os, y, W2):\n    return W2.T @ grad_oa(os, y)\n",
    },
    "minibatch": {
        "grad_b2": "def grad_b2(os, y):\n    return grad_oa(os, y).mean(axis=0)\n",
        "grad_W2": "def grad_W2(os, y, hs):\n    return hs.T @ grad_oa(os, y) / len(hs)\n",
        "grad_hs": "def grad_hs(os, y, W2):\n    return grad_oa(os, y) @ W2.T\n",
    },
}
UPSTREAM = {
    "gradients": {
        "a known mistake": "return os - np.eye(len(os))[y % len(os)]",
        "an unknown one": "return np.sin(3 * os) + 0.1 * os[y - 1]",
        "the wrong sign": "return np.eye(len(os))[y - 1] - os",
        "a column": "return (os + np.eye(len(os))[y - 1]).reshape(-1)",
    },
    "minibatch": {
        "a known mistake": "return os - np.eye(os.shape[1])[y - 1]",
        "an unknown one": "return np.sin(3 * os) + 0.1 * os[:, :1]",
        "the wrong sign": "return np.eye(os.shape[1])[y] - os",
    },
}
TRIVIAL = {
    "zeros": "return np.zeros(os.shape)",
    "a constant": "return np.full(os.shape, 0.25)",
    "a ramp": "return np.linspace(0, 1, os.size).reshape(os.shape)",
}


def wrong_oa(line: str) -> str:
    return f"def grad_oa(os, y):\n    {line}\n"


@pytest.mark.parametrize(("name", "what"), [(name, what) for name in UPSTREAM for what in UPSTREAM[name]])
def test_a_wrong_grad_oa_that_everything_uses_costs_grad_oa_alone(name: str, what: str):
    results = worth(writer(name), {**RECOMPUTED[name], "grad_oa": wrong_oa(UPSTREAM[name][what])})
    below = {function: results[function] for function in RECOMPUTED[name]}
    assert results["grad_oa"].score < results["grad_oa"].max_score
    assert not results["grad_oa"].carried_forward
    for function, result in below.items():
        assert (result.score, result.carried_forward) == (result.max_score, True)
        points = f"{result.max_score:g} of {result.max_score:g}"
        note = f"{function} is right for what your own grad_oa gives, so the error counts once, there: {points} points here."
        assert result.notes == (note,)
    assert all(results[f].score == results[f].max_score for f in results.keys() - {"grad_oa"})


@pytest.mark.parametrize("name", RECOMPUTED)
@pytest.mark.parametrize("what", TRIVIAL)
def test_a_trivial_grad_oa_gains_nothing_below(name: str, what: str):
    functions = {**RECOMPUTED[name], "grad_oa": wrong_oa(TRIVIAL[what])}
    results = worth(writer(name), functions)
    for function in functions:
        assert not results[function].carried_forward
        assert results[function].score < results[function].max_score


@pytest.mark.parametrize("name", RECOMPUTED)
def test_half_is_carried_where_the_rubric_says_so(name: str):
    wrong = wrong_oa(UPSTREAM[name]["a known mistake"])
    results = worth(writer(name), {**RECOMPUTED[name], "grad_oa": wrong}, carried_forward=0.5)
    for function in RECOMPUTED[name]:
        result = results[function]
        assert result.score == result.max_score / 2
        assert result.carried_forward
        note = f"so the error counts once, there: {result.max_score / 2:g} of {result.max_score:g} points here."
        assert result.notes[0].endswith(note)


@pytest.mark.parametrize("name", RECOMPUTED)
def test_nothing_is_carried_where_the_rubric_says_so(name: str):
    wrong = wrong_oa(UPSTREAM[name]["a known mistake"])
    results = worth(writer(name), {**RECOMPUTED[name], "grad_oa": wrong}, carried_forward=0.0)
    assert not any(results[f].carried_forward or results[f].score == results[f].max_score for f in RECOMPUTED[name])


@pytest.mark.parametrize("name", RECOMPUTED)
def test_a_function_that_asks_for_grad_oa_does_not_see_the_error(name: str):
    results = worth(writer(name), {"grad_oa": wrong_oa(UPSTREAM[name]["a known mistake"])})
    assert [f for f, result in results.items() if result.score < result.max_score] == ["grad_oa"]
    assert not any(result.carried_forward or (f != "grad_oa" and result.notes) for f, result in results.items())


@pytest.mark.parametrize("name", RECOMPUTED)
def test_a_function_with_a_mistake_of_its_own_carries_nothing(name: str):
    below = {f: source.replace("return ", "return 3.3 * ") for f, source in RECOMPUTED[name].items()}
    results = worth(writer(name), {**below, "grad_oa": wrong_oa(UPSTREAM[name]["an unknown one"])})
    assert not any(results[f].carried_forward or results[f].score == results[f].max_score for f in below)


SIDEWAYS = "Checks that failed keep 50 % of their points: the homework has it so for transposed-result."


@pytest.mark.parametrize("name", ["gradients", "minibatch"])
def test_credit_for_a_known_mistake_is_a_share_of_the_points(name: str):
    write = writer(name)
    sideways = {f: ended(write, f, "return {f}.T") for f in ("grad_W2", "grad_W1")}
    without, results = worth(write, sideways), worth(write, sideways, credit={"transposed-result": 0.5})
    for function in sideways:
        before, result = without[function], results[function]
        assert result.diagnosis is not None
        assert result.diagnosis.misconception == "transposed-result"
        lost = [(a, b) for a, b in zip(before.checks, result.checks, strict=True) if a.failed]
        assert lost
        assert all(b.score == max(a.score, a.max_score / 2) for a, b in lost)
        assert result.score == sum(check.score for check in result.checks) > before.score
        assert result.notes == (SIDEWAYS,)


def test_credit_of_a_function_is_for_that_function_alone():
    write = writer("gradients")
    sideways = {f: ended(write, f, "return {f}.T") for f in ("grad_W2", "grad_W1")}
    criteria = tuple(
        c.model_copy(update={"credit": {"transposed-result": 0.5}}) if c.function == "grad_W1" else c
        for c in write.homework.rubric.criteria
    )
    results = worth(write, sideways, criteria=criteria)
    assert results["grad_W1"].notes == (SIDEWAYS,)
    assert results["grad_W2"].notes == ()
    assert results["grad_W2"].score == worth(write, sideways)["grad_W2"].score


def test_two_mistakes_at_once_earn_no_credit():
    both = {"grad_ha": "def grad_ha(grad_hs, ha):\n    return (grad_hs * (ha >= 0)).T\n"}
    credit = {"transposed-result": 0.5, "relu-derivative-at-zero": 0.5}
    result = worth(writer("minibatch"), both, credit=credit)["grad_ha"]
    assert result.diagnosis is not None
    assert (result.diagnosis.misconception, result.diagnosis.second) == ("relu-derivative-at-zero", "transposed-result")
    assert result.notes == ()


# ---------------------------------------------------------------- the same through the sandbox

_OF_THE_TWO = [snippet for snippet in SNIPPETS if snippet.homework in ("gradients", "minibatch")]
SANDBOXED = _OF_THE_TWO[:: len(_OF_THE_TWO) // 29][:30]


@pytest.fixture(scope="module")
def sandboxed(tmp_path_factory: pytest.TempPathFactory, setting: Setting) -> dict[str, Result]:
    results: dict[str, Result] = {}
    for name in ("gradients", "minibatch"):
        folder = tmp_path_factory.mktemp(name)
        hand_ins = []
        for number, snippet in enumerate(SANDBOXED):
            if snippet.homework == name:
                path = folder / f"s{number:02}.py"
                path.write_bytes(writer(name).file(**{snippet.function: snippet.source}))
                hand_ins.append(HandIn(path.stem, path))
        results |= graded(homework_of(name), hand_ins, folder, setting)
    return results


@pytest.mark.parametrize("number", range(len(SANDBOXED)))
def test_the_sandbox_tells_the_same(sandboxed: dict[str, Result], number: int):
    snippet, result = SANDBOXED[number], sandboxed[f"s{number:02}"]
    alone = writer(snippet.homework).graded(**{snippet.function: snippet.source})
    assert names_in(result) == {snippet.function: (snippet.name,)}
    assert [c.diagnosis for c in result.criteria] == [c.diagnosis for c in alone.criteria]
    assert [(c.verdict, c.score) for c in result.criteria] == [(c.verdict, c.score) for c in alone.criteria]
