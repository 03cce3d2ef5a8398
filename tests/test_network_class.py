"""The homework `hw3-network`: a class as a hand-in. What is found in an object, what is said where it is not, what must
hold of what is free, and the pictures."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT

from grader.errors import RubricError
from grader.grade import _own
from grader.homework import Homework, read_homework
from grader.judge import judge
from grader.language import speaking
from grader.learned import learned
from grader.models import Calls, Criterion, CriterionResult, Happened, Outcome, Outcomes
from grader.models import Program as PlainProgram
from grader.properties import property_of
from grader.reasons import carried_note
from grader.report import learning as drawing
from grader.sandbox.inside.batches import rows_of
from grader.sandbox.inside.objects import NotThereError, Objects
from grader.sandbox.inside.places import find_place, places_of
from grader.sandbox.inside.program import Program
from grader.sandbox.process import _State
from reference.gradient_check import check_gradients
from reference.network import Network

ACCEPTED = ROOT / "tests/submissions/hw3-network/accepted"
RIGHT = (ACCEPTED / "attributes_and_a_generator.py").read_text(encoding="utf-8")
FOUR_WEIGHTS = (ACCEPTED / "weights_out_in_and_column_biases.py").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def homework() -> Homework:
    return read_homework(ROOT / "rubrics" / "hw3-network.yaml", 0)


def criterion_of(homework: Homework, function: str) -> Criterion:
    return next(each for each in homework.rubric.criteria if each.function == function)


def objects(homework: Homework, source: str, function: str) -> Objects:
    wanted = next(each for each in homework.calls.wanted if each.name == function)
    program = Program(source.encode())
    program.load((), (), lambda index: None)
    assert wanted.recipe is not None
    return Objects(program, function, json.loads(json.dumps(wanted.recipe)))


def value(homework: Homework, source: str, function: str, trial: int = 0):
    call = homework.calls.calls[homework.numbers[function, 0][trial]]
    return objects(homework, source, function).value(dict(call.values))


def lacks(homework: Homework, source: str, function: str) -> str:
    with pytest.raises(NotThereError) as caught:
        value(homework, source, function)
    return str(caught.value.words)


def judged(homework: Homework, function: str, made, trial: int = 0) -> Outcome:
    outcome = Outcome(Happened.VALUE, np.asarray(made, dtype=float))
    return property_of(homework, criterion_of(homework, function), 0, homework.trials[function][trial], outcome)


# ---------------------------------------------------------------- what is found


@pytest.mark.parametrize("function", ["os", "grad_W1", "grad_b1", "grad_W2", "grad_b2"])
def test_an_object_gives_what_the_reference_gives(homework: Homework, function: str):
    for trial in range(4):
        expected = homework.expected[function, 0][trial]
        np.testing.assert_allclose(value(homework, RIGHT, function, trial), expected, rtol=1e-9, atol=1e-12)


def changed(*changes: tuple[str, str]) -> str:
    """The right class, written otherwise."""
    source = RIGHT
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    return source


def in_a_list(W1: str, b1: str, W2: str, b2: str, empty: str) -> str:
    places = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    moved = [(f"self.{name} ", f"self.params{place} ") for name, place in places.items()]
    used = [(f"self.{name}", f"self.params{place}") for name, place in places.items()]
    start = ("        b = 1 / np.sqrt(n_in)", f"        self.params = {empty}\n        b = 1 / np.sqrt(n_in)")
    return changed(start, *moved, *((old, new) for old, new in used if old in RIGHT))


RETURNED = "        self.grad_b1 = gh.sum(axis=0)\n"
GIVEN = "        self.os = self.softmax(self.oa)\n        return self.os\n"

OTHERWISE = {
    "pairs in a list": in_a_list("[0][0]", "[0][1]", "[1][0]", "[1][1]", "[[0, 0], [0, 0]]"),
    "weights before biases": in_a_list("[0]", "[2]", "[1]", "[3]", "[0, 0, 0, 0]"),
    "dicts in a list": in_a_list("[0]['w']", "[0]['c']", "[1]['w']", "[1]['c']", "[{}, {}]"),
    "name-mangled": changed(*((f"self.{name}", f"self.__{name}") for name in ("W1", "b1", "W2", "b2"))),
    "unlike lists are returned": changed(
        ("self.grad_", "self.change_of_"),
        (
            RETURNED.replace("grad", "change_of"),
            RETURNED.replace("grad", "change_of")
            + "        return [self.change_of_W1, self.change_of_W2], [self.change_of_b1, self.change_of_b2]\n",
        ),
    ),
    "probabilities under another key": changed(
        ("self.os", "self.q"),
        (
            GIVEN.replace("self.os", "self.q"),
            "        self.q = self.softmax(self.oa)\n"
            "        return {'Z1': self.ha, 'A1': self.hs, 'Z2': self.oa, 'A2': self.q}\n",
        ),
    ),
    "probabilities as columns": changed(
        (GIVEN, "        self.os = self.softmax(self.oa).T\n        return self.os\n"),
        ("self.os.copy()", "self.os.T.copy()"),
    ),
    "probabilities as p": changed((GIVEN, GIVEN.replace("        return self.os\n", "")), ("self.os", "self.p")),
    "a class without a hash": changed(
        (
            "class Network:",
            "class Kind(type):\n    def __eq__(cls, other):\n        return cls is other\n\n\nclass Network(metaclass=Kind):",
        )
    ),
}

SQUEEZED = changed(
    ("np.zeros(n_hidden)", "np.zeros((1, n_hidden))"),
    ("np.zeros(n_out)", "np.zeros((1, n_out))"),
    ("= g.sum(axis=0)", "= g.sum(axis=0, keepdims=True)"),
    ("= gh.sum(axis=0)", "= gh.sum(axis=0, keepdims=True)"),
    *((f"self.grad_{name} =", f"d{name} =") for name in ("W1", "b1", "W2", "b2")),
    (
        "db1 = gh.sum(axis=0, keepdims=True)\n",
        "db1 = gh.sum(axis=0, keepdims=True)\n        self.dW1 = dW1.squeeze()\n        return dW2, db2, dW1, db1\n",
    ),
    ("                self.bprop(xb, yb)", "                dW2, db2, dW1, db1 = self.bprop(xb, yb)"),
    *((f"self.grad_{name}", f"d{name}") for name in ("W1", "b1", "W2", "b2")),
)


def test_what_one_trial_tells_of_a_place_serves_the_next_ones(homework: Homework):
    """Where an axis has size 1, what is kept squeezed has another shape: what is returned is known by then."""
    made = objects(homework, SQUEEZED, "grad_W1")
    for number, expected in zip(homework.numbers["grad_W1", 0], homework.expected["grad_W1", 0], strict=True):
        found = made.value(dict(homework.calls.calls[number].values))
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("function", ["os", "grad_W1", "grad_b2", "one_step"])
@pytest.mark.parametrize("how", OTHERWISE)
def test_what_is_kept_otherwise_is_read_as_well(homework: Homework, how: str, function: str):
    right, otherwise = objects(homework, RIGHT, function), objects(homework, OTHERWISE[how], function)
    for number in homework.numbers[function, 0][:9]:
        values = homework.calls.calls[number].values
        expected, found = right.value(dict(values)), otherwise.value(dict(values))
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


START = "def __init__(self, n_in, n_hidden, n_out, lr=0.1, l1=0.0, l2=0.0, batch_size=10, epochs=10):"

W2_PENALTY = "self.l1 * np.sign(self.W2) + 2 * self.l2 * self.W2"
W1_PENALTY = "self.l1 * np.sign(self.W1) + 2 * self.l2 * self.W1"


def with_four(start: str, kept: str, *names: str) -> str:
    """A class with a weight for each norm of each layer: what its constructor takes, what it keeps, and their names."""
    l11, l12, l21, l22 = names
    return changed(
        (START, START.replace("l1=0.0, l2=0.0, ", start)),
        ("self.l1, self.l2, self.K, self.epochs = lr, l1, l2, batch", f"{kept}, batch"),
        (W1_PENALTY, f"{l11} * np.sign(self.W1) + 2 * {l12} * self.W1"),
        (W2_PENALTY, f"{l21} * np.sign(self.W2) + 2 * {l22} * self.W2"),
    )


FOUR = with_four(
    "l11=0, l12=0, l21=0, l22=0, ", "self.four, self.K, self.epochs = lr, (l11, l12, l21, l22)",
    *(f"self.four[{place}]" for place in range(4)),
)  # fmt: skip

HANDED = {
    "four in a tuple": changed(
        (START, START.replace("l1=0.0, l2=0.0", "lambdas=(0, 0, 0, 0)")),
        ("l1, l2, batch", "lambdas[0], lambdas[3], batch"),
    ),
    "two in each tuple": changed(
        (START, START.replace("l1=0.0, l2=0.0", "l1=(0, 0), l2=[0, 0]")), ("l1, l2, batch", "l1[1], l2[0], batch")
    ),
    "a dict with keys of its own": changed(
        (START, START.replace("l1=0.0, l2=0.0", "hyper={'lambda1': 0, 'lambda2': 0, 'depth': 2}")),
        ("l1, l2, batch", "hyper['lambda1'], hyper['lambda2'] * hyper['depth'] / 2, batch"),
    ),
    "any keyword": changed(
        (START, START.replace("l1=0.0, l2=0.0, batch_size=10, epochs=10", "batch_size=10, epochs=10, **kw")),
        ("l1, l2, batch", "kw.get('l11', 0), kw.get('l22', 0), batch"),
    ),
    "attributes": changed((START, START.replace("l1=0.0, l2=0.0, ", "")), ("l1, l2, batch", "0.0, 0.0, batch")),
}

SETTERS = """\
    @property
    def l1(self):
        return self.l11

    @l1.setter
    def l1(self, weight):
        self.l11 = self.l21 = weight

    @property
    def l2(self):
        return self.l12

    @l2.setter
    def l2(self, weight):
        self.l12 = self.l22 = weight

