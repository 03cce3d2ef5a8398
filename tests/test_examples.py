"""Worked examples of a rubric: they fit the inputs, the reference gives what they say, and they come where they are named."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from grader.errors import RubricError
from grader.homework import Homework, read_homework

REFERENCE = """\
import numpy as np


def score(X, w, c):
    return X @ w + c


def loss(score, y):
    return np.sum(score * (y + 1))
"""

RUBRIC = """\
homework: small
title: A small homework
reference: ../reference/small.py
dimensions: {n: [1, 4], d: [1, 4], m: [2, 5]}
inputs:
  X: {shape: [n, d]}
  w: {shape: [d]}
  y: {kind: label, shape: [n], classes: m, first: 0}
  c: {negative: false}
examples:
  on paper:
    X: [[1, 2], [3, 4], [5, 6]]
    w: [1, -1]
    y: [0, 2, 1]
    c: 0
    m: 3
    gives: {score: [-1, -1, -1], loss: -6}
checks:
  random shapes: {on paper: 1, small integers: 2}
  repeatable: {same trial again: 1, one input changed: 4}
criteria:
  - function: score
    parameters: [X, w, c]
    points: {random shapes: 1, repeatable: 1}
  - function: loss
    parameters: [score, y]
    points: {random shapes: 1}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The rubric and its reference, below the current folder."""
    for name, text in (("reference/small.py", REFERENCE), ("rubrics/small.yaml", RUBRIC)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Path("rubrics/small.yaml")


def changed(path: Path, *changes: tuple[str, str]) -> Homework:
    text = RUBRIC
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return read_homework(path, 0)


def test_an_example_is_the_trial_that_the_rubric_says(here: Path):
    homework = read_homework(here, 0)
    trial, *others = homework.trials["score"]
    assert (trial.check, trial.case, trial.given, trial.after_success) == ("random shapes", "on paper", True, False)
    assert dict(trial.dimensions) == {"n": 3, "d": 2, "m": 3}
    types = {name: (type(leaf), getattr(leaf, "dtype", None)) for name, leaf in trial.leaves.items()}
    assert types == {
        "X": (np.ndarray, np.float64),
        "w": (np.ndarray, np.float64),
        "y": (np.ndarray, np.int64),
        "c": (float, None),
    }
    assert trial.leaves["X"].tolist() == [[1, 2], [3, 4], [5, 6]]
    assert homework.expected["score", 0][0].tolist() == [-1, -1, -1]
    assert [other.case for other in others] == ["small integers"] * 2 + ["same trial again"] + ["one input changed"] * 4
    assert others[2].leaves is trial.leaves
    assert all(other.dimensions == trial.dimensions for other in others[3:])


def test_the_other_trials_are_what_they_are_without_it(here: Path):
    with_it = read_homework(here, 0).trials["loss"]
    without = changed(here, ("on paper: 1, ", "")).trials["loss"]
    for one, other in zip(with_it[1:3], without[:2], strict=True):
        assert all(np.array_equal(one.leaves[name], other.leaves[name]) for name in one.leaves)


def test_a_single_label_and_a_size_that_an_array_says(here: Path):
    homework = changed(
        here,
        ("y: {kind: label, shape: [n], classes: m, first: 0}", "y: {kind: label, classes: d, first: 1}"),
        ("y: [0, 2, 1]", "y: 2"),
        ("loss: -6", "loss: -9"),
    )
    label = homework.trials["score"][0].leaves["y"]
    assert (label, type(label)) == (2, int)


def test_what_an_example_gives_is_judged_by_the_rubrics_tolerance(here: Path):
    changed(here, ("loss: -6", "loss: -6.00001"))
    with pytest.raises(RubricError):
        changed(here, ("loss: -6", "loss: -6.001"))
    changed(here, ("loss: -6", "loss: -6.001"), ("checks:", "tolerance: {rtol: 0.001}\nchecks:"))


FAULTS = [
    # (what, changes, line, key, message)
    ("an unknown input", [("    m: 3", "    m: 3\n    Z: 1")], 17, "Z",
     "there is no input 'Z'. Known are: X, w, y, c, n, d, m, gives"),
    ("a typo in an input", [("    c: 0", "    cc: 0")], 15, "cc",
     "there is no input 'cc'; did you mean 'c'? Known are: X, w, y, c, n, d, m, gives"),
    ("missing inputs", [("    w: [1, -1]\n", ""), ("    c: 0\n", "")], 11, "",
     "the example says nothing about w, c; it needs every input"),
    ("too few axes", [("X: [[1, 2], [3, 4], [5, 6]]", "X: [1, 2]")], 12, "X",
     "found an array of shape (2,), expected an array of shape [n, d]"),
    ("an array for a number", [("    c: 0", "    c: [0]")], 15, "c",
     "found an array of shape (1,), expected a single number"),
    ("a number for an array", [("w: [1, -1]", "w: 1")], 13, "w",
     "found a single number, expected an array of shape [d]"),
    ("sizes that differ", [("w: [1, -1]", "w: [1, -1, 1]")], 13, "w", "d is 3 here, and 2 in X"),
    ("a size that differs from the one that is said", [("    m: 3", "    m: 3\n    n: 2")], 12, "X",
     "n is 3 here, and 2 in the example"),
    ("nothing in an array", [("w: [1, -1]", "w: []")], 13, "w", "d is 0 here, expected a size from 1 to 64"),
    ("a large array", [("w: [1, -1]", f"w: {[0] * 65}")], 13, "w", "d is 65 here, expected a size from 1 to 64"),
    ("a large size", [("    m: 3", "    m: 65")], 16, "m", "m is 65 here, expected a size from 1 to 64"),
    ("a size that is none", [("    m: 3", "    m: 2.5")], 16, "m", "found 2.5, expected a size from 1 to 64"),
    ("a size that nothing says", [("    m: 3\n", "")], 11, "",
     "no input says how large m is; add 'm: <size>' to the example"),
    ("a text", [("[3, 4]", "[3, four]")], 12, "X[1][1]", "found 'four', expected a number"),
    ("a truth value", [("    c: 0", "    c: yes")], 15, "c", "found True, expected a number"),
    ("nothing", [("    c: 0", "    c:")], 15, "c", "found nothing, expected a number"),
    ("not a number", [("    c: 0", "    c: .nan")], 15, "c", "found nan, expected a number"),
    ("infinity", [("    c: 0", "    c: .inf")], 15, "c", "found inf, expected a number"),
    ("a mapping", [("    c: 0", "    c: {a: 1}")], 15, "c", "found a mapping, expected a number"),
    ("a negative number", [("    c: 0", "    c: -1")], 15, "c", "found -1, expected no negative number"),
    ("rows of two lengths", [("[3, 4]", "[3]")], 12, "X",
     "found lists of different lengths, expected rows of one length"),
    ("a label too large", [("y: [0, 2, 1]", "y: [0, 3, 1]")], 14, "y",
     "found the label 3, expected a whole number from 0 to 2"),
    ("a label too small", [("y: [0, 2, 1]", "y: [0, -1, 1]")], 14, "y",
     "found the label -1, expected a whole number from 0 to 2"),
    ("half a label", [("y: [0, 2, 1]", "y: [0, 0.5, 1]")], 14, "y",
     "found the label 0.5, expected a whole number from 0 to 2"),
    ("a value that the reference does not give", [("loss: -6", "loss: 6")], 17, "gives.loss",
     "found 6, and the reference gives -6"),
    ("an array that the reference does not give", [("[-1, -1, -1]", "[-1, 1.5, -1]")], 17, "gives.score",
     "found [-1, 1.5, -1], and the reference gives [-1, -1, -1]"),
    ("a shape that the reference does not give", [("[-1, -1, -1]", "-1")], 17, "gives.score",
     "found -1, and the reference gives [-1, -1, -1]"),
    ("a quantity that is none", [("loss: -6", "losss: -6")], 17, "gives.losss",
     "the reference ../reference/small.py has no quantity 'losss'; did you mean 'loss'? It has: loss, score"),
    ("a text that it gives", [("loss: -6", "loss: six")], 17, "gives.loss", "found 'six', expected a number"),
    ("no quantities that it gives", [("{score: [-1, -1, -1], loss: -6}", "3")], 17, "gives",
     "found 3, expected quantities with their values"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "line", "key", "message"), [row[1:] for row in FAULTS], ids=[r[0] for r in FAULTS])
def test_a_wrong_example_says_where_and_what(
    here: Path, changes: list[tuple[str, str]], line: int, key: str, message: str
):
    with pytest.raises(RubricError) as error:
        changed(here, *changes)
    place = "examples.on paper" + (f".{key}" if key else "")
    assert str(error.value) == f"rubrics/small.yaml, line {line}: {place}: {message}"


@pytest.mark.parametrize("name", ["first class", "d = 1"])
def test_an_example_has_a_name_of_its_own(here: Path, name: str):
    with pytest.raises(RubricError) as error:
        changed(here, ("  on paper:\n", f"  {name}:\n"), ("on paper: 1", "random shapes: 1"))
    message = f"{name!r} is the name of a case; give the example another one"
    assert str(error.value) == f"rubrics/small.yaml, line 11: examples.{name}: {message}"


def test_an_example_is_one_trial(here: Path):
    with pytest.raises(RubricError) as error:
        changed(here, ("on paper: 1", "on paper: 3"))
    assert str(error.value) == (
        "rubrics/small.yaml, line 19: checks.random shapes.on paper: found 3, expected 1: an example is one trial"
    )


def test_a_case_that_does_not_exist_names_the_examples_too(here: Path):
    with pytest.raises(RubricError) as error:
        changed(here, ("on paper: 1", "in paper: 1"))
    assert str(error.value).endswith(", and '<dimension> = <size>'; the examples: on paper")


def test_examples_without_keys_are_refused(here: Path):
    with pytest.raises(RubricError) as error:
        changed(here, (re.search(r"  on paper:\n(    .*\n)*", RUBRIC)[0], "  on paper: 3\n"))
    assert str(error.value) == "rubrics/small.yaml, line 11: examples.on paper: found 3, expected keys with values"


def test_a_reference_that_fails_on_an_example_says_so(here: Path):
    Path("reference/small.py").write_text(REFERENCE.replace("np.sum(score", "1 / int(score[0] + 1) + (score"))
    with pytest.raises(RubricError) as error:
        read_homework(here, 0)
    assert str(error.value) == (
        "rubrics/small.yaml, line 17: examples.on paper.gives.loss: the reference fails on this example: "
        "ZeroDivisionError: division by zero"
    )


# ---------------------------------------------------------------- what a function is offered besides


def test_a_quantity_that_the_reference_does_without_can_be_offered(here: Path):
    Path("reference/small.py").write_text(f"{REFERENCE}\n\ndef double(score):\n    return 2 * score\n")
    homework = changed(here, ("parameters: [score, y]", "parameters: [score, y]\n    offers: [double]"))
    offered = {wanted.name: "double" in wanted.offered for wanted in homework.calls.wanted}
    assert offered == {"score": False, "loss": True}
    call = homework.calls.calls[homework.numbers["loss", 0][0]]
    assert call.values["double"].tolist() == [-2, -2, -2]


@pytest.mark.parametrize("name", ["score", "loss"])
def test_what_comes_after_a_function_can_not_be_offered(here: Path, name: str):
    with pytest.raises(RubricError) as error:
        changed(here, ("parameters: [X, w, c]", f"parameters: [X, w, c]\n    offers: [{name}]"))
    assert str(error.value) == (
        f"rubrics/small.yaml, line 24: criteria[0].offers: {name!r} is 'score' itself or computed from it, "
        "so it can not be offered"
    )
