"""The homework `matrix-backprop`: every mistake of its catalogue comes back by name, and the worked numbers come first."""

from __future__ import annotations

import numpy as np
import pytest
from test_diagnosis import Here, Writer, names_in, writer
from test_diagnosis_planted import mistake_of, number_of

from grader.grade import grade
from grader.models import Counterexample, Result, Shown, Submission

NAME = "matrix-backprop"

MISTAKES = [full for full in writer(NAME).mistakes if not full.startswith("_")]


@pytest.fixture(scope="module")
def write() -> Writer:
    """The writer of the homework."""
    return writer(NAME)


@pytest.mark.parametrize("full", MISTAKES)
def test_a_planted_mistake_comes_back_by_its_name(write: Writer, full: str):
    function = full.partition("__")[0]
    result = write.graded(**{function: write.wrong(full, number=number_of(mistake_of(full)))})
    assert names_in(result) == {function: (mistake_of(full),)}


def test_every_function_has_its_mistakes():
    assert len(MISTAKES) >= 70
    assert {full.partition("__")[0] for full in MISTAKES} == {"loss", "grad_W"}


# ---------------------------------------------------------------- the worked numbers


def graded(write: Writer, **functions: str) -> Result:
    return grade(write.homework, Submission("s01", write.file(**functions)), Here(write.homework), "here")


def test_the_worked_numbers_are_the_first_trial_of_each_function(write: Writer):
    homework = write.homework
    for function, expected in (("loss", 30), ("grad_W", [[11, 19]])):
        trial = homework.trials[function][0]
        assert (trial.case, trial.check, trial.given) == ("worked numbers", "random shapes", True)
        assert trial.dimensions == {"n": 3, "d": 1, "k": 2}
        assert {name: np.asarray(leaf).tolist() for name, leaf in trial.leaves.items()} == {
            "X": [[-1], [1], [-2]],
            "Y": [[0, 2], [0, 2], [0, 2]],
            "W": [[1, 1]],
            "lam": -1,
        }
        assert homework.expected[function, 0][0].tolist() == expected
        assert [other.case for other in homework.trials[function][1:] if other.given] == [
            "negative loss",
            "same trial again",
        ]


def test_a_loss_can_be_negative(write: Writer):
    """So that who takes its absolute value, or the larger of it and 0, fails."""
    right = write.right("loss")
    for wrapped in ("abs(own(X, Y, W, lam))", "max(0, own(X, Y, W, lam))"):
        source = f"{right.replace('def loss', 'def own')}\n\ndef loss(X, Y, W, lam):\n    return {wrapped}\n"
        (loss,) = [
            c for c in graded(write, loss=source.replace("residual", "X @ W - Y")).criteria if c.function == "loss"
        ]
        assert loss.score < loss.max_score


def test_who_fails_the_worked_numbers_sees_them(write: Writer):
    """Though other trials that fail are smaller."""
    source = "def grad_W(X, Y, W, lam):\n    return X.T @ (X @ W - Y) + lam * np.sign(W)\n"
    result = graded(write, grad_W=source)
    (gradient,) = [c for c in result.criteria if c.function == "grad_W"]
    assert gradient.message == "expected 11, got 5 at [0, 0] (2 of 2 entries differ)"
    letters = ("d", "k")
    assert gradient.counterexample == Counterexample(
        check="random shapes",
        case="worked numbers",
        inputs={
            "X": Shown(shape=(3, 1), letters=("n", "d"), values=[[-1], [1], [-2]]),
            "Y": Shown(shape=(3, 2), letters=("n", "k"), values=[[0, 2], [0, 2], [0, 2]]),
            "W": Shown(shape=(1, 2), letters=letters, values=[[1, 1]]),
            "lam": Shown(shape=(), letters=(), values=-1),
        },
        expected=Shown(shape=(1, 2), letters=letters, values=[[11, 19]]),
        actual=Shown(shape=(1, 2), letters=letters, values=[[5, 9]]),
    )


def test_who_knows_the_worked_numbers_by_heart_gains_nothing(write: Writer):
    result = graded(
        write,
        loss="def loss(X, Y, W, lam):\n    return 30\n",
        grad_W="def grad_W(X, Y, W, lam):\n    return np.array([[11, 19]])\n",
    )
    assert result.score == 0


def test_lam_has_both_signs_and_weights_are_zero_in_some_trials(write: Writer):
    for trials in write.homework.trials.values():
        assert {np.sign(trial.leaves["lam"]) for trial in trials} == {-1, 0, 1}
        zeros = [trial for trial in trials if trial.case == "some zeros"]
        assert all((trial.leaves["W"] == 0).any() and (trial.leaves["W"] != 0).any() for trial in zeros)
