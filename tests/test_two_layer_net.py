"""The homework `two-layer-net`: every mistake of its catalogue comes back by name, and what is right is bound and kept."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT
from test_diagnosis import Here, Writer, names_in, writer
from test_diagnosis_planted import FORMS, evidence_for, gives_the_same, mistake_of, number_of, planted

from grader.grade import grade
from grader.models import Result, Submission, Verdict

NAME = "two-layer-net"

TIES = {
    "grad_W2__integer_truncation": ("penalty-only", "grad_z3 is between -1 and 1, so that nothing is left of it"),
    "grad_a2__adds_instead_of_multiplies": ("missing-upstream-gradient", "grad_z3 adds up to 0"),
}
"""mistakes that give exactly the numbers of another one: (the other one, why)"""

ALSO_CALLED = {
    "ha": "z2", "hs": "a2", "oa": "z3", "os": "p3", "grad_ha": "grad_z2", "grad_hs": "grad_a2", "grad_oa": "grad_z3",
    "n": "N", "m": "C",
}  # fmt: skip


def _renamed(text: str) -> str:
    return re.sub(rf"\b({'|'.join(ALSO_CALLED)})\b", lambda found: ALSO_CALLED[found[0]], text)


def _form(full: str) -> tuple[str, str]:
    """A function of `hw3-minibatch` as it is usually written by who makes this mistake, and its name, both as here."""
    quantity, _, rest = full.partition("__")
    text, function = _renamed(planted("minibatch", 1, full)), _renamed(quantity)
    if function in ("grad_W1", "grad_W2"):
        weights = function.removeprefix("grad_")
        text = text.replace("):", f", {weights}, lam):", 1)
        text = re.sub(r"return (.*)", rf"return \1 + 2 * lam * {weights}", text)
    return f"{function}__{rest}", text


USUAL = dict(_form(full) for full in FORMS["minibatch"] if not full.startswith("grad_x__"))
"""Where several mistakes give the same numbers and the code decides: the function as it is usually written."""


@pytest.fixture(scope="module")
def write() -> Writer:
    """The writer of the homework."""
    return writer(NAME)


MISTAKES = [full for full in writer(NAME).mistakes if not full.startswith("_")]


def wrong(full: str) -> dict[str, str]:
    """The function with this mistake, by its name."""
    text = USUAL.get(full) or writer(NAME).wrong(full, number=number_of(mistake_of(full)))
    return {full.partition("__")[0]: text}


@pytest.mark.parametrize("full", MISTAKES)
def test_a_planted_mistake_comes_back_by_its_name(write: Writer, full: str):
    expected = TIES[full][0] if full in TIES else mistake_of(full)
    assert names_in(write.graded(**wrong(full))) == {full.partition("__")[0]: (expected,)}


@pytest.mark.parametrize("full", TIES)
def test_a_tie_is_one(write: Writer, full: str):
    (evidence,) = evidence_for(NAME, 0, **wrong(full)).values()
    assert gives_the_same(write.homework, evidence, (mistake_of(full),))
    assert gives_the_same(write.homework, evidence, (TIES[full][0],))


def test_every_function_has_its_mistakes():
    assert len(MISTAKES) >= 500
    assert {full.partition("__")[0] for full in MISTAKES} == {c.function for c in writer(NAME).homework.rubric.criteria}


@pytest.mark.parametrize(
    ("full", "target", "name"),
    [
        ("grad_z3__label_off_by_one", "grad_W2", "label-off-by-one"),
        ("grad_z3__missing_average", "grad_W2", "missing-average"),
        ("grad_z3__missing_average", "grad_a2", "missing-average"),
        ("grad_z2__missing_relu_mask", "grad_W1", "unmasked-gradient-used"),
        ("grad_z2__relu_derivative_at_zero", "grad_b1", "relu-derivative-at-zero"),
        ("grad_z3__double_average", "grad_a2", "double-average"),
        ("a2__missing_relu", "grad_W2", "preactivation-instead-of-activation"),
        ("z3__missing_bias", "J", "missing-bias"),
    ],
)
def test_a_mistake_further_up_is_named_too(write: Writer, full: str, target: str, name: str):
    assert names_in(write.graded(**{target: write.wrong(full, target)})) == {target: (name,)}


# ---------------------------------------------------------------- what is said, and what is not


def graded(write: Writer, **functions: str) -> Result:
    return grade(write.homework, Submission("s01", write.file(**functions)), Here(write.homework), "here")


def test_a_penalty_that_is_asked_for_is_not_called_unrequested(write: Writer):
    result = graded(
        write,
        grad_W2="def grad_W2(a2, grad_z3, W2, lam):\n    return a2.T @ grad_z3 + 2 * lam * W2 + 0.25 * W2\n",
        grad_b2="def grad_b2(grad_z3, b2):\n    return grad_z3.sum(axis=0) + 0.25 * b2\n",
    )
    assert names_in(result) == {"grad_b2": ("regularised-bias",)}


def test_a_maximum_of_the_batch_is_not_called_a_missing_one(write: Writer):
    whole = "e = np.exp(z3 - np.max(z3))\n    p = e / np.sum(e, axis=1, keepdims=True)"
    none = "e = np.exp(z3)\n    p = e / np.sum(e, axis=1, keepdims=True)"
    rest = "return -np.mean(np.log(p[np.arange(len(y)), y])) + lam * (np.sum(W1**2) + np.sum(W2**2))"
    head = "def J(z3, y, W1, W2, lam):\n    "
    assert names_in(graded(write, J=f"{head}{whole}\n    {rest}\n")) == {"J": ("maximum-of-the-batch",)}
    assert names_in(graded(write, J=f"{head}{none}\n    {rest}\n")) == {"J": ("unstable-softmax",)}


@pytest.mark.parametrize(
    "order", ["X, y, W1, b1, W2, b2, lam", "lam, W1, b1, W2, b2, X, y", "y, X, lam, b2, b1, W2, W1"]
)
def test_one_signature_for_all_functions_costs_nothing(write: Writer, order: str):
    """A function may take inputs that it has no use for: lam for a bias, the labels for z2."""
    bodies = {
        "z2": "z2", "a2": "a2", "z3": "z3",
        "J": "np.mean(np.logaddexp.reduce(z3, axis=1) - z3[np.arange(len(y)), y]) + lam * ((W1**2).sum() + (W2**2).sum())",
        "grad_z3": "g3", "grad_W2": "a2.T @ g3 + 2 * lam * W2", "grad_b2": "g3.sum(0)", "grad_a2": "g3 @ W2.T",
        "grad_z2": "g2", "grad_W1": "X.T @ g2 + 2 * lam * W1", "grad_b1": "g2.sum(0)",
    }  # fmt: skip
    steps = [
        "z2 = X @ W1 + b1", "a2 = np.maximum(z2, 0)", "z3 = a2 @ W2 + b2",
        "p = np.exp(z3 - z3.max(1, keepdims=True))", "p = p / p.sum(1, keepdims=True)",
        "g3 = (p - np.eye(len(b2))[y]) / len(y)", "g2 = g3 @ W2.T * (z2 > 0)",
    ]  # fmt: skip
    lines = "\n    ".join(steps)
    result = graded(write, **{f: f"def {f}({order}):\n    {lines}\n    return {body}\n" for f, body in bodies.items()})
    assert (result.score, [c.notes for c in result.criteria if c.notes]) == (30, [])


def test_x_is_the_argument_of_a_function_that_takes_one(write: Writer):
    result = graded(write, a2="def a2(x):\n    return x * (x > 0)\n")
    assert result.verdict is Verdict.ACCEPTED
    notes = [note for criterion in result.criteria for note in criterion.notes]
    assert notes == ["The parameter x was read as z2, by its position: the homework knows no quantity of that name."]


def test_the_loss_may_be_computed_from_the_probabilities_but_not_through_a_zero(write: Writer):
    source = "def J(p3, y, W1, W2, lam):\n    return np.mean(-np.log(p3[np.arange(len(y)), y])) + lam * "
    result = graded(write, J=f"{source}((W1**2).sum() + (W2**2).sum())\n")
    (loss,) = [c for c in result.criteria if c.function == "J"]
    assert {check.name: check.verdict.value for check in loss.checks if check.verdict is not Verdict.ACCEPTED} == {
        "numeric extremes": "wrong_answer"
    }
    assert loss.message == "numeric extremes, huge values: expected 5.03e+06, got inf"
    assert names_in(result) == {"J": ("log-of-zero",)}


def test_an_unfinished_file_is_graded_for_what_is_there(write: Writer):
    source = (ROOT / "submissions" / NAME / "s04.py").read_bytes()
    result = grade(write.homework, Submission("s04", source), Here(write.homework), "here")
    assert {c.function: (c.verdict.value, c.message) for c in result.criteria if c.message} == {
        "grad_z2": (
            "wrong_answer",
            "It returned None; expected an array of shape (N, H) = (3, 2). Is there a return statement on every path?",
        ),
        "grad_W1": ("runtime_error", "NotImplementedError (line 49)"),
        "grad_b1": ("missing", "There is no function grad_b1 in the file."),
    }
    assert result.score == 21


def test_who_forgets_lam_fails_every_check_but_those_where_it_is_zero(write: Writer):
    source = "def grad_W2(a2, grad_z3):\n    return a2.T @ grad_z3\n"
    (weights,) = [c for c in graded(write, grad_W2=source).criteria if c.function == "grad_W2"]
    assert weights.score == 0
    failed = {check.name: check.failed for check in weights.checks}
    assert failed["penalty"] == 1  # with some zeros, where lam is not 0