"""

FOUR_HANDED = {
    "a tuple": with_four(
        "lambdas=(0, 0, 0, 0), ", "self.four, self.K, self.epochs = lr, lambdas",
        *(f"self.four[{place}]" for place in range(4)),
    ),
    "a dict": with_four(
        "hyper={}, ", "self.four, self.K, self.epochs = lr, hyper",
        *(f"self.four.get('{name}', 0)" for name in ("l11", "l12", "l21", "l22")),
    ),
    "an attribute with all": with_four(
        "", "self.lambdas, self.K, self.epochs = lr, [0, 0, 0, 0]",
        *(f"self.lambdas[{place}]" for place in range(4)),
    ),
    "attributes, with a property for each norm that sets two of them": with_four(
        "", "self.l11, self.l12, self.l21, self.l22, self.K, self.epochs = lr, 0, 0, 0, 0",
        "self.l11", "self.l12", "self.l21", "self.l22",
    ).replace("    def softmax", f"{SETTERS}    def softmax"),
}  # fmt: skip


@pytest.mark.parametrize("how", FOUR_HANDED)
def test_four_weights_are_handed_over_in_each_form(homework: Homework, how: str):
    expected = value(homework, FOUR, "elastic_net_check")
    np.testing.assert_allclose(value(homework, FOUR_HANDED[how], "elastic_net_check"), expected)
    assert not np.allclose(expected, value(homework, RIGHT, "elastic_net_check"))


@pytest.mark.parametrize("function", ["grad_W1", "elastic_net_check"])
@pytest.mark.parametrize("how", HANDED)
def test_the_weights_of_the_penalty_are_handed_over_in_each_form(homework: Homework, how: str, function: str):
    np.testing.assert_allclose(value(homework, HANDED[how], function), value(homework, RIGHT, function))


def test_weights_that_can_not_be_handed_over_are_said_to_be_so(homework: Homework):
    source = changed((START, START.replace("l1=0.0, l2=0.0, ", "")), (".lr, self.l1, self.l2,", ".lr, self.a, self.b,"),
                     ("l1, l2, batch", "0, 0, batch"), ("self.l1", "self.a"), ("self.l2", "self.b"))  # fmt: skip
    said = lacks(homework, source, "elastic_net_check")
    assert said.startswith(
        "l1, l2, l11, l12, l21, l22 can not be handed over: no parameter of the constructor or of fprop, bprop, and no "
        "attribute of the object, has one of these names: l1, lambda1,"
    )


TRAINED = {
    "sizes in a list": changed(("n_in, n_hidden, n_out, lr", "sizes, lr"),
                               ("        self.lr,", "        n_in, n_hidden, n_out = sizes\n        self.lr,")),
    "rate and epochs as attributes": changed((START, START.replace("lr=0.1, ", "").replace(", epochs=10", "")),
                                             ("= lr, l1, l2, batch_size, epochs", "= 0.1, l1, l2, batch_size, 10")),
    "pairs of data": changed(("def train(self, X, y):", "def train(self, trainset, validset):\n        X, y = trainset")),
    "labels as the last column": changed(
        ("def train(self, X, y):", "def train(self, data):\n        X, y = data[:, :-1], data[:, -1].astype(int)")),
    "a class made from another": "class Net:\n    def fprop(self, X): raise NotImplementedError\n\n"
    + changed(("class Network:", "class Ours(Net):")),
    "an optimiser beside it": changed(("class Network:", "class Adam:\n    def train(self): pass\n\n\nclass Ours:")),
    "another constructor": RIGHT + "\n\nclass Study(Network):\n    def __init__(self, depth): pass\n",
}  # fmt: skip


@pytest.mark.parametrize("function", ["initial_b1", "one_step", "twenty_steps"])
@pytest.mark.parametrize("how", TRAINED)
def test_a_class_is_made_and_trained_in_each_form(homework: Homework, how: str, function: str):
    right, otherwise = objects(homework, RIGHT, function), objects(homework, TRAINED[how], function)
    for number in homework.numbers[function, 0]:
        values = homework.calls.calls[number].values
        np.testing.assert_allclose(otherwise.value(dict(values)), right.value(dict(values)))


LOOPED = {
    "the project's own network": (ROOT / "reference/network.py").read_text(encoding="utf-8"),
    "a word": changed(("loop=False", "mode='matriciel'"), ("if loop:", "if mode == 'boucle':")),
    "an attribute": changed((", loop=False", ""), ("if loop:", "if self.loop:"),
                            ("        self.lr,", "        self.loop = False\n        self.lr,")),
}  # fmt: skip


@pytest.mark.parametrize("how", LOOPED)
def test_the_loop_is_chosen_in_each_form(homework: Homework, how: str):
    np.testing.assert_allclose(value(homework, LOOPED[how], "loops"), value(homework, RIGHT, "loops"))


def test_a_word_that_the_class_does_not_know_chooses_nothing(homework: Homework):
    source = changed(("loop=False", "mode='matrix'"), ("if loop:", "if False:"))
    assert lacks(homework, source, "loops").startswith("There is no method fprop_loop, and neither the constructor")


def test_a_free_function_draws_from_a_generator_that_it_is_given(homework: Homework):
    for numbers in ("rng.permutation(len(X))", "np.argsort(rng.rand(len(X)))", "np.argsort(rng.random(len(X)))"):
        free = (
            RIGHT
            + f"\n\ndef minibatches(X, K, rng):\n    p = {numbers}\n    return [p[i:i + K] for i in range(0, len(X), K)]\n"
        )
        rows = value(homework, free.replace("def minibatches(self, X, y, K)", "def cut(self, X, y, K)"), "minibatches")
        assert judged(homework, "minibatches", rows).value.tolist() == [0, 0, 0]


def test_batches_of_one_array_are_cut_from_one_array(homework: Homework):
    source = changed(
        ("def minibatches(self, X, y, K):", "def minibatches(self, data, K):\n        X, y = data[:, :-1], data[:, -1]")
    )
    rows = value(homework, source, "minibatches", 4)
    assert judged(homework, "minibatches", rows, 4).value.tolist() == [0, 0, 0]


def test_the_forward_pass_may_ask_for_the_labels_of_what_it_looks_at(homework: Homework):
    function = "circles_with_5"
    recipe = next(each for each in homework.calls.wanted if each.name == function).recipe
    assert recipe is not None
    known = homework.graph.evaluate((recipe["last"]["X"], recipe["last"]["y"], recipe["last"]["onehot"]), {})
    view, y, onehot = known.values()
    assert len(view) == len(y) == len(onehot) == recipe["last"]["n"]


def test_the_probabilities_are_not_taken_from_what_is_no_distribution(homework: Homework):
    wrong = OTHERWISE["probabilities under another key"].replace("return e / e.sum(axis=1, keepdims=True)", "return e")
    assert lacks(homework, wrong, "os").startswith("os was not found after fprop")


def test_what_hangs_in_one_method_is_waited_for_twice(homework: Homework):
    state = _State(PlainProgram(b""), homework.calls, set(range(len(homework.calls.calls))))
    late = Outcome(Happened.TIME_LIMIT, text="late")
    for name in ("grad_W2", "grad_b2"):
        state.close_function(name, late, Outcome(Happened.NOT_RUN))
        state.strike(name, 2, 2.0, late)
    left = state.functions()
    assert not {"grad_W1", "grad_b1", "gradient_check", "elastic_net_check"} & set(left)
    assert {"os", "loops", "minibatches", "one_step"} <= set(left)
    assert state.outcomes[homework.numbers["grad_W1", 0][0]] == late
    state.close_function("one_step", late, Outcome(Happened.NOT_RUN))
    state.strike("one_step", 1, 40.0, late)
    assert state.functions() == []


def test_versions_that_hang_say_nothing_about_the_others_of_their_pack(homework: Homework):
    [wanted] = [each for each in homework.calls.wanted if each.name == "grad_W2"]
    base = Calls((wanted,), tuple(homework.calls.calls[number] for number in homework.numbers["grad_W2", 0]))
    names = ["one", "two", "three"]
    calls = tuple(replace(call, function=name) for name in names for call in base.calls)
    pack = Calls(tuple(replace(wanted, name=name) for name in names), calls, repeats=base)
    state = _State(PlainProgram(b""), pack, set(range(len(calls))))
    late = Outcome(Happened.TIME_LIMIT, text="late")
    for name in ("one", "two"):
        state.close_function(name, late, Outcome(Happened.NOT_RUN))
        state.strike(name, 2, 40.0, late)
    assert state.functions() == ["three"]


def test_an_object_says_what_it_runs(homework: Homework):
    both, stages = objects(homework, RIGHT, "grad_W1"), []
    both._tell = stages.append
    both.value(dict(homework.calls.calls[homework.numbers["grad_W1", 0][0]].values))
    assert stages == [0, 0, 1, 2]


def test_each_call_makes_a_fresh_object(homework: Homework):
    counting = RIGHT.replace("    def softmax", "    made = 0\n\n    def softmax")
    counting = counting.replace(
        "        b = 1 / np.sqrt(n_in)", "        type(self).made += 1\n        b = 1 / np.sqrt(n_in)"
    )
    both = objects(homework, counting, "one_step")
    values = homework.calls.calls[homework.numbers["one_step", 0][0]].values
    first, second = both.value(dict(values)), both.value(dict(values))
    assert np.array_equal(first, second)
    assert both.kind.made == 3  # one more, to look at how it lays out its parameters


class _Slots:
    __slots__ = ("W1", "b1")

    def __init__(self):
        self.W1 = 1


class _Base:
    def __init__(self):
        self.__W1 = 2


class _Heir(_Base):
    b1 = 3


class _Makes:
    @property
    def weights(self):
        self.W1 = 4
        return [5]


class _Keeps:
    weights = cached_property(_Makes.weights.fget)


class _Computes:
    def __getattr__(self, name: str) -> int:
        if name != "b1":
            raise AttributeError(name)
        return 6


class _List(list):
    pass


@pytest.mark.parametrize(
    ("made", "names", "found"),
    [
        (_Slots(), ("W1", "b1"), [("W1",)]),
        (_Heir(), ("W1", "b1"), [("b1",), ("_Base__W1",)]),
        (_Makes(), ("weights[0]", "W1"), [("weights", 0), ("W1",)]),  # by the time that it is looked for, it is there
        (_Makes(), ("W1", "weights[0]"), [("weights", 0), ("W1",)]),  # at last by its own name
        (_Keeps(), ("weights[0]", "W1"), [("weights", 0), ("W1",)]),
        (_Computes(), ("W1", "b1"), [("b1",)]),
        (_List([7]), ("[0]", "W1"), [(0,)]),
        (object(), ("W1", "[0]"), []),
    ],
)
def test_only_what_an_object_has_is_found_and_all_of_it(made, names: tuple[str, ...], found: list[tuple[object, ...]]):
    assert list(dict.fromkeys(places_of(made, names))) == found


def test_parameters_are_found_where_they_are_kept():
    class Made:
        def __init__(self):
            self.params = {"W2": 1.0, "w1": 2.0}
            self.weights = [3.0]
            self.layer1 = type("Layer", (), {"W": 4.0})()
            self.b_1 = 5.0

    made = Made()
    assert find_place(made, ["W2"]) == ("params", ("W2",))
    assert find_place(made, ["W1"]) == ("params", ("w1",))
    assert find_place(made, ["V", "weights[0]"]) == ("weights", 0)
    assert find_place(made, ["V", "layer1.W"]) == ("layer1", "W")
    assert find_place(made, ["b1"]) == ("b_1",)
    assert find_place(made, ["os"]) is None


@pytest.mark.parametrize(
    "batches",
    [
        lambda X, y: [(X[:2], y[:2]), (X[2:], y[2:])],
        lambda X, y: ([X[:2], X[2:]], [y[:2], y[2:]]),
        lambda X, y: iter([np.array([0, 1]), np.array([2])]),
        lambda X, y: [np.column_stack([X, y])[:2], np.column_stack([X, y])[2:]],
        lambda X, y: [list(zip(X[:2], y[:2], strict=True)), [(X[2], y[2])]],
        lambda X, y: [(X[:2], np.eye(3)[y[:2]]), (X[2:], np.eye(3)[y[2:]])],
        lambda X, y: [{"y": y[:2], "X": X[:2]}, {"y": y[2:], "X": X[2:]}],
    ],
)
def test_batches_in_all_their_forms(batches):
    X, y = np.arange(12.0).reshape(3, 4), np.array([0, 2, 1])
    expected = np.column_stack([[0, 0, 1], X, y])
    np.testing.assert_array_equal(rows_of(batches(X, y), X, y), expected)


def test_what_is_no_batch_is_named():
    X, y = np.arange(12.0).reshape(3, 4), np.array([0, 2, 1])
    assert rows_of(None, X, y) == "None"
    assert rows_of(X, X, y) == "a ndarray"
    assert rows_of(["a"], X, y) == "a str"


# ---------------------------------------------------------------- what is said where it is not found


@pytest.mark.parametrize(
    ("source", "function", "said"),
    [
        ("def fprop(X): pass", "os", "There is no class Network in the file."),
        (
            "class A: pass\nclass B: pass",
            "os",
            "There is no class Network in the file. There are the classes A, B: call the one that is meant Network.",
        ),
        ("Network = 3", "os", "Network is an int, not a class."),
        (
            "class Network(Missing): pass",
            "os",
            "Network (line 1) could not be defined: NameError: name 'Missing' is not defined.",
        ),
        (
            RIGHT.replace("        self.W1 = np.random.uniform(-b, b, (n_in, n_hidden))\n", ""),
            "os",
            "An object of Network has no W1 when it has been made. These names were looked for, as attributes and as keys of "
            "a dict: W1, w1, W_1, w_1, W[0], weights[0], Ws[0], params[0], layer1.W, layers[0].W, l1.W.",
        ),
        (
            RIGHT.replace("def fprop", "def vorwaerts"),
            "os",
            "Network has no method fprop. These names were looked for: fprop, forward, forward_pass, feedforward, "
            "fprop_matrix, forward_matrix, propagate, predict_proba, propagation_avant, propagation.",
        ),
        (
            RIGHT.replace(", loop=False", "", 2),
            "loops",
            "There is no method fprop_loop, and neither the constructor nor fprop has a parameter to choose it by. It may be "
            "called: loop, loops, use_loop, use_loops, boucle, with_loop, naive, matrix, use_matrix, vectorized, vectorised, "
            "matriciel, matrix_form.",
        ),
        (
            RIGHT.replace("return self.os", "return self.hs, self.oa, -self.oa").replace("self.os", "self.q").replace("e / e.sum", "2 * e.sum"),
            "os",
            "fprop returned 3 values, and which of them is os can not be told. Keep it as an attribute os, or return a dict "
            "with that key.",
        ),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(homework: Homework, source: str, function: str, said: str):
    assert lacks(homework, source, function) == said


def test_a_constructor_that_asks_for_too_much_is_told_what_there_is(homework: Homework):
    said = lacks(homework, "class Network:\n    def __init__(self, *, depth): pass", "os")
    assert said.startswith(
        "The constructor of Network asks for depth, which can not be supplied. It may ask for: d, dh, m, X,"
    )


# ---------------------------------------------------------------- properties


def spread(homework: Homework, function: str, draw) -> list[int]:
    """Which properties do not hold in some trial of what `draw` gives for shares of the bound and a shape."""
    found = np.zeros(5)
    for place, trial in enumerate(homework.trials[function]):
        shape = [trial.dimensions[name] for name in (("d", "dh") if function == "initial_W1" else ("dh", "m"))]
        drawn = draw(np.random.default_rng(place), shape) / np.sqrt(shape[0])
        found = np.maximum(found, judged(homework, function, drawn, place).value)
    return found.astype(int).tolist()


@pytest.mark.parametrize("function", ["initial_W1", "initial_W2"])
def test_weights_drawn_uniformly_within_the_bound_hold(homework: Homework, function: str):
    for seed in range(100):
        rng = np.random.default_rng(seed)
        assert spread(homework, function, lambda _, shape: rng.uniform(-1, 1, shape)) == [0] * 5  # noqa: B023
        single = spread(homework, function, lambda _, shape: rng.uniform(-1, 1, shape).astype(np.float32))  # noqa: B023
        assert single == [0] * 5


@pytest.mark.parametrize(
    ("draw", "wrong"),
    [
        (lambda rng, shape: 3 * rng.normal(size=shape), 0),
        (lambda rng, shape: 1.2 * rng.uniform(-1, 1, shape), 0),
        (lambda rng, shape: np.full(shape, np.nan), 0),
        (lambda rng, shape: 0.01 * rng.normal(size=shape), 1),
        (lambda rng, shape: 0.7 * rng.uniform(-1, 1, shape), 1),
        (lambda rng, shape: rng.uniform(0, 1, shape), 2),
        (lambda rng, shape: np.tile(rng.uniform(-1, 1, (shape[0], 1)), shape[1]), 3),
        (lambda rng, shape: np.tile(rng.uniform(-1, 1, shape[1]), (shape[0], 1)), 3),
        (lambda rng, shape: rng.choice([-1.0, 1.0], shape), 3),
        (lambda rng, shape: np.clip(0.5 * rng.normal(size=shape), -1, 1), 4),
        (lambda rng, shape: np.clip(rng.normal(size=shape), -1, 1), 4),
    ],
)
@pytest.mark.parametrize("function", ["initial_W1", "initial_W2"])
def test_weights_drawn_otherwise_do_not_hold(homework: Homework, function: str, draw, wrong: int):
    assert spread(homework, function, draw)[wrong]


def test_zero_weights_do_not_hold(homework: Homework):
    assert spread(homework, "initial_W1", lambda _, shape: np.zeros(shape)) == [0, 1, 1, 1, 0]


def test_a_value_of_another_shape_is_no_value_of_the_property(homework: Homework):
    outcome = judged(homework, "initial_W1", np.zeros((2, 3)))
    assert (outcome.happened, outcome.text) == (Happened.ODD, "an array of shape (2, 3)")


def test_the_gradient_check_refuses_a_gradient_that_is_a_little_wrong(homework: Homework):
    trial = homework.trials["gradient_check"][2]
    given = {**trial.dimensions, **trial.leaves}
    right = homework.graph.evaluate(("gradients",), given)["gradients"]
    assert judged(homework, "gradient_check", right, 2).value.tolist() == [0, 0, 0, 0]
    wrong = right.copy()
    wrong[np.argmax(np.abs(right))] *= 1.001
    assert judged(homework, "gradient_check", wrong, 2).value.max() > 5e-4
    assert np.isnan(judged(homework, "gradient_check", right * np.nan, 2).value).all()


@pytest.mark.parametrize(
    ("source", "changes", "wrong"),
    [
        (RIGHT, {}, [0, 0, 0, 0]),
        (RIGHT, {"self.l1 * np.sign(self.W2)": "self.l2 * np.sign(self.W2)"}, [0, 0, 1, 0]),
        (FOUR_WEIGHTS, {}, [0, 0, 0, 0]),
        (FOUR_WEIGHTS, {"self.l21 * np": "self.l11 * np", "self.l11 * np": "self.l21 * np"}, [1, 0, 1, 0]),
        (FOUR_WEIGHTS, {"self.l22 * self": "self.l12 * self"}, [0, 0, 1, 0]),
        (FOUR_WEIGHTS, {"self.l21 * np": "self.l11 * np"}, [0, 0, 1, 0]),
        (FOUR_WEIGHTS, {"self.l21 * np": "self.l11 * np", "self.l22 * self": "self.l12 * self"}, [0, 0, 1, 0]),
        (FOUR_WEIGHTS, {"self.l12 * self": "self.l11 * self"}, [1, 0, 0, 0]),
    ],
)  # fmt: skip
def test_the_weights_of_the_penalty_are_those_of_their_layer(homework: Homework, source: str, changes, wrong):
    assert all(old in source for old in changes)
    source = re.sub("|".join(map(re.escape, changes)) or "$^", lambda found: changes[found[0]], source)
    trials = [
        judged(homework, "elastic_net_check", value(homework, source, "elastic_net_check", trial), trial).value
        for trial in range(12)
    ]
    assert (np.max(trials, axis=0) > 1e-4).astype(int).tolist() == wrong


def test_minibatches_count_what_is_missing_mislabelled_and_cut_otherwise(homework: Homework):
    trial = next(i for i, t in enumerate(homework.trials["minibatches"]) if t.dimensions["n"] == 11)
    leaves = homework.trials["minibatches"][trial].leaves
    X, y = np.asarray(leaves["X"]), np.asarray(leaves["y"])
    rows = np.column_stack([np.arange(11) // 4, X, y])  # batches of 4, 4 and 3
    assert judged(homework, "minibatches", rows, trial).value.tolist() == [0, 0, 0]
    assert judged(homework, "minibatches", rows[:8], trial).value.tolist() == [3, 0, 1]
    mixed = rows.copy()
    mixed[:, -1] = y[::-1] + 7
    assert judged(homework, "minibatches", mixed, trial).value.tolist() == [0, 11, 0]
    one = np.column_stack([np.zeros(11), X, y])
    assert judged(homework, "minibatches", one, trial).value.tolist() == [0, 0, 3]


@pytest.mark.parametrize("seed", range(3))
def test_the_circles_tell_100_units_from_5(homework: Homework, seed: int):
    known = homework.graph.evaluate(("circles_X", "circles_y", "circles_view"), {})
    for units, function in ((100, "circles_with_100"), (5, "circles_with_5")):
        network, seen = Network(2, units, 2, seed=seed), []
        for _ in range(10):
            network.train(known["circles_X"], known["circles_y"], epochs=6, batch_size=20, learning_rate=0.2)
            seen.append(network.fprop(known["circles_view"]).os)
        assert judged(homework, function, [seen, seen]).value.tolist() == ([0] if units == 100 else [0, 0])
        other = "circles_with_5" if units == 100 else "circles_with_100"
        assert judged(homework, other, [seen, seen]).value.tolist() == ([1, 0] if units == 100 else [1])


@pytest.mark.parametrize("seed", range(5))
def test_a_network_that_does_not_learn_is_seen_with_5_units_too(homework: Homework, seed: int):
    view = homework.graph.evaluate(("circles_view",), {})["circles_view"]
    seen = [Network(2, 5, 2, seed=seed).fprop(view).os] * 10
    assert judged(homework, "circles_with_5", [seen, seen]).value.tolist() == [0, 1]
    assert judged(homework, "circles_with_5", np.full((2, 10, 825, 2), np.nan)).value.tolist()[1] == 1


# ---------------------------------------------------------------- what is said of it


def test_a_class_that_fails_only_when_asked_again_is_shown_where(homework: Homework):
    numbers, trials = homework.numbers["loops", 0], homework.trials["loops"]
    again = [number for number, trial in zip(numbers, trials, strict=True) if trial.after_success]
    assert 0 < len(again) < len(numbers)
    outcomes = {
        number: Outcome(Happened.VALUE, np.full(5, float(number in again)) if number in again else np.zeros(5))
        for number in numbers
    }
    judgement = judge(homework, criterion_of(homework, "loops"), 0, Outcomes(outcomes, {}))
    assert [(check.verdict, check.failed) for check in judgement.checks] == [("wrong_answer", len(again))]
    assert judgement.failed is not None


@pytest.mark.parametrize(
    ("earlier", "own"),
    [("grad_W2, grad_b2", "grad_W2, grad_b2"), ("minibatches", "minibatches"), ("one_step", "W1, b1, W2, b2"),
     ("gradient_check", "grad_W1, grad_b1, grad_W2, grad_b2")],
)  # fmt: skip
def test_what_an_error_is_carried_from_is_what_the_student_wrote(homework: Homework, earlier: str, own: str):
    assert _own(homework, earlier) == own


def test_the_sentence_about_a_carried_error_names_no_criterion_as_the_students():
    said = carried_note("loops", "gradient_check", 3, 3, "grad_W1, grad_b1")
    assert "your own gradient_check" not in said
    assert "the grad_W1, grad_b1 that your own code gives" in said
    assert "what your own grad_b1 gives" in carried_note("loops", "grad_b1", 3, 3, "grad_b1")


@pytest.mark.parametrize(
    ("function", "old", "new", "mistake"),
    [
        ("grad_W2", "        g /= n\n", "        g /= n\n        self.hs[self.hs > 0] = 1\n", "mask_instead_of_activation"),
        ("elastic_net_check", "self.l21 * np.sign", "self.l11 * np.sign", "penalty_of_the_other_layer__6"),
        ("elastic_net_check", "2 * self.l22", "2 * self.l12", "penalty_of_the_other_layer__5"),
        ("smaller_last_batch", "self.minibatches(X, y, self.K)", "list(self.minibatches(X, y, self.K))[:-1]",
         "one_batch_too_few"),
    ],
)  # fmt: skip
def test_a_known_mistake_gives_what_it_gives_in_a_class(homework: Homework, function: str, old: str, new: str, mistake):
    source = FOUR_WEIGHTS if "self.l2" in old and "l2 " not in old else RIGHT
    assert old in source
    criterion = criterion_of(homework, function)
    known = next(
        each.function for each in homework.misconceptions if each.function.__name__ == f"{criterion.returns}__{mistake}"
    )
    needs = next(each.needs for each in homework.misconceptions if each.function is known)
    for trial in range(4):
        drawn = homework.trials[function][trial]
        given = homework.graph.evaluate(needs, {**drawn.dimensions, **drawn.leaves})
        made = value(homework, source.replace(old, new), function, trial)
        np.testing.assert_allclose(made, known(*[given[name] for name in needs]), rtol=1e-9, atol=1e-12)


# ---------------------------------------------------------------- the reference and the reference network


def test_the_reference_is_the_reference_network(homework: Homework):
    weights = ("l11", "l12", "l21", "l22")
    for trial in homework.trials["elastic_net_check"][:6]:
        given = {**trial.dimensions, **trial.leaves}
        known = homework.graph.evaluate(("os", "penalized", "stepped_often", "small_rate", *weights), given)
        sizes = [trial.dimensions[name] for name in ("d", "dh", "m")]
        network = Network(*sizes, **{name: known[name] for name in weights})
        for name in ("W1", "b1", "W2", "b2"):
            setattr(network, name, np.array(given[name]))
        np.testing.assert_allclose(network.fprop(given["X"]).os, known["os"])
        found = np.concatenate([np.ravel(part) for part in network.bprop(given["X"], given["y"])])
        np.testing.assert_allclose(found, known["penalized"], atol=1e-12)
        assert not any(each.count("wrong") for each in check_gradients(network, given["X"], given["y"]).parameters)
        network.l11 = network.l12 = network.l21 = network.l22 = 0.0
        network.train(given["X"], given["y"], epochs=20, batch_size=99, learning_rate=known["small_rate"])
        found = np.concatenate([np.ravel(part) for part in network.parameters()])
        np.testing.assert_allclose(found, known["stepped_often"], rtol=1e-9, atol=1e-12)


# ---------------------------------------------------------------- a wrong rubric


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("calls: [fprop, bprop], reads: [grad_W2]", "calls: [fprop, brop], reads: [grad_W2]",
         "criteria[5].object.calls: there is no method 'brop'; did you mean 'bprop'? Known are:"),
        ("value: drawn_W1, reads: [W1]", "value: drawn_W1, reads: [W3]",
         "criteria[0].object.reads: there is no parameter or quantity 'W3'. Known are: W1, W2, b1, b2,"),
        ("value: drawn_W1, reads: [W1]", "value: drawn_W2, reads: [W1]",
         "criteria[0].object.value: 'initial_W1' does not depend on 'drawn_W2' in the reference, so it is no property of it"),
        ("{value: initial_b1, reads: [b1]}", "null",
         "criteria[1]: students hand in a class: add 'object', which says how the value is had"),
        ("    K: 100\n", "",
         "criteria[0].object.given: 'K' is 'K', which is no quantity of the reference; say what it is, here or under "
         "'class: given'"),
        ("l1: {of: [l11, l21]", "l1: {of: [l11, l12_]",
         "class.together.l1.of: there is no name under 'offers' 'l12_'; did you mean 'l12'? Known are:"),
        ("  choices: [loop, matrix]", "  choices: [loop, matrices]",
         "class.choices: there is no name under 'offers' 'matrices'; did you mean 'matrix'? Known are:"),
        ("      instead: fprop\n", "      instead: prop\n",
         "class.methods.fprop_loop.instead: there is no method 'prop'; did you mean 'fprop'? Known are:"),
        ("  distributions: [os]", "  distributions: [o]",
         "class.distributions: there is no quantity 'o'; did you mean 'os'? Known are: grad_W1,"),
        ("      parameters: [X, y, K]", "      parameters: [X, y, k]",
         "class.methods.minibatches.parameters: there is no name under 'offers' 'k'. Known are:"),
    ],
)  # fmt: skip
def test_a_wrong_rubric_is_refused(tmp_path: Path, old: str, new: str, said: str):
    text = (ROOT / "rubrics" / "hw3-network.yaml").read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1).replace("../reference", str(ROOT / "reference"))
    (tmp_path / "hw3-network.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RubricError, match=re.escape(said)):
        read_homework(tmp_path / "hw3-network.yaml", 0)


def test_a_method_may_declare_that_it_gets_what_the_one_before_returned(tmp_path: Path):
    text = (ROOT / "rubrics" / "hw3-network.yaml").read_text(encoding="utf-8")
    text = text.replace("      parameters: [X, y]\n", "      parameters: [cache, y]\n", 1)
    path = tmp_path / "hw3-network.yaml"
    path.write_text(text.replace("../reference", str(ROOT / "reference")), encoding="utf-8")
    assert read_homework(path, 0).rubric.asked.methods["bprop"].parameters == ("cache", "y")


# ---------------------------------------------------------------- pictures


@pytest.fixture(scope="module")
def seen(homework: Homework):
    criterion = criterion_of(homework, "circles_with_100")
    number = homework.numbers["circles_with_100", 0][0]
    made = homework.graph.evaluate(("learned_by_many",), {})["learned_by_many"]
    return learned(homework, criterion, 0, Outcomes({number: Outcome(Happened.VALUE, made)}, {}))


def test_a_picture_has_words_equal_bytes_and_no_styles(seen):
    pytest.importorskip("matplotlib")
    first = drawing.learning(seen, "f-circles")
    drawing._learning.cache_clear()
    assert drawing.learning(seen, "f-circles") == first
    yours, reference, losses = first.drawings
    assert 'role="img" aria-label="Your network: two circles of points, and where' in yours.svg
    assert "100 % of the points have their own class" in reference.svg
    assert 'aria-label="Loss after each round. Yours: ' in losses.svg
    for each in first.drawings:
        assert "style=" not in each.svg
        assert "<style" not in each.svg
        assert "currentColor" in each.svg
        assert len(re.findall(r'\bid="', each.svg)) == len(re.findall(r'\bid="f-circles-', each.svg))
    with speaking("fr"):
        assert 'aria-label="Votre réseau\u00a0: deux cercles' in drawing.learning(seen, "f-circles").drawings[0].svg


def test_without_matplotlib_a_sentence_says_how_to_have_pictures(seen, monkeypatch):
    monkeypatch.setattr(drawing.importlib.util, "find_spec", lambda name: None)
    found = drawing.learning(seen, "f-circles")
    assert found.drawings == ()
    assert found.missing == "Pictures of what was learned need matplotlib: pip install 'grader[plots]'."


def test_only_a_result_with_a_picture_mentions_one(homework: Homework, seen):
    plain = CriterionResult(function="os", verdict="accepted", score=1, max_score=1, checks=())
    assert "learned" not in json.loads(plain.model_dump_json())
    pictured = plain.model_copy(update={"learned": seen})
    assert CriterionResult.model_validate_json(pictured.model_dump_json()) == pictured
    criterion = criterion_of(homework, "circles_with_100")
    assert learned(homework, criterion, 0, Outcomes({}, {})) is None
    assert learned(homework, replace_picture(criterion), 0, Outcomes({}, {})) is None


def replace_picture(criterion: Criterion) -> Criterion:
    assert criterion.object is not None
    return criterion.model_copy(update={"object": criterion.object.model_copy(update={"picture": None})})
