"""Mistakes that are read off what came back or was raised, and off the code: no value to compare is needed for them."""

from __future__ import annotations

import ast
import difflib
import re
import sys

import numpy as np

from grader.diagnose.code import near_names
from grader.diagnose.evidence import Evidence, Found
from grader.language import N_
from grader.models import Happened, Outcome

_REMOVED_TEXT = """
    float int bool object str complex long unicode float_ complex_ unicode_ Inf Infinity NaN infty product cumproduct
    sometrue alltrue in1d row_stack trapz asscalar mat msort round_
"""
_REMOVED = frozenset(_REMOVED_TEXT.split())
"""names that numpy had once"""

_NAME = re.compile(r"NameError: (?:free variable|name|cannot access free variable) '(\w+)'")
_ATTRIBUTE = re.compile(r"AttributeError: module '(\w+)' has no attribute '(\w+)'")
_OF_AN_OBJECT = re.compile(r"AttributeError: '([\w.]+)' object has no attribute '(\w+)'")
_OF_AN_INT = re.compile(
    r"(TypeError: '(?:int|float|numpy\.\w+)' object is not (?:subscriptable|iterable)|"
    r"TypeError: object of type '(?:int|numpy\.\w+)' has no len|IndexError: invalid index to scalar|"
    r"TypeError: len\(\) of unsized|IndexError: too many indices for array: array is 0-dim)"
)


def spoken(evidence: Evidence) -> Found | None:
    """The mistake that is plain from what was said; None if nothing says it."""
    outcome = next((o for o in evidence.outcomes if o.happened not in (Happened.VALUE, Happened.NOT_RUN)), None)
    if outcome is None:
        return None
    code = evidence.code
    if outcome.happened is Happened.MISSING:
        return Found("not-module-level") if "inside the class" in (outcome.english or outcome.text) else None
    if outcome.happened is Happened.UNBOUND:
        return Found("wrong-weight-matrix" if _uses_other_weights(evidence, outcome) else "parameter-name-unknown")
    if outcome.happened is Happened.ODD:
        return _odd(evidence, outcome)
    if outcome.happened is Happened.RAISED:
        if code.reads_others_state and outcome.text.startswith(
            ("NameError", "KeyError", "UnboundLocalError", "TypeError", "IndexError", "AttributeError")
        ):
            return Found("depends-on-global-state")
        return _raised(evidence, outcome)
    return None


def _uses_other_weights(evidence: Evidence, outcome: Outcome) -> bool:
    """Whether it asks for what only comes after it, with the weights of another layer in hand."""
    known = evidence.calls[0].values
    weights = evidence.roles.weights & known.keys()
    asked = set(evidence.code.parameters)
    later = evidence.roles.quantities & set(outcome.text.split("\n"))
    return bool(later and asked & weights and not asked & weights & set(evidence.declared))


def _odd(evidence: Evidence, outcome: Outcome) -> Found | None:
    code, text = evidence.code, outcome.english or outcome.text
    if text == "None":
        if code.prints_values:
            return Found("prints-instead-of-returns")
        if code.returns and not any(isinstance(value, ast.Constant) and value.value is None for value in code.returns):
            return Found("result-not-assigned") if _returns_nothing_of_numpy(evidence) else None
        return Found("missing-return") if _computes(evidence) else None
    if "truth value" in text and code.compares_products:
        return Found("operator-precedence")
    if text.startswith("the string") or "strings" in text:
        return Found("returns-text")
    if text.startswith(("a dict", "a tuple")):
        return Found("returns-several-values")
    if text.startswith("a list") and any(isinstance(value, ast.Tuple | ast.List) for value in code.returns):
        return Found("returns-several-values")
    if text.startswith("a list") and code.adds:
        return Found("list-arithmetic")
    return None


def _computes(evidence: Evidence) -> bool:
    """Whether the function works anything out: a stub does not."""
    return any(isinstance(node, ast.Assign | ast.AugAssign | ast.BinOp | ast.Call) for node in evidence.code.own_nodes)


def _returns_nothing_of_numpy(evidence: Evidence) -> bool:
    """Whether what is returned is a call that changes something and gives nothing back, as `g.sort()` does."""
    return any(
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and value.func.attr
        in (
            "sort",
            "append",
            "fill",
            "put",
            "itemset",
            "at",
            "extend",
            "add",
            "fill_diagonal",
            "put_along_axis",
            "copyto",
        )
        for value in evidence.code.returns
    )


def _raised(evidence: Evidence, outcome: Outcome) -> Found | None:
    code, text = evidence.code, outcome.text
    if found := _NAME.search(text):
        name = found[1]
        if name in code.file.imported:
            return None if _is_library(code.file.imported[name]) else Found("missing-local-file")
        if name in _LIBRARIES or name in evidence.calls[0].values:
            return None  # an import or a parameter is missing: Python's own sentence says it
        near = difflib.get_close_matches(name, [each for each in near_names(code) if each != name], n=1, cutoff=0.7)
        return _typo(name, near)
    if found := _ATTRIBUTE.search(text):
        module, name = found[1], found[2]
        if module == "numpy" and name in _REMOVED:
            return Found("removed-numpy-name")
        near = difflib.get_close_matches(name, dir(np), n=1, cutoff=0.8) if module == "numpy" else []
        return _typo(name, near) if near else None
    if _handles_the_label_as_array(evidence) and (_OF_AN_INT.search(text) or _of_a_number(text)):
        return Found("treats-int-label-as-array")
    if "truth value of an array" in text:
        return Found("scalar-truth-of-array")
    found = _OF_AN_OBJECT.search(text)
    if found and "ndarray" in found[1]:
        near = difflib.get_close_matches(found[2], dir(np.ndarray), n=1, cutoff=0.7)
        return _typo(found[2], near) if near else None
    if "unsupported operand type" in text and "list" in text:
        return Found("list-arithmetic")
    if "can't multiply sequence" in text or "can only concatenate list" in text:
        return Found("list-arithmetic")
    if _fixed_size(evidence, text):
        return Found("hard-coded-class-count")
    if "out of bounds" in text and code.calls("argmax") and _takes_labels(evidence):
        return Found("expects-one-hot-labels")
    if "not aligned" in text or "mismatch in its core dimension" in text or "does not have enough dimensions" in text:
        return _failed_product(evidence, text)
    return None


