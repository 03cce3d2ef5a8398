"""Every mistake of the catalogues, planted in a correct submission, comes back by its name."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest
from conftest import ROOT
from test_diagnosis import Writer, names_in, writer

from grader.models import Happened, Outcomes, Program, Verdict

CONVENTIONS = {"gradients": 1, "minibatch": 2}


def _in(name: str) -> list[str]:
    tree = ast.parse((ROOT / "reference" / f"hw3_{name}_misconceptions.py").read_text(encoding="utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


CATALOGUE = {name: _in(name) for name in CONVENTIONS}
PLANTED = [(name, place, full) for name, count in CONVENTIONS.items() for place in range(count) for full in _in(name)]

NUMBERS = {"hard-coded-class-count": 4, "hard-coded-batch-size": 4, "rounds-result": 2}
"""what stands in the code for `number`; elsewhere it is 0.3"""

CHANGES_NOTHING = {
    ("minibatch", "grad_W2__extra_factor__4"): "hs is never negative, so that its absolute value is itself",
}
"""mistakes that leave the function right"""

FORMS = {
    "gradients": {
        "grad_hs__missing_one_hot": "def grad_hs(W2, os, y):\n    return W2.T @ os",
        "grad_oa__integer_division__2": "def grad_oa(os, y):\n    share = os // len(os)\n    return share",
        "grad_W2__swapped_arguments": """
def grad_W2(grad_oa, hs):
    g = np.zeros((len(hs), len(grad_oa)))
    for i in range(len(grad_oa)):
        for j in range(len(hs)):
            g[j, i] = grad_oa[i] * hs[j]
    return g""",
        "grad_W1__swapped_arguments": "def grad_W1(x, grad_ha):\n    return np.outer(x, grad_ha)",
        "grad_ha__mask_rewritten_in_wrong_order": """
def grad_ha(grad_hs, ha):
    mask = ha.copy()
    mask[mask <= 0] = 1
    mask[mask > 0] = 1
    return grad_hs * mask""",
        "grad_ha__mask_rewritten_in_wrong_order__2": """
def grad_ha(grad_hs, ha):
    mask = ha.copy()
    mask[mask > 0] = -1
    mask[mask <= 0] = 0
    return grad_hs * mask""",
        "grad_ha__mask_rewritten_in_wrong_order__3": """
def grad_ha(grad_hs, ha):
    slope = ha.copy()
    slope[slope > 0] = 0
    slope[slope <= 0] = 0
    return slope""",
        "grad_ha__mask_rewritten_in_wrong_order__4": """
def grad_ha(grad_hs, ha):
    slope = ha.copy()
    slope[slope <= 0] = 1
    slope[slope > 0] = 1
    return slope""",
        "grad_ha__chained_indexing": """
def grad_ha(grad_hs, ha):
    g = grad_hs.copy()
    g[ha <= 0][:] = 0
    return g""",
        "grad_hs__loop_bounds": """
def grad_hs(W2, grad_oa):
    g = np.zeros(W2.shape[1])
    for k in range(1, len(grad_oa)):
        g += W2[k] * grad_oa[k]
    return g""",
        "grad_hs__loop_bounds__2": """
def grad_hs(W2, grad_oa):
    g = np.zeros(W2.shape[1])
    for k in range(len(grad_oa) - 1):
        g += W2[k] * grad_oa[k]
    return g""",
        "grad_x__loop_bounds": """
def grad_x(W1, grad_ha):
    g = np.zeros(W1.shape[1])
    for k in range(1, len(grad_ha)):
        g += W1[k] * grad_ha[k]
    return g""",
        "grad_x__loop_bounds__2": """
def grad_x(W1, grad_ha):
    g = np.zeros(W1.shape[1])
    for k in range(len(grad_ha) - 1):
        g += W1[k] * grad_ha[k]
    return g""",
        "grad_oa__loop_bounds": """
def grad_oa(os, y):
    g = os.copy()
    for k in range(0, len(os) - 1):
        if k == y - 1:
            g[k] -= 1
    return g""",
        "grad_oa__loop_bounds__2": """
def grad_oa(os, y):
    g = os.copy()
    for k in range(1, len(os)):
        if k == y - 1:
            g[k] -= 1
    return g""",
        "grad_ha__loop_bounds": """
