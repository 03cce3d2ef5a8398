"""Every mistake that is known of the basic functions and of the network forwards, planted in a correct submission, comes
back by its name: in the function itself, and in a later one that computes the quantity on its own."""

from __future__ import annotations

import ast
from collections import Counter

import pytest
from conftest import ROOT
from test_diagnosis import names_in, writer
from test_diagnosis_planted import evidence_for, gives_the_same, mistake_of

from grader.models import Verdict

HOMEWORKS = ("basics", "forward")


def _in(name: str) -> list[str]:
    tree = ast.parse((ROOT / "reference" / f"hw3_{name}_misconceptions.py").read_text(encoding="utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


CATALOGUE = {name: _in(name) for name in HOMEWORKS}

NUMBERS = {
    "rounded-base": 2.7,
    "factor-in-exponent": 2.5,
    "clipped-too-soon": 30,
    "cut-off-above": 6,
    "leaky": 0.01,
    "smoothed": 1e-3,
    "temperature": 0.5,
    "unstable-softmax": 700,
    "number-in-the-logarithm": 1e-2,
}
"""what stands in the code for `number`; elsewhere it is 0.3"""

SMALLER = {full: 1e-8 for full in CATALOGUE["basics"] if "number_in_the_logarithm" in full}

FORMS = {
    "penalty__regularised_bias": """
def penalty(W1, W2, b1, b2, l11, l12, l21, l22):
    ones = l11 * (np.abs(W1).sum() + np.abs(b1).sum()) + l21 * (np.abs(W2).sum() + np.abs(b2).sum())
    return ones + l12 * ((W1**2).sum() + (b1**2).sum()) + l22 * ((W2**2).sum() + (b2**2).sum())
""",
}
"""mistakes that ask for what the function can not have"""


def number_of(full: str) -> float:
    return 50 if full == "sign__smoothed__3" else SMALLER.get(full, NUMBERS.get(mistake_of(full), 0.3))


@pytest.mark.parametrize(("name", "full"), [(name, full) for name in HOMEWORKS for full in CATALOGUE[name]])
def test_a_planted_mistake_comes_back_by_its_name(name: str, full: str):
    function = full.partition("__")[0]
    source = FORMS.get(full) or writer(name).wrong(full, number=number_of(full))
    result = writer(name).graded(**{function: source})
    assert names_in(result) == {function: (mistake_of(full),)}
    assert {c.function for c in result.criteria if c.verdict != Verdict.ACCEPTED} == {function}


@pytest.mark.parametrize("name", HOMEWORKS)
def test_the_catalogues_hold_what_they_promise(name: str):
    """Each function of them has a name of its own, and so none hides another; every function of the homework is there."""
    fulls = CATALOGUE[name]
    assert [full for full, times in Counter(fulls).items() if times > 1] == []
    assert {m.function.__name__ for m in writer(name).homework.misconceptions} == set(fulls)
    functions = {criterion.function for criterion in writer(name).homework.rubric.criteria}
    assert {full.partition("__")[0] for full in fulls} == functions
    assert len(fulls) >= 220


DOWN = [
    (name, full, target)
    for name, quantity, target in (
        ("basics", "sigmoid", "dsigmoid"),
        ("basics", "sign", "dabs"),
        ("basics", "sign", "grad_l1"),
        ("forward", "hs", "oa"),
        ("forward", "os", "loss"),
    )
    for full in CATALOGUE[name]
    if full.partition("__")[0] == quantity
]


@pytest.mark.parametrize(("name", "full", "target"), DOWN)
def test_a_mistake_further_up_is_named_too_or_another_with_the_same_numbers(name: str, full: str, target: str):
    source = writer(name).wrong(full, target, number_of(full))
    found = names_in(writer(name).graded(**{target: source})).get(target, ())
    if found and found != (mistake_of(full),):
        assert gives_the_same(writer(name).homework, evidence_for(name, 0, **{target: source})[target], found)
