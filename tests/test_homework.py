"""A rubric made ready: consistent arguments, expected values, and nothing of the answers among what is offered."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import ROOT

from grader.homework import Homework, read_homework
from grader.sandbox.request import encode_calls


@pytest.fixture(params=sorted(path.stem for path in (ROOT / "rubrics").glob("*.yaml")))
def homework(request) -> Homework:
    return read_homework(ROOT / "rubrics" / f"{request.param}.yaml", 0)


def test_arguments_and_expected_values_are_one_evaluation_of_the_graph(homework: Homework):
    for (function, place), numbers in homework.numbers.items():
        constants = homework.conventions[place].constants
        for trial, number, expected in zip(
            homework.trials[function], numbers, homework.expected[function, place], strict=True
        ):
            given = {**constants, **trial.dimensions, **trial.leaves}
            call = homework.calls.calls[number]
            with np.errstate(all="ignore"):
                names = [*call.values, function]
                values = homework.graph.evaluate(names, given)
            assert np.array_equal(values[function], expected)
            assert all(np.array_equal(values[name], call.values[name]) for name in call.values)


def test_what_is_asked_for_and_what_comes_after_it_is_never_offered(homework: Homework):
    for wanted in homework.calls.wanted:
        offered = set(wanted.offered)
        assert wanted.name not in offered
        later = {q for q in homework.graph.quantities if wanted.name in homework.graph.ancestors(q)}
        assert not offered & later
        if homework.rubric.asked is not None:
            continue  # an object is offered what its recipe names, and its parameters are set
        assert set(wanted.declared) <= offered
        assert set(homework.rubric.dimensions) <= offered
        assert set(homework.rubric.inputs) <= offered


def test_a_constant_of_a_convention_is_never_offered(minibatch: Homework):
    assert all("average_at" not in wanted.offered for wanted in minibatch.calls.wanted)


def test_no_call_of_one_function_holds_the_answer_to_a_call_of_another(homework: Homework):
    """The right grad_oa, handed to grad_W2, is never the answer to a trial of grad_oa."""
    answers = {}
    for (function, _), arrays in homework.expected.items():
        for array in arrays:
            if len(np.unique(array.round(9))) > 4:  # not a saturated one, which is 0 and 1 and -1 anyway
                answers.setdefault(array.tobytes(), set()).add(function)
    for call in homework.calls.calls:
        for name, value in call.values.items():
            if isinstance(value, np.ndarray) and value.size > 1:
                owners = answers.get(value.tobytes(), set())
                assert not owners - {call.function}, (call.function, name, owners)


def test_shapes_are_known_in_the_homeworks_own_letters(gradients: Homework, minibatch: Homework):
    assert gradients.letters["grad_W2"] == ("m", "dh")
    assert gradients.letters["loss"] == ()
    assert minibatch.letters["grad_W2"] == ("dh", "m")
    assert minibatch.letters["grad_oa"] == ("n", "m")


def test_what_can_have_any_shape_has_no_letters(basics: Homework, forward: Homework):
    assert set(basics.letters.values()) == {None}
    assert (forward.letters["grad_W1_penalty"], forward.letters["n_theta"]) == (("dh", "d"), ())


def test_the_sizes_are_offered_to_the_function_that_declares_them(forward: Homework):
    wanted = next(want for want in forward.calls.wanted if want.name == "n_theta")
    assert wanted.declared == wanted.offered[:3] == ("d", "dh", "m")
    for number in forward.numbers["n_theta", 0]:
        assert all(type(forward.calls.calls[number].values[size]) is int for size in ("d", "dh", "m"))


def test_conventions_differ_where_they_should_and_only_there(minibatch: Homework):
    assert [c.title for c in minibatch.conventions] == ["mean at the parameters", "mean at the output"]
    for function in ("grad_b2", "grad_W2", "grad_b1", "grad_W1"):
        for a, b in zip(minibatch.expected[function, 0], minibatch.expected[function, 1], strict=True):
            assert np.allclose(a, b)
    for function in ("grad_oa", "grad_hs", "grad_ha", "grad_x"):
        trials = minibatch.trials[function]
        for t, a, b in zip(trials, minibatch.expected[function, 0], minibatch.expected[function, 1], strict=True):
            assert np.allclose(a, b * t.dimensions["n"])


def test_reading_a_homework_twice_gives_the_same_bytes(homework: Homework):
    again = read_homework(homework.file.path, homework.seed)
    assert encode_calls(again.calls) == encode_calls(homework.calls)
