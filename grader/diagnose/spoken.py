"""Mistakes that are read off what came back or was raised, and off the code: no value to compare is needed for them."""

from __future__ import annotations

import ast
import difflib
import re

import numpy as np

from grader.diagnose.code import near_names
from grader.diagnose.evidence import Evidence
from grader.models import Happened, Outcome

_REMOVED_TEXT = """
    float int bool object str complex long unicode float_ complex_ unicode_ Inf Infinity NaN infty product cumproduct
    sometrue alltrue in1d row_stack trapz asscalar mat msort round_
"""
_REMOVED = frozenset(_REMOVED_TEXT.split())
"""names that numpy had once"""

_NAME = re.compile(r"NameError: (?:free variable|name|cannot access free variable) '(\w+)'")
_UNBOUND = re.compile(r"UnboundLocalError: .*'(\w+)'")
_ATTRIBUTE = re.compile(r"AttributeError: module '(\w+)' has no attribute '(\w+)'")
_OF_AN_OBJECT = re.compile(r"AttributeError: '([\w.]+)' object has no attribute '(\w+)'")
_OF_AN_INT = re.compile(
    r"(TypeError: '(?:int|float|numpy\.\w+)' object is not (?:subscriptable|iterable)|"
    r"TypeError: object of type '(?:int|numpy\.\w+)' has no len|IndexError: invalid index to scalar|"
    r"TypeError: len\(\) of unsized|IndexError: too many indices for array: array is 0-dim)"
)


def spoken(evidence: Evidence) -> tuple[str, str] | None:
    """The name of the mistake, and what is to be put in the place of {} in its sentence; None if nothing says it."""
    outcome = next((o for o in evidence.outcomes if o.happened not in (Happened.VALUE, Happened.NOT_RUN)), None)
    if outcome is None:
        return None
    code = evidence.code
    if outcome.happened is Happened.MISSING:
        return ("not-module-level", "") if "inside the class" in outcome.text else None
    if outcome.happened is Happened.UNBOUND:
        return ("wrong-weight-matrix", "") if _uses_other_weights(evidence, outcome) else ("parameter-name-unknown", "")
    if outcome.happened is Happened.ODD:
        return _odd(evidence, outcome)
    if outcome.happened is Happened.RAISED:
        if code.reads_others_state and outcome.text.startswith(
            ("NameError", "KeyError", "UnboundLocalError", "TypeError", "IndexError", "AttributeError")
        ):
            return "depends-on-global-state", ""
        return _raised(evidence, outcome)
    return None


def _uses_other_weights(evidence: Evidence, outcome: Outcome) -> bool:
    """Whether it asks for what only comes after it, with the weights of another layer in hand."""
    known = evidence.calls[0].values
    weights = {name for name, value in known.items() if np.ndim(value) == 2 and not name.startswith("grad")}
    asked = set(evidence.code.parameters)
    later = {name for name in outcome.text.split("\n") if name.startswith("grad_")}
    return bool(later and asked & weights and not asked & weights & set(evidence.declared))


def _odd(evidence: Evidence, outcome: Outcome) -> tuple[str, str] | None:
    code, text = evidence.code, outcome.text
    if text == "None":
        if code.prints:
            return "prints-instead-of-returns", ""
        if code.returns and not any(isinstance(value, ast.Constant) and value.value is None for value in code.returns):
            return ("result-not-assigned", "") if _returns_nothing_of_numpy(evidence) else None
        return "missing-return", ""
    if "truth value" in text and any(isinstance(node, ast.Compare) for node in code.nodes):
        return "operator-precedence", ""
    if text.startswith(("a dict", "a tuple")):
        return "returns-several-values", ""
    if text.startswith("a list") and any(isinstance(value, ast.Tuple | ast.List) for value in code.returns):
        return "returns-several-values", ""
    if text.startswith("a list"):
        return "list-arithmetic", ""
    if text.startswith("the string") or "strings" in text:
        return "returns-text", ""
    return None


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