def grad_ha(grad_hs, ha):
    g = grad_hs.copy()
    for i in range(len(ha) - 1):
        if ha[i] <= 0:
            g[i] = 0
    return g""",
        "grad_ha__loop_bounds__2": """
def grad_ha(grad_hs, ha):
    g = grad_hs.copy()
    for i in range(1, len(ha)):
        if ha[i] <= 0:
            g[i] = 0
    return g""",
        "grad_hs__list_arithmetic": """
def grad_hs(W2, grad_oa):
    total = []
    for k in range(len(grad_oa)):
        total = total + [w * grad_oa[k] for w in W2[k]]
    return total""",
        "grad_x__list_arithmetic": """
def grad_x(W1, grad_ha):
    total = []
    for k in range(len(grad_ha)):
        total = total + [w * grad_ha[k] for w in W1[k]]
    return total""",
        "grad_ha__list_arithmetic": """
def grad_ha(grad_hs, ha):
    gate = [1.0 if a > 0 else 0.0 for a in ha]
    return list(grad_hs) + gate""",
        "grad_ha__list_arithmetic__2": """
def grad_ha(grad_hs, ha):
    on = [a for a in ha if a > 0]
    return list(grad_hs) * len(on)""",
        "grad_hs__return_inside_loop": """
def grad_hs(W2, grad_oa):
    g = np.zeros(W2.shape[1])
    for k in range(len(grad_oa)):
        g += W2[k] * grad_oa[k]
        return g""",
        "grad_x__return_inside_loop": """
def grad_x(W1, grad_ha):
    g = np.zeros(W1.shape[1])
    for k in range(len(grad_ha)):
        g += W1[k] * grad_ha[k]
        return g""",
        "grad_ha__return_inside_loop": """
def grad_ha(grad_hs, ha):
    g = grad_hs.copy()
    for i in range(len(ha)):
        if ha[i] <= 0:
            g[i] = 0
        return g""",
    },
    "minibatch": {
        "grad_hs__missing_one_hot": "def grad_hs(os, y, W2, n):\n    return os @ W2.T EARLY",
        "grad_oa__return_inside_loop": """
def grad_oa(os, y, n):
    g = os.copy()
    for i in range(len(y)):
        g[i, y[i]] -= 1
        return g EARLY""",
        "grad_b2__loop_bounds": """
def grad_b2(grad_oa, n):
    g = np.zeros(grad_oa.shape[1])
    for i in range(len(grad_oa) - 1):
        g += grad_oa[i]
    return g LATE""",
        "grad_b2__loop_bounds__2": """
def grad_b2(grad_oa, n):
    g = np.zeros(grad_oa.shape[1])
    for i in range(1, len(grad_oa)):
        g += grad_oa[i]
    return g LATE""",
        "grad_W2__loop_bounds": """
def grad_W2(grad_oa, hs, n):
    g = np.zeros((hs.shape[1], grad_oa.shape[1]))
    for i in range(len(hs) - 1):
        g += np.outer(hs[i], grad_oa[i])
    return g LATE""",
        "grad_W2__loop_bounds__2": """
def grad_W2(grad_oa, hs, n):
    g = np.zeros((hs.shape[1], grad_oa.shape[1]))
    for i in range(1, len(hs)):
        g += np.outer(hs[i], grad_oa[i])
    return g LATE""",
        "grad_W2__swapped_arguments": """
def grad_W2(grad_oa, hs, n):
    g = np.zeros((grad_oa.shape[1], hs.shape[1]))
    for i in range(len(hs)):
        for j in range(hs.shape[1]):
            for k in range(grad_oa.shape[1]):
                g[k, j] += hs[i, j] * grad_oa[i, k]
    return g LATE""",
        "grad_hs__loop_bounds": """
def grad_hs(grad_oa, W2):
    g = np.zeros((len(grad_oa), len(W2)))
    for k in range(grad_oa.shape[1] - 1):
        g += np.outer(grad_oa[:, k], W2[:, k])
    return g""",
        "grad_hs__loop_bounds__2": """
def grad_hs(grad_oa, W2):
    g = np.zeros((len(grad_oa), len(W2)))
    for k in range(1, grad_oa.shape[1]):
        g += np.outer(grad_oa[:, k], W2[:, k])
    return g""",
        "grad_ha__mask_rewritten_in_wrong_order": "gradients",
        "grad_ha__mask_rewritten_in_wrong_order__2": "gradients",
        "grad_ha__mask_rewritten_in_wrong_order__3": "gradients",
        "grad_ha__mask_rewritten_in_wrong_order__4": "gradients",
        "grad_ha__chained_indexing": "gradients",
        "grad_ha__loop_bounds": """
