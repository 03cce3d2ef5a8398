"""Every mistake of the catalogues, planted in a correct submission, comes back by its name."""

from __future__ import annotations

import ast
import random
import re
from collections import Counter
from collections.abc import Sequence
from functools import partial

import numpy as np
import pytest
from conftest import ROOT
from test_diagnosis import Here, names_in, writer

from grader.diagnose import Evidence, File, arrays
from grader.diagnose.evidence import same
from grader.diagnose.known import known_of
from grader.grade import evidence_of
from grader.homework import Homework
from grader.judge import judge
from grader.models import Happened, Limits, Program, Verdict

pytestmark = pytest.mark.thorough

LIMITS = Limits()
CONVENTIONS = {"gradients": 1, "minibatch": 2}


def _in(name: str) -> list[str]:
    tree = ast.parse((ROOT / "reference" / f"hw3_{name}_misconceptions.py").read_text(encoding="utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


CATALOGUE = {name: _in(name) for name in CONVENTIONS}

NUMBERS = {"hard-coded-class-count": 4, "hard-coded-batch-size": 4, "rounds-result": 2}
"""what stands in the code for `number`; elsewhere it is 0.3"""

CHANGES_NOTHING = {
    ("minibatch", "grad_W2__extra_factor__4"): "hs is never negative, so that its absolute value is itself",
}
"""mistakes that leave the function right"""

TIES = {
    ("gradients", "grad_oa__softmax_jacobian_diagonal_only__3"): ("only-true-class-filled", "-t (1 - p) is (p - 1) t"),
    ("gradients", "grad_oa__column_row_broadcast__2"): (
        "label-broadcast-shape",
        "both subtract a column that is one-hot",
    ),
    ("gradients", "grad_b2__mean_instead_of_sum__2"): ("sums-over-units", "grad_oa adds up to 0, so its mean is 0 too"),
    ("gradients", "grad_hs__elementwise_instead_of_matmul"): ("missing-sum-over-outputs", "the same product"),
    ("gradients", "grad_x__elementwise_instead_of_matmul"): ("missing-sum-over-outputs", "the same product"),
    ("gradients", "grad_hs__mean_instead_of_sum"): ("averages-over-classes", "the sum runs over the m classes"),
    ("gradients", "grad_x__missing_upstream_gradient"): ("missing-input-factor", "both leave the weights alone"),
    ("gradients", "grad_b1__extra_factor__2"): ("bias-times-input", "ha is hs wherever grad_ha is not 0"),
    ("gradients", "grad_b1__relu_value_instead_of_derivative"): ("bias-times-input", "hs is 0 where the mask is"),
    ("minibatch", "grad_oa__batch_size_as_class_count__2"): ("indexes-rows-with-labels", "os has len(y) rows"),
    ("minibatch", "grad_oa__softmax_jacobian_diagonal_only__3"): ("only-true-class-filled", "-t (1 - p) is (p - 1) t"),
    ("minibatch", "grad_oa__label_broadcast_shape__3"): ("reduces-too-early", "both subtract the mean of the labels"),
    ("minibatch", "grad_W2__sum_over_wrong_axis__7"): ("per-example-not-combined", "both add up everything"),
    ("minibatch", "grad_W1__sum_over_wrong_axis__7"): ("per-example-not-combined", "both add up everything"),
    ("minibatch", "grad_hs__sum_over_wrong_axis__8"): ("reduces-too-early", "both add up the examples"),
    ("minibatch", "grad_x__sum_over_wrong_axis__8"): ("reduces-too-early", "both add up the examples"),
    ("minibatch", "grad_hs__adds_instead_of_multiplies"): ("missing-upstream-gradient", "grad_oa adds up to 0"),
}
"""mistakes that give exactly the numbers of another one, whatever the code looks like: (the other one, why)"""

TIES_UNDER_ONE = {("minibatch", "grad_oa__label_broadcast_shape__3"): 0}
"""ties under this convention alone"""

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
    write = writer(name, place)
    if not form:
        return write.wrong(full, number=number_of(mistake_of(full)))
    early, late = (" / n" if write.average_at == where else "" for where in ("output", "parameters"))
    return form.replace(" EARLY", early).replace(" LATE", late).strip() + "\n"


def _cases() -> list[tuple[str, int, str]]:
    """Every mistake of the catalogues; under the second convention every other of those that are written otherwise."""
    cases = []
    for name, count in CONVENTIONS.items():
        for number, full in enumerate(CATALOGUE[name]):
            texts = [planted(name, place, full) for place in range(1 + (count - 1) * (number % 2))]
            cases += [(name, place, full) for place, text in enumerate(texts) if text not in texts[:place]]
    return cases


PLANTED = _cases()


def test_the_catalogues_hold_what_they_promise():
    """Each function of them has a name of its own, and so none hides another."""
    for name, fulls in CATALOGUE.items():
        assert [full for full, times in Counter(fulls).items() if times > 1] == []
        assert {m.function.__name__ for m in writer(name).homework.misconceptions} == set(fulls)
    assert len(PLANTED) >= 1100


@pytest.mark.parametrize(("name", "place", "full"), PLANTED)
def test_a_planted_mistake_comes_back_by_its_name(name: str, place: int, full: str):
    function = full.partition("__")[0]
    result = writer(name, place).graded(**{function: planted(name, place, full)})
    expected = TIES[name, full][0] if is_tied(name, place, full) else mistake_of(full)
    if (name, full) in CHANGES_NOTHING:
        assert (result.verdict, names_in(result)) == (Verdict.ACCEPTED, {})
    else:
        assert names_in(result) == {function: (expected,)}


def is_tied(name: str, place: int, full: str) -> bool:
    """Whether a mistake gives the numbers of another one under this convention."""
    return (name, full) in TIES and TIES_UNDER_ONE.get((name, full), place) == place


@pytest.mark.parametrize(("name", "place", "full"), [case for case in PLANTED if is_tied(*case)])
def test_a_tie_is_one(name: str, place: int, full: str):
    """The mistake that is named instead gives exactly the same numbers, trial by trial."""
    function = full.partition("__")[0]
    evidence = evidence_for(name, place, **{function: planted(name, place, full)})[function]
    homework = writer(name, place).homework
    assert gives_the_same(homework, evidence, (mistake_of(full),))
    assert gives_the_same(homework, evidence, (TIES[name, full][0],))


# ---------------------------------------------------------------- by value


def evidence_for(name: str, place: int, **functions: str) -> dict[str, Evidence]:
    """What is known of each failing function of a file with these functions, under one convention."""
    write = writer(name, place)
    homework, source = write.homework, write.file(**functions)
    outcomes = Here(homework, write.all_right, functions)(Program(source), homework.calls, homework.rubric.limits)
    judgements = [judge(homework, criterion, place, outcomes) for criterion in homework.rubric.criteria]
    return evidence_of(homework, File(source), outcomes, place, judgements)


def gives_the_same(homework: Homework, evidence: Evidence, names: Sequence[str]) -> bool:
    """Whether mistakes of these names, one or two at once, give exactly what the function gave, trial by trial."""
    known = known_of(homework)
    numbers = (None, *evidence.code.numbers)
    single = [
        (place, number)
        for place, each in enumerate(homework.misconceptions)
        for number in numbers
        if each.name in names and ("number" in each.needs) is (number is not None)
    ]
    arrays_ = [transform for name, transform in arrays.PLAIN if name in names]
    arrays_ += [
        partial(_numbered, transform, number)
        for name, transform in arrays.NUMBERED
        if name in names
        for number in numbers
        if number
    ]

    def explained(value) -> bool:
        return all(_is(evidence, index, value) for index, o in enumerate(evidence.outcomes) if o.happened != "not_run")

    def times(index: int, power: int):
        return float(evidence.trials[index].dimensions.get("n", 1)) ** power

    def of(index: int, places: tuple[int, ...], number: float | None, transform=None):
        given = known.given(evidence, evidence.calls[index], evidence.trials[index])
        value = known.mistaken(evidence.function, given, places, number) if places else evidence.expected[index]
        try:
            with np.errstate(all="ignore"):
                return value if transform is None or value is None else np.asarray(transform(value), dtype=float)
        except Exception:
            return None

    one = [((place,), number, None) for place, number in single] + [((), None, t) for t in arrays_]
    averaged = [partial(_averaged, partial(_call, of, way), times, power) for way in one for power in (1, -1)]
    if len(names) == 1 and any(explained(way) for way in averaged):
        return True
    two = [((place,), number, t) for place, number in single for t in arrays_]
    two += [((p, q), n, None) for p, n in single for q, k in single if k is None and p != q]
    if any(explained(partial(_call, of, way)) for way in (one if len(names) == 1 else two)):
        return True
    return len(names) == 1 and names[0] in FACTORS and _is_a_multiple(evidence)


FACTORS = {
    "rescales-gradient",
    "learning-rate-in-gradient",
    "extra-factor",
    "wrong-log-base",
    "gradient-sign",
    "hard-coded-batch-size",
    "divides-by-wrong-count",
    "double-average",
    "inconsistent-average",
    "missing-average",
    "mean-instead-of-sum",
}
"""names for a right gradient that is multiplied by something"""


def _numbered(transform, number: float, value):
    return transform(value, number)


def _call(of, way, index: int):
    return of(index, *way)


def _averaged(value, times, power: int, index: int):
    alone = value(index)
    return None if alone is None else alone * times(index, power)


def _is(evidence: Evidence, index: int, value) -> bool:
    actual, wanted = evidence.outcomes[index].value, value(index)
    if actual is None or wanted is None:
        return actual is None and wanted is None
    return same(actual, wanted, evidence.tolerance)


def _is_a_multiple(evidence: Evidence) -> bool:
    """Whether every value is the right one times a number."""
    for outcome, expected in zip(evidence.outcomes, evidence.expected, strict=True):
        if outcome.value is None or outcome.value.size != expected.size:
            return False
        flat, aim = outcome.value.ravel(), expected.ravel()
        most = int(np.argmax(np.abs(aim)))
        if aim[most] and not same(flat, aim * (flat[most] / aim[most]), evidence.tolerance):
            return False
    return True


# ---------------------------------------------------------------- further down


DOWN = [
    (name, place, full, targets[number // of % len(targets)])
    for name, place, of, targets in (
        ("gradients", 0, 1, ("grad_W2", "grad_hs", "grad_b2")),
        ("minibatch", 0, 2, ("grad_W2", "grad_b2")),
        ("minibatch", 1, 2, ("grad_hs", "grad_W2")),
    )
    for number, full in enumerate(CATALOGUE[name])
    if full.startswith("grad_oa__") and full not in FORMS[name] and number % of == place
]
"""grad_oa's mistakes inside functions that compute grad_oa themselves"""

SEEN_AS = {
    ("grad_W2", "batch-size-as-class-count"): {"indexes-rows-with-labels"},
    ("grad_W2", "column-row-broadcast"): {"label-broadcast-shape"},
    ("grad_W2", "label-broadcast-shape"): {"indexes-rows-with-labels", "reduces-too-early"},
    ("grad_W2", "missing-one-hot"): {"value-instead-of-gradient"},
    ("grad_W2", "reduces-too-early"): {"first-example-only", "product-of-means"},
    ("grad_W2", "softmax-jacobian-diagonal-only"): {"only-true-class-filled"},
    ("grad_W2", "squared-error-derivative"): {"extra-factor"},
    ("grad_b2", "column-row-broadcast"): {"label-broadcast-shape"},
    ("grad_b2", "first-example-only"): {"bias-sum-all"},
    ("grad_b2", "missing-one-hot"): {"value-instead-of-gradient"},
    ("grad_b2", "reduces-too-early"): {"bias-sum-all"},
    ("grad_b2", "softmax-jacobian-diagonal-only"): {"only-true-class-filled"},
    ("grad_b2", "squared-error-derivative"): {"extra-factor"},
    ("grad_b2", "sum-over-wrong-axis"): {"bias-sum-all"},
    ("grad_hs", "batch-size-as-class-count"): {"indexes-rows-with-labels"},
    ("grad_hs", "column-row-broadcast"): {"label-broadcast-shape"},
    ("grad_hs", "label-broadcast-shape"): {"indexes-rows-with-labels"},
    ("grad_hs", "missing-one-hot"): {"value-instead-of-gradient"},
    ("grad_hs", "only-true-class-filled"): {"only-true-class-row"},
    ("grad_hs", "softmax-jacobian-diagonal-only"): {"only-true-class-row"},
    ("grad_hs", "unstable-softmax"): {"zero-over-zero"},
}
"""(function, mistake of grad_oa) -> mistakes that give the same numbers once the function has gone on from there"""


@pytest.mark.parametrize(("name", "place", "full", "target"), DOWN)
def test_a_mistake_further_up_is_named_too(name: str, place: int, full: str, target: str):
    write, mistake = writer(name, place), mistake_of(full)
    source = write.wrong(full, target, number_of(mistake))
    result = write.graded(**{target: source})
    found = names_in(result).get(target, ())
    if found in {(other,) for other in SEEN_AS.get((target, mistake), ())}:
        assert gives_the_same(write.homework, evidence_for(name, place, **{target: source})[target], found)
    elif found != (mistake,):  # then there was no number to see it by: all was right, or nothing came back
        outcomes = Here(write.homework, None, ())(Program(write.file(**{target: source})), write.homework.calls, LIMITS)
        mine = [outcomes.outcomes[n] for n in write.homework.numbers[target, place]]
        assert found == ()
        assert result.verdict is Verdict.ACCEPTED or not any(o.happened is Happened.VALUE for o in mine)


# ---------------------------------------------------------------- two at once

LAYOUTS = {
    "transposed-result": "{}.T",
    "flattened-result": "{}.ravel()",
    "rounds-result": "np.round({}, 2)",
    "gradient-sign": "-({})",
    "rescales-gradient": "np.clip({}, -1, 1)",
    "misses-last-element": "{}[:-1]",
}
MANY = 102

Pair = tuple[str, int, str, str]
"""homework, convention, a mistake, and another one or a layout"""


def _pairs(seed: int) -> list[Pair]:
    """So many of each kind: a mistake further up and one on top of it, and a mistake in an array laid out otherwise."""
    draw = random.Random(seed)
    where = [(name, place) for name, count in CONVENTIONS.items() for place in range(count)]
    found: dict[Pair, None] = {}
    while len(found) < MANY:
        name, place = draw.choice(where)
        upper, lower = draw.choice(CATALOGUE[name]), draw.choice(CATALOGUE[name])
        quantity, function = upper.partition("__")[0], lower.partition("__")[0]
        needs = [argument.arg for argument in writer(name).mistakes[lower].args.args]
        if quantity in needs and quantity != function and mistake_of(upper) != mistake_of(lower):
            found[name, place, upper, lower] = None
    while len(found) < 2 * MANY:
        name, place = draw.choice(where)
        full, layout = draw.choice(CATALOGUE[name]), draw.choice([*LAYOUTS])
        if mistake_of(full) != layout:
            found[name, place, full, layout] = None
    return [*found]


def both(name: str, place: int, first: str, second: str) -> tuple[str, str]:
    """The function that makes both mistakes, and its source."""
    write = writer(name, place)

    def steps(full: str) -> list[list[ast.stmt]]:
        node, quantity = write.mistakes[full], full.partition("__")[0]
        own = quantity in [argument.arg for argument in node.args.args]
        wrong = write.step(quantity, node, number_of(mistake_of(full)))
        return [write.step(quantity), wrong] if own else [wrong]

    quantity = first.partition("__")[0]
    if second in LAYOUTS:
        return quantity, write.function(quantity, steps(first), returned=LAYOUTS[second].format(quantity))
    function, graph = second.partition("__")[0], write.homework.graph
    later = {other for other in graph.quantities if other == quantity or quantity in graph.ancestors(other)}
    asks = [other for other in write.offered[function] if other not in later]
    return function, write.function(function, [*steps(first), *steps(second)], asks=asks)


@pytest.fixture(scope="module")
def paired() -> dict[Pair, str]:
    """Each pair, and what came of it: nothing wrong, no name, one of the two, both, the same, or another name."""
    came: dict[Pair, str] = {}
    for name, place, first, second in _pairs(1):
        write = writer(name, place)
        function, source = both(name, place, first, second)
        result = write.graded(**{function: source})
        found = names_in(result).get(function, ())
        planted_names = {mistake_of(first), second if second in LAYOUTS else mistake_of(second)}
        if result.verdict is Verdict.ACCEPTED:
            came[name, place, first, second] = "nothing wrong"
        elif set(found) <= planted_names:
            came[name, place, first, second] = ("no name", "one of the two", "both")[len(found)]
        elif gives_the_same(write.homework, evidence_for(name, place, **{function: source})[function], found):
            came[name, place, first, second] = "the same"
        else:
            came[name, place, first, second] = f"another name: {', '.join(found)}"
    return came


def test_of_two_mistakes_none_is_taken_for_a_third(paired: dict[Pair, str]):
    assert {pair: what for pair, what in paired.items() if what.startswith("another name")} == {}


def test_most_pairs_of_two_mistakes_are_found(paired: dict[Pair, str]):
    counts = Counter(paired.values())
    wrong = len(paired) - counts["nothing wrong"]
    assert wrong >= 200
    # Which pairs are drawn changes with the catalogue; over five draws it was 52 to 61 in a hundred.
    assert counts["both"] + counts["one of the two"] + counts["the same"] >= 0.5 * wrong, counts