def _raised(evidence: Evidence, outcome: Outcome) -> tuple[str, str] | None:
    code, text = evidence.code, outcome.text
    if found := _NAME.search(text) or _UNBOUND.search(text):
        name = found[1]
        if name in code.file.imported and name not in _LIBRARIES:
            return "missing-local-file", ""
        near = difflib.get_close_matches(name, [each for each in near_names(code) if each != name], n=1, cutoff=0.6)
        return "name-typo", f" {name}: did you mean {near[0]}?" if near else f" {name} is not defined."
    if found := _ATTRIBUTE.search(text):
        module, name = found[1], found[2]
        if module == "numpy" and name in _REMOVED:
            return "removed-numpy-name", ""
        near = difflib.get_close_matches(name, dir(np), n=1, cutoff=0.6) if module == "numpy" else []
        return "name-typo", f" {name}: did you mean {near[0]}?" if near else f" {module} has no {name}."
    if _takes_a_plain_label(evidence) and (_OF_AN_INT.search(text) or _of_a_number(text)):
        return "treats-int-label-as-array", ""
    if "truth value of an array" in text:
        return "scalar-truth-of-array", ""
    found = _OF_AN_OBJECT.search(text)
    if found and "ndarray" in found[1]:
        near = difflib.get_close_matches(found[2], dir(np.ndarray), n=1, cutoff=0.7)
        return ("name-typo", f" {found[2]}: did you mean {near[0]}?") if near else None
    if "unsupported operand type" in text and "list" in text:
        return "list-arithmetic", ""
    if "can't multiply sequence" in text or "can only concatenate list" in text:
        return "list-arithmetic", ""
    if _fixed_size(evidence, text):
        return "hard-coded-class-count", ""
    if "out of bounds" in text and code.calls("argmax") and _takes_labels(evidence):
        return "expects-one-hot-labels", ""
    if "not aligned" in text or "mismatch in its core dimension" in text or "does not have enough dimensions" in text:
        return _failed_product(evidence)
    return None


def _fixed_size(evidence: Evidence, text: str) -> bool:
    """Whether shapes did not meet because one of them has a size that stands in the code, and nowhere else."""
    if "could not be broadcast" not in text:
        return False
    met = {int(size) for size in re.findall(r"\d+", text.partition("shapes")[2])}
    sizes = {size for trial in evidence.trials for size in trial.dimensions.values()}
    return bool((met - sizes) & {int(number) for number in evidence.code.numbers if number == int(number)})


def _takes_labels(evidence: Evidence) -> bool:
    """Whether one of the quantities that the function takes is an array of class numbers."""
    return any(np.asarray(evidence.calls[0].values[name]).dtype.kind in "iu" for name in evidence.asks)


def _failed_product(evidence: Evidence) -> tuple[str, str] | None:
    """A product of matrices whose shapes do not fit: which factor should have been turned?"""
    met = [np.ndim(evidence.calls[0].values[name]) for name in evidence.asks]
    values = {name: evidence.calls[0].values[name] for name in evidence.asks}
    shapes = " and ".join(f"{name} {_letters(np.shape(value))}" for name, value in values.items() if np.ndim(value))
    detail = f" {shapes} met." if shapes else ""
    if met and all(axes == 1 for axes in met):
        return ("one-d-transpose-noop" if evidence.code.transposes_itself else "dot-instead-of-outer"), detail
    weights = [name for name in evidence.declared if f"grad_{name}" != evidence.function and _is_weight(evidence, name)]
    if weights and not evidence.code.transposes_itself:
        return "missing-transpose", detail
    if not weights and met.count(2) >= 2 and not evidence.code.transposes_itself:
        return "wrong-product-order", detail
    return None


def _letters(shape: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _is_weight(evidence: Evidence, name: str) -> bool:
    return (
        name in evidence.asks
        and np.ndim(evidence.calls[0].values[name]) == 2
        and not name.startswith("grad_")
        and name not in ("X", "hs", "ha", "os", "oa")
    )


_LIBRARIES = frozenset({"numpy", "np", "math", "scipy"})


def _takes_a_plain_label(evidence: Evidence) -> bool:
    """Whether one of the quantities that the function takes is a plain number."""
    return any(np.ndim(evidence.calls[0].values[name]) == 0 for name in evidence.asks)


def _of_a_number(text: str) -> bool:
    found = _OF_AN_OBJECT.search(text)
    return found is not None and found[1] in ("int", "float", "numpy.int64", "numpy.float64")