MEANT = N_("{name} is misspelt: did you mean {near}?")
NOT_KNOWN = N_("{name} is not defined; is it misspelt?")
SHAPES_MET = N_("The shapes that met: {shapes}.")


def _typo(name: str, near: list[str]) -> Found:
    if near:
        return Found("name-typo", MEANT, values={"name": name, "near": near[0]})
    return Found("name-typo", NOT_KNOWN, values={"name": name})


def _fixed_size(evidence: Evidence, text: str) -> bool:
    """Whether shapes did not meet because one of them has a size that stands in the code, and nowhere else."""
    if "could not be broadcast" not in text or not _takes_labels(evidence):
        return False
    met = {int(size) for size in re.findall(r"\d+", text.partition("shapes")[2])}
    sizes = {size for trial in evidence.trials for size in trial.dimensions.values()}
    return bool((met - sizes) & {int(number) for number in evidence.code.numbers if number == int(number)})


def _takes_labels(evidence: Evidence) -> bool:
    """Whether one of the quantities that the function takes is an array of class numbers."""
    return any(np.asarray(evidence.calls[0].values[name]).dtype.kind in "iu" for name in evidence.asks)


def _failed_product(evidence: Evidence, text: str) -> Found | None:
    """A product of matrices whose shapes do not fit: which factor should have been turned?"""
    call = evidence.calls[evidence.raised[0]]
    met = [np.ndim(call.values[name]) for name in evidence.asks]
    values = {name: call.values[name] for name in evidence.asks}
    said = re.findall(r"\(\d+,[\d,]*\)", text)
    given = {_letters(np.shape(value)).replace(" ", "") for value in values.values()}
    if len(values) != 2 or not all(met) or not set(said) <= given:
        return None  # it met in something else than the two arguments
    shapes = ", ".join(f"{name} {_letters(np.shape(value))}" for name, value in values.items() if np.ndim(value))
    if met and all(axes == 1 for axes in met):
        name = "one-d-transpose-noop" if evidence.code.transposes_itself else "dot-instead-of-outer"
        return Found(name, detail=SHAPES_MET, values={"shapes": shapes})
    if "enough dimensions" in text:
        return None
    weights = [
        name
        for name in evidence.asks
        if name != evidence.roles.derived_by.get(evidence.function) and name in evidence.roles.weights
    ]
    own = [name for name in evidence.declared if name in evidence.roles.weights]
    if weights and own and not set(weights) & set(own):
        return Found("wrong-weight-matrix", detail=SHAPES_MET, values={"shapes": shapes})
    if all(np.shape(value) == evidence.expected[0].shape for value in values.values()):
        return Found("matmul-instead-of-elementwise", detail=SHAPES_MET, values={"shapes": shapes})
    if weights and not evidence.code.transposes_itself:
        return Found("missing-transpose", detail=SHAPES_MET, values={"shapes": shapes})
    if not weights and met.count(2) >= 2 and not evidence.code.transposes_itself:
        return Found("wrong-product-order", detail=SHAPES_MET, values={"shapes": shapes})
    return None


def _letters(shape: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


_LIBRARIES = frozenset({"numpy", "np", "math", "scipy", "sp", "os", "sys", "random", "plt"})
_INSTALLED_TEXT = """
    scipy torch tensorflow keras sklearn pandas jax jaxlib matplotlib autograd numba cupy seaborn theano mxnet sympy
    statsmodels tqdm IPython PIL cv2
"""
_INSTALLED = frozenset(_INSTALLED_TEXT.split()) | sys.stdlib_module_names


def _is_library(module: str) -> bool:
    """Whether a module is one that is installed, and not a file of the student's."""
    return module.partition(".")[0] in _INSTALLED


def _handles_the_label_as_array(evidence: Evidence) -> bool:
    """Whether a plain number that the function takes is indexed, measured or asked for an array's attributes."""
    plain = {name for name in evidence.asks if np.ndim(evidence.calls[0].values[name]) == 0}
    names = plain | {own for own, asked in zip(evidence.code.parameters, evidence.asks, strict=False) if asked in plain}
    for node in evidence.code.own_nodes:
        value = node.value if isinstance(node, ast.Subscript | ast.Attribute) else None
        value = node.iter if isinstance(node, ast.For | ast.comprehension) else value
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("len", "enumerate"):
            value = node.args[0] if node.args else None
        if isinstance(value, ast.Name) and value.id in names:
            return True
    return False


def _of_a_number(text: str) -> bool:
    found = _OF_AN_OBJECT.search(text)
    return found is not None and found[1] in ("int", "float", "numpy.int64", "numpy.float64")
