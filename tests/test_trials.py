"""Trials: the same everywhere, consistent, exact where it matters, and each case what its name says."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from conftest import ROOT

from grader.errors import RubricError
from grader.homework import Homework, read_homework
from grader.models import Rubric
from grader.quantities import Graph
from grader.rubric import read_rubric
from grader.trials import CASES, check_case, draw
from grader.trials import draws as drawing


def one_case(homework: Homework, function: str, case: str, count: int = 5, seed: int = 0):
    """Trials of one case alone, after one ordinary trial, and an evaluator for them."""
    rubric = homework.rubric
    checks = {"first": {"small integers": 1}, "it": {case: count}}
    criterion = next(c for c in rubric.criteria if c.function == function)
    criterion = criterion.model_copy(update={"points": {"first": 1.0, "it": 1.0}})
    rubric = rubric.model_copy(update={"checks": checks, "criteria": (criterion,)})
    constants = homework.conventions[0].constants
    graph = homework.graph

    def evaluate(names, given):
        with np.errstate(all="ignore"):
            return graph.evaluate(names, {**constants, **given})

    drawn = draw(rubric, criterion, seed, evaluate)
    return (
        drawn[0],
        drawn[1:],
        lambda name, trial: np.asarray(evaluate((name,), {**trial.dimensions, **trial.leaves})[name]),
    )


@pytest.fixture(params=["gradients", "minibatch"])
def homework(request) -> Homework:
    return request.getfixturevalue(request.param)


def test_each_function_has_about_thirty_trials(homework: Homework):
    assert all(30 <= len(trials) <= 45 for trials in homework.trials.values())


def fingerprint(homework: Homework) -> str:
    digest = hashlib.sha256()
    for function, trials in homework.trials.items():
        for trial in trials:
            digest.update(f"{function}/{trial.check}/{trial.case}/{dict(trial.dimensions)}".encode())
            for name, leaf in trial.leaves.items():
                digest.update(name.encode() + np.asarray(leaf, dtype=np.float64).tobytes())
    return digest.hexdigest()


# A change of one of these lines is a change of every student's trials: the changelog must say so.
TRIALS = {
    "hw3-basics": "c8792b66ae1fd9c3cfc1383ed8bcac39cb7c69ff832ac997949f5182fbb36d33",
    "hw3-forward": "4ed1dda55382fd6e1ffd8e03082476581bac29b774f5b3fdd5c2f27b99c9f7bd",
    "hw3-gradients": "207b1076361f89e6b7b8c103f0296057c29e170923e1cfd007daf13ef6409b9c",
    "hw3-minibatch": "20da85318ce3c94f1708d7cf94f45e482438a4bffac136cfe826fe25f16b113e",
    "hw3-network": "8dde8ca74d951cdd9f9c4e73b9dccc23eff5c37764fdec4224857a1e4d6b7f1e",
    "matrix-backprop": "767d5544e296118a96a4070905495b8da415ccdcb601bb2787224b27d839db93",
    "two-layer-net": "e18d4091e9983d0738a04b5f8976bdeb1353b241ac285ce9c9b1d2dfd9d7ffec",
}


def test_one_seed_gives_these_trials_on_every_machine():
    for path in sorted((ROOT / "rubrics").glob("*.yaml")):
        assert fingerprint(read_homework(path, 0)) == TRIALS[path.stem], path.stem


def test_another_seed_gives_other_trials(gradients: Homework):
    _, here, _ = one_case(gradients, "grad_oa", "random shapes", seed=0)
    _, there, _ = one_case(gradients, "grad_oa", "random shapes", seed=1)
    assert all(not np.array_equal(a.leaves["W1"], b.leaves["W1"]) for a, b in zip(here, there, strict=True))


def test_each_function_has_draws_of_its_own(homework: Homework):
    seen = set()
    for trials in homework.trials.values():
        for trial in trials:
            if trial.case not in ("same trial again", "one input changed"):
                key = tuple(np.asarray(trial.leaves[name]).tobytes() for name in ("W1", "W2", "b1", "b2"))
                assert key not in seen
                seen.add(key)


def test_every_number_is_exact_whatever_the_order_of_the_sum(homework: Homework):
    """ha is the same bits when it is added up backwards in extended precision: no rounding took place."""
    for trials in homework.trials.values():
        for trial in trials:
            leaves = {name: np.asarray(leaf) for name, leaf in trial.leaves.items()}
            if "X" in leaves:
                forwards = leaves["X"] @ leaves["W1"] + leaves["b1"]
                backwards = leaves["b1"] + (leaves["X"][:, ::-1].astype(np.longdouble) @ leaves["W1"][::-1])
            else:
                forwards = leaves["W1"] @ leaves["x"] + leaves["b1"]
                backwards = leaves["b1"] + (leaves["W1"][:, ::-1].astype(np.longdouble) @ leaves["x"][::-1])
            assert np.array_equal(forwards, backwards)


def test_small_integers_come_first_and_are_small(homework: Homework):
    for trials in homework.trials.values():
        first = trials[0]
        assert first.case == "small integers"
        assert max(first.dimensions.values()) <= 5
        assert all(set(np.abs(np.asarray(first.leaves[name])).flat) <= {1.0, 2.0} for name in ("W1", "W2", "b1", "b2"))


def test_random_shapes_have_sizes_that_all_differ(homework: Homework):
    _, trials, _ = one_case(homework, "grad_W1", "random shapes", 20)
    assert all(len(set(trial.dimensions.values())) == len(trial.dimensions) for trial in trials)


def test_square_shapes_are_square(homework: Homework):
    _, trials, _ = one_case(homework, "grad_W1", "square shapes", 10)
    assert all(len(set(trial.dimensions.values())) == 1 for trial in trials)


@pytest.mark.parametrize(("case", "name", "size"), [("d = 1", "d", 1), ("dh = 1", "dh", 1), ("m = 2", "m", 2)])
def test_a_dimension_can_be_fixed(homework: Homework, case, name, size):
    _, trials, _ = one_case(homework, "grad_oa", case)
    assert all(trial.dimensions[name] == size for trial in trials)


def test_ordinary_trials_stay_away_from_the_kink_and_have_units_of_both_kinds(homework: Homework):
    for case in ("small integers", "random shapes", "square shapes"):
        _, trials, value = one_case(homework, "grad_ha", case, 10)
        for trial in trials:
            ha = value("ha", trial)
            assert np.abs(ha).min() >= 1 / 64
            assert (ha > 0).any()
            assert (ha < 0).any()


def test_ordinary_trials_do_not_saturate_the_softmax_and_tell_right_from_zero(homework: Homework):
    for function in homework.trials:
        _, trials, value = one_case(homework, function, "random shapes", 10)
        for trial in trials:
            assert value("os", trial).max() < 0.98
            assert np.abs(value(function, trial)).max() > 1e-3


def labels(homework: Homework, trial):
    leaf = homework.rubric.inputs["y"]
    return np.atleast_1d(trial.leaves["y"]) - leaf.first, trial.dimensions["m"]


def test_first_and_last_class(homework: Homework):
    _, trials, _ = one_case(homework, "grad_oa", "first class")
    assert all(labels(homework, trial)[0][0] == 0 for trial in trials)
    _, trials, _ = one_case(homework, "grad_oa", "last class")
    assert all(labels(homework, trial)[0][0] == labels(homework, trial)[1] - 1 for trial in trials)


def test_labels_count_from_the_rubrics_first(gradients: Homework, minibatch: Homework):
    for homework in (gradients, minibatch):
        for trials in homework.trials.values():
            for trial in trials:
                y, m = labels(homework, trial)
                assert 0 <= y.min() <= y.max() < m


def test_repeated_labels_and_absent_classes(minibatch: Homework):
    _, trials, _ = one_case(minibatch, "grad_oa", "repeated labels")
    assert all(len(set(labels(minibatch, trial)[0])) == 1 and trial.dimensions["n"] > 1 for trial in trials)
    _, trials, _ = one_case(minibatch, "grad_oa", "class absent", 6)
    for index, trial in enumerate(trials):
        y, m = labels(minibatch, trial)
        assert (0 if index % 2 else m - 1) not in y


def test_a_label_comes_as_the_type_that_the_case_says(gradients: Homework):
    by_case = {t.case: n for t, n in zip(gradients.trials["grad_oa"], gradients.numbers["grad_oa", 0], strict=True)}
    types = {case: type(gradients.calls.calls[number].values["y"]) for case, number in by_case.items()}
    assert types["small integers"] is int
    assert types["label as numpy integer"] is np.int64
    assert types["label as 0-d array"] is np.ndarray


@pytest.mark.parametrize("function", ["grad_ha", "grad_b1", "grad_W1", "grad_x"])
def test_a_pre_activation_at_zero_is_exactly_zero_and_its_mask_matters(homework: Homework, function):
    _, trials, value = one_case(homework, function, "pre-activation at zero", 6)
    wrong = homework.graph.with_functions(grad_ha=lambda grad_hs, ha: grad_hs * (ha >= 0))
    constants = homework.conventions[0].constants
    for trial in trials:
        assert (value("ha", trial) == 0.0).any()
        other = wrong.evaluate([function], {**constants, **trial.dimensions, **trial.leaves})[function]
        assert np.abs(other - value(function, trial)).max() > 1e-3


def test_a_pre_activation_near_zero_is_just_above_and_just_below(homework: Homework):
    _, trials, value = one_case(homework, "grad_ha", "pre-activation near zero", 6)
    near = [value("ha", trial)[np.abs(value("ha", trial)) < 0.1] for trial in trials]
    assert all(set(np.abs(ha)) == {2.0**-18} for ha in near)
    assert any((ha > 0).any() for ha in near)
    assert any((ha < 0).any() for ha in near)


def test_a_dead_hidden_layer_is_dead(homework: Homework):
    _, trials, value = one_case(homework, "grad_ha", "dead hidden layer")
    assert all((value("ha", trial) < 0).all() for trial in trials)


def test_a_saturated_softmax_is_zero_or_one_and_still_tells(homework: Homework):
    for case in ("saturated softmax", "huge values"):
        _, trials, value = one_case(homework, "grad_oa", case)
        for trial in trials:
            assert set(np.unique(value("os", trial).round(12))) <= {0.0, 1.0}
            assert np.abs(value("grad_oa", trial)).max() > 0.1


def test_huge_and_tiny_values_are_huge_and_tiny(homework: Homework):
    _, trials, value = one_case(homework, "grad_oa", "huge values")
    assert all(np.abs(value("oa", trial)).max() > 800 for trial in trials)
    with np.errstate(all="ignore"):
        for trial in trials:  # a softmax without a maximum, or with one for the whole batch, is not a number there
            oa = np.atleast_2d(value("oa", trial))
            for shift in (0.0, oa.max()) if len(oa) > 1 else (0.0,):
                e = np.exp(oa - shift)
                assert not np.isfinite(e / e.sum(axis=1, keepdims=True)).all()
    _, trials, value = one_case(homework, "grad_oa", "tiny values")
    assert all(np.abs(trial.leaves["W1"]).max() < 0.01 for trial in trials)


@pytest.mark.parametrize(
    ("case", "layout"), [("Fortran order", "F"), ("strided inputs", "strided"), ("negative strides", "reversed")]
)
def test_layouts_are_told_to_the_call(homework: Homework, case, layout):
    _, trials, _ = one_case(homework, "grad_oa", case)
    assert {trial.layout for trial in trials} == {layout}


def test_the_same_trial_again_is_the_first_one_and_same_shapes_is_not(homework: Homework):
    first, (again,), _ = one_case(homework, "grad_oa", "same trial again", 1)
    assert again.leaves is first.leaves
    assert again.after_success
    first, (other,), _ = one_case(homework, "grad_oa", "same shapes", 1)
    assert other.dimensions == first.dimensions
    assert other.after_success
    assert not np.array_equal(other.leaves["W1"], first.leaves["W1"])


def test_one_input_changed_is_the_first_trial_with_each_input_drawn_anew_in_turn(homework: Homework):
    names = list(homework.rubric.inputs)
    first, others, _ = one_case(homework, "grad_oa", "one input changed", len(names))
    for name, other in zip(names, others, strict=True):
        changed = [n for n in names if not np.array_equal(first.leaves[n], other.leaves[n])]
        assert changed == [name]
        assert other.after_success


def test_large_shapes_are_beyond_ten(homework: Homework):
    _, trials, _ = one_case(homework, "grad_oa", "large shapes", 2)
    for trial in trials:
        assert min(trial.dimensions.values()) > 10
        assert len(set(trial.dimensions.values())) == len(trial.dimensions)


def test_small_probabilities_are_spread_over_many_powers_of_ten(homework: Homework):
    _, trials, value = one_case(homework, "grad_oa", "small probabilities", 3)
    for trial in trials:
        probabilities = np.sort(np.atleast_2d(value("os", trial))[0])
        assert probabilities[0] < 2e-4
        assert ((probabilities > 1e-3) & (probabilities < 2e-2)).any()


def test_a_saturated_softmax_is_led_by_the_last_class_by_the_first_and_by_any_far_below_zero(homework: Homework):
    _, trials, value = one_case(homework, "grad_oa", "saturated softmax", 3)
    last, first, below = (np.atleast_2d(value("oa", trial)) for trial in trials)
    assert (last.argmax(axis=1) == last.shape[1] - 1).all()
    assert (first.argmax(axis=1) == 0).all()
    assert below.max() < -1000


def test_a_larger_batch_and_a_batch_of_one(minibatch: Homework):
    _, trials, _ = one_case(minibatch, "grad_oa", "larger batch")
    assert {trial.dimensions["n"] for trial in trials} == {40}
    _, trials, _ = one_case(minibatch, "grad_oa", "n = 1")
    assert {trial.dimensions["n"] for trial in trials} == {1}


def test_every_case_of_the_library_is_used_by_a_shipped_rubric():
    rubrics = [read_rubric(path).rubric for path in (ROOT / "rubrics").glob("*.yaml")]
    assert set(CASES) <= {case for rubric in rubrics for cases in rubric.checks.values() for case in cases}


# ---------------------------------------------------------------- zeros, fixed numbers, numbers that are not negative


def test_some_zeros_are_among_every_array_and_the_relu_still_stays_off_its_kink(homework: Homework):
    _, trials, value = one_case(homework, "grad_W1", "some zeros", 12)
    real = [name for name, leaf in homework.rubric.inputs.items() if leaf.kind == "real"]
    for trial in trials:
        assert (value("ha", trial) != 0).all()
        for name in real:
            zeros = int((trial.leaves[name] == 0).sum())
            assert zeros in (trial.leaves[name].size // 2, (trial.leaves[name].size + 1) // 2)


def test_of_a_single_entry_some_are_zero_and_some_are_not():
    rubric = bare(dimensions={"k": (1, 1)}, inputs={"x": {"shape": ("k",)}, "z": {}}, checks={"c": {"some zeros": 20}})
    trials = draw(rubric, rubric.criteria[0], 0, Graph({"f": lambda x, z: x + z}).evaluate)
    assert {bool(trial.leaves["x"][0]) for trial in trials} == {True, False}
    assert all(trial.leaves["z"] for trial in trials)  # a single number is not an array


def test_a_number_can_be_fixed():
    rubric = bare(inputs={"x": {"shape": ("k",)}, "c": {}}, checks={"c": {"c = -0.5": 3, "random shapes": 3}})
    trials = draw(rubric, rubric.criteria[0], 0, Graph({"f": lambda x, c: x * c}).evaluate)
    assert [trial.leaves["c"] for trial in trials[:3]] == [-0.5] * 3
    assert all(trial.leaves["c"] != -0.5 for trial in trials[3:])


def test_an_input_that_is_not_negative_is_the_other_one_without_its_sign():
    drawn = []
    for negative in (True, False):
        rubric = bare(inputs={"x": {"shape": ("k",), "negative": negative}}, checks={"c": {"random shapes": 20}})
        drawn.append(
            [trial.leaves["x"] for trial in draw(rubric, rubric.criteria[0], 0, Graph({"f": abs_of}).evaluate)]
        )
    assert any((x < 0).any() for x in drawn[0])
    assert all(np.array_equal(np.abs(one), other) for one, other in zip(*drawn, strict=True))


def abs_of(x):
    return np.abs(x)


# ---------------------------------------------------------------- inputs of any shape, zeros, and far from zero


def test_an_input_of_any_shape_is_a_vector_unless_the_case_says_otherwise(basics: Homework):
    axes = {"plain number": {0}, "any shape": {2, 3}}
    axes |= {key: {2} for key in ("Fortran order", "strided inputs", "negative strides")}
    for trials in basics.trials.values():
        for case in {trial.case for trial in trials}:
            found = {np.ndim(trial.leaves["x"]) for trial in trials if trial.case == case}
            assert found == axes.get(case, {1}), case


def test_the_axes_of_any_shape_are_the_dimensions_in_their_order(basics: Homework):
    for trials in basics.trials.values():
        for trial in trials:
            shape = np.shape(trial.leaves["x"])
            assert shape == tuple(trial.dimensions.values())[: len(shape)]


def test_a_plain_number_is_a_float_of_either_sign_and_judged_after_success(basics: Homework):
    _, trials, _ = one_case(basics, "drect", "plain number", 4)
    assert [type(trial.leaves["x"]) for trial in trials] == [float] * 4
    assert [trial.leaves["x"] > 0 for trial in trials] == [True, False, True, False]
    assert all(trial.after_success for trial in trials)
    for number in basics.numbers["drect", 0]:
        call = basics.calls.calls[number]
        assert isinstance(call.values["x"], float | np.ndarray)


def test_some_zeros_are_among_other_numbers(basics: Homework, forward: Homework):
    for homework, function, names in ((basics, "sign", ("x",)), (forward, "grad_W1_penalty", ("W1", "W2", "b1"))):
        _, trials, value = one_case(homework, function, "some zeros", 10)
        for trial in trials:
            assert all((np.asarray(trial.leaves[name]) == 0).any() for name in names)
            assert np.abs(value(function, trial)).max() > 1e-3


def test_all_zeros_are_zeros_without_a_sign(basics: Homework, forward: Homework):
    for homework, function in ((basics, "sign"), (forward, "hs")):
        _, trials, _ = one_case(homework, function, "all zeros", 3)
        for trial in trials:
            real = [leaf for name, leaf in trial.leaves.items() if homework.rubric.inputs[name].kind == "real"]
            assert not any(np.any(leaf) or np.signbit(leaf).any() for leaf in real)


def test_a_thousand_stands_beside_ordinary_numbers(basics: Homework):
    _, trials, value = one_case(basics, "softplus", "1000 and -1000", 3)
    far = [set(np.asarray(trial.leaves["x"])[np.abs(trial.leaves["x"]) > 2]) for trial in trials]
    assert far == [{1000.0, -1000.0}, {1000.0}, {-1000.0}]
    assert all((np.abs(trial.leaves["x"]) < 2).any() for trial in trials)
    assert all(np.abs(value("softplus", trial)).max() > 1e-3 for trial in trials)


def test_shifted_scores_leave_the_probabilities_ordinary_and_break_a_plain_exponential(forward: Homework):
    _, trials, value = one_case(forward, "loss", "shifted scores", 4)
    for trial, sign in zip(trials, (1, -1, 1, -1), strict=True):
        scores = value("oa", trial)
        assert (np.sign(scores) == sign).all()
        assert value("os", trial).max() < 0.98
        with np.errstate(all="ignore"):
            assert not np.isfinite(np.log(np.exp(scores).sum()))


def test_the_label_of_the_leading_class_has_no_loss(forward: Homework):
    _, (*far, near), value = one_case(forward, "loss", "leading class", 4)
    assert all(value("loss", trial) == 0 for trial in far)
    assert all(np.ptp(value("oa", trial)) > 500 for trial in far)
    assert 1e-3 < value("loss", near) < 5e-3


# ---------------------------------------------------------------- refusals


def bare(**changes) -> Rubric:
    content = {
        "homework": "h",
        "title": "t",
        "reference": "r.py",
        "dimensions": {"k": (1, 3)},
        "inputs": {"x": {"shape": ("k",)}},
        "checks": {"c": {"random shapes": 1}},
        "criteria": [{"function": "f", "parameters": ["x"], "points": {"c": 1}}],
    }
    return Rubric.model_validate({**content, **changes})


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (
            "frist class",
            f"there is no case 'frist class'; the cases are: {', '.join(CASES)}, and '<dimension> = <size>'",
        ),
        ("first class", "the case 'first class' needs an input of kind label, and the rubric has none"),
        ("class absent", "the case 'class absent' needs a whole batch of labels; this rubric has one label or none"),
        ("dead hidden layer", "the case 'dead hidden layer' needs an entry of kind relu under 'activations'"),
        ("saturated softmax", "the case 'saturated softmax' needs an entry of kind softmax under 'activations'"),
        ("any shape", "the case 'any shape' needs an input of shape 'any', and the rubric has none"),
        ("plain number", "the case 'plain number' needs an input of shape 'any', and the rubric has none"),
        ("leading class", "the case 'leading class' needs an input of kind label, and the rubric has none"),
        ("shifted scores", "the case 'shifted scores' needs an entry of kind softmax under 'activations'"),
        (
            "q = 1",
            "the case 'q = 1' does not fix a dimension; write '<dimension> = <size>' with one of k, "
            "and a size from 1 to 1000",
        ),
        (
            "k = many",
            "the case 'k = many' does not fix a dimension; write '<dimension> = <size>' with one of k, "
            "and a size from 1 to 1000",
        ),
        ("lam = few", "the case 'lam = few' does not fix an input; write 'lam = <number>' with a number"),
        ("lam = nan", "the case 'lam = nan' does not fix an input; write 'lam = <number>' with a number"),
        (
            "rate = -1",
            "the case 'rate = -1' does not fix an input; write 'rate = <number>' with a number that is not negative",
        ),
    ],
)
def test_a_case_that_can_not_be_had_is_refused(case, message):
    inputs = {"x": {"shape": ("k",)}, "lam": {}, "rate": {"negative": False}}
    with pytest.raises(RubricError) as error:
        check_case(bare(inputs=inputs), case)
    assert str(error.value) == message


def test_as_many_axes_need_as_many_dimensions():
    with pytest.raises(RubricError) as error:
        check_case(bare(inputs={"x": {"shape": "any"}}), "any shape")
    assert str(error.value) == "the case 'any shape' needs 3 dimensions, one an axis; the rubric has fewer"


def test_a_rubric_on_which_nothing_can_be_told_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(drawing, "ATTEMPTS", 5)
    graph = Graph({"f": lambda x: 0.0 * x})
    with pytest.raises(RubricError) as error:
        draw(bare(), bare().criteria[0], 0, graph.evaluate)
    assert str(error.value) == (
        "no trial could be drawn for the case 'random shapes' of 'f' in 5 attempts; "
        "widen the ranges under 'dimensions' or drop the case"
    )


def test_a_repetition_can_not_come_first():
    rubric = bare(checks={"c": {"same trial again": 1}})
    with pytest.raises(RubricError) as error:
        draw(rubric, rubric.criteria[0], 0, Graph({"f": lambda x: x}).evaluate)
    assert str(error.value) == (
        "the case 'same trial again' repeats the first trial of a criterion, so it can not be the first"
    )