def grad_ha(grad_hs, ha):
    g = grad_hs.copy()
    for i in range(len(ha) - 1):
        g[i][ha[i] <= 0] = 0
    return g""",
        "grad_ha__loop_bounds__2": """
def grad_ha(grad_hs, ha):
    g = grad_hs.copy()
    for i in range(1, len(ha)):
        g[i, ha[i] <= 0] = 0
    return g""",
        "grad_ha__loop_bounds__3": """
def grad_ha(grad_hs, ha):
    g = grad_hs.copy()
    for j in range(ha.shape[1] - 1):
        g[ha[:, j] <= 0, j] = 0
    return g""",
        "grad_ha__loop_bounds__4": """
def grad_ha(grad_hs, ha):
    g = grad_hs.copy()
    for j in range(1, ha.shape[1]):
        g[ha[:, j] <= 0, j] = 0
    return g""",
        "grad_hs__list_arithmetic": """
def grad_hs(grad_oa, W2):
    rows = []
    for g in grad_oa:
        row = []
        for w in W2:
            row = row + [a * b for a, b in zip(g, w)]
        rows.append(row)
    return rows""",
        "grad_hs__return_inside_loop": """
def grad_hs(grad_oa, W2):
    g = np.zeros((len(grad_oa), len(W2)))
    for i in range(len(grad_oa)):
        g[i] = W2 @ grad_oa[i]
        return g""",
        "grad_ha__return_inside_loop": """
def grad_ha(grad_hs, ha):
    g = grad_hs.copy()
    for i in range(len(ha)):
        g[i, ha[i] <= 0] = 0
        return g""",
        "grad_W2__return_inside_loop": """
def grad_W2(grad_oa, hs, n):
    g = np.zeros((hs.shape[1], grad_oa.shape[1]))
    for i in range(len(hs)):
        g += np.outer(hs[i], grad_oa[i])
        return g LATE""",
        "grad_b2__return_inside_loop": """
def grad_b2(grad_oa, n):
    g = np.zeros(grad_oa.shape[1])
    for i in range(len(grad_oa)):
        g += grad_oa[i]
        return g LATE""",
        "grad_W2__integer_truncation": """
def grad_W2(grad_oa, hs, n):
    signal = grad_oa.astype(int)
    return hs.T @ signal LATE""",
        "grad_b2__integer_truncation": """
def grad_b2(grad_oa, n):
    signal = grad_oa.astype(int)
    return signal.sum(axis=0) LATE""",
    },
}
"""Where several mistakes give the same numbers and the code decides: the function as it is written by who makes this one."""

_ALIKE = {"grad_b2": "grad_b1", "grad_W2": "grad_W1", "grad_hs": "grad_x"}
for _full, _form in [*FORMS["minibatch"].items()]:
    _function, _, _mistake = _full.partition("__")
    if _function in _ALIKE:
        for _old, _new in (*_ALIKE.items(), ("grad_oa", "grad_ha"), ("W2", "W1"), ("hs", "X")):
            _form = _form.replace(_old, _new)
        FORMS["minibatch"].setdefault(f"{_ALIKE[_function]}__{_mistake}", _form)


def number_of(mistake: str) -> float:
    return NUMBERS.get(mistake, 0.3)


def mistake_of(full: str) -> str:
    """`grad_oa__label_off_by_one__3` is about label-off-by-one."""
    return re.sub(r"__\d+$", "", full.partition("__")[2]).replace("_", "-")


def planted(name: str, place: int, full: str) -> str:
    """The function with this mistake: as it is usually written, or made from the catalogue."""
    form = FORMS[name].get(full, "")
    form = FORMS[form][full] if form in FORMS else form
    if not form:
        return writer(name, place).wrong(full, number=number_of(mistake_of(full)))
    early = {"output": "/ n"}.get(writer(name, place).average_at, "")
    late = {"parameters": "/ n"}.get(writer(name, place).average_at, "")
    return form.replace(" EARLY", f" {early}".rstrip()).replace(" LATE", f" {late}".rstrip()).strip() + "\n"
