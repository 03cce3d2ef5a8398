"""The references of the basic functions and of the network forwards, by ways that share no code with them.

1.  Independent formulas in extended precision (`np.longdouble`) and in exact fractions.
2.  HIPS autograd for every derivative, away from the kinks; the kinks apart, exactly.
3.  Facts at 0 and at 1000 and -1000, and numbers worked out by hand.

Nothing of the grader is used here.
"""

import math
from fractions import Fraction

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from test_reference import evaluate, load

basics = load("hw3_basics")
forward = load("hw3_forward")

FUNCTIONS = [
    "sigmoid",
    "softplus",
    "log_sigmoid",
    "dsigmoid",
    "dtanh",
    "sign",
    "dabs",
    "rect",
    "drect",
    "grad_sq_l2",
    "grad_l1",
]
L = np.longdouble
POINTS = np.array([-1000, -745, -40, -3.5, -1, -1e-3, -1e-9, 0, 1e-9, 1e-3, 0.125, 1, 3.5, 40, 745, 1000], dtype=float)


def of(name, x):
    return evaluate(basics, name, {"x": x})


def exact(name, v):
    """The value at one number, in extended precision, by the definition; exp of nothing above 0."""
    v, one = L(v), L(1)
    e = np.exp(-abs(v))
    sigmoid = one / (one + e) if v >= 0 else e / (one + e)
    return {
        "sigmoid": sigmoid,
        "softplus": max(v, L(0)) + np.log1p(e),
        "log_sigmoid": min(v, L(0)) - np.log1p(e),
        "dsigmoid": e / (one + e) ** 2,
        "dtanh": 4 * np.exp(-2 * abs(v)) / (one + np.exp(-2 * abs(v))) ** 2,
        "sign": L(int(v > 0) - int(v < 0)),
        "dabs": L(int(v > 0) - int(v < 0)),
        "rect": v if v > 0 else L(0),
        "drect": L(int(v > 0)),
        "grad_sq_l2": v + v,
        "grad_l1": L(int(v > 0) - int(v < 0)),
    }[name]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_values_in_extended_precision(name):
    expected = np.array([exact(name, v) for v in POINTS], dtype=float)
    with np.errstate(all="raise", under="ignore"):  # nothing overflows on the way
        actual = of(name, POINTS)
    assert np.abs(actual - expected).max() <= 4e-16 * max(1.0, np.abs(expected).max())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_numbers_and_arrays_of_any_shape_give_the_same_entries(name):
    x = np.linspace(-3, 3, 24).reshape(2, 3, 4)
    whole = of(name, x)
    assert whole.shape == x.shape
    for place in np.ndindex(x.shape):
        alone = of(name, float(x[place]))
        assert np.ndim(alone) == 0
        assert alone == whole[place]


FACTS = {
    "sigmoid": (0.5, 1.0, 0.0),
    "softplus": (math.log(2), 1000.0, 0.0),
    "log_sigmoid": (-math.log(2), 0.0, -1000.0),
    "dsigmoid": (0.25, 0.0, 0.0),
    "dtanh": (1.0, 0.0, 0.0),
    "sign": (0.0, 1.0, -1.0),
    "dabs": (0.0, 1.0, -1.0),
    "rect": (0.0, 1000.0, 0.0),
    "drect": (0.0, 1.0, 0.0),
    "grad_sq_l2": (0.0, 2000.0, -2000.0),
    "grad_l1": (0.0, 1.0, -1.0),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_facts_at_0_and_far_from_it(name):
    assert tuple(float(v) for v in of(name, np.array([0.0, 1000.0, -1000.0]))) == FACTS[name]
    assert tuple(float(of(name, v)) for v in (0.0, 1000.0, -1000.0)) == FACTS[name]


DERIVED = {
    "sigmoid": lambda x: anp.sum(anp.log(1 + anp.exp(x))),
    "dsigmoid": lambda x: anp.sum(1 / (1 + anp.exp(-x))),
    "dtanh": lambda x: anp.sum(anp.tanh(x)),
    "dabs": lambda x: anp.sum(anp.abs(x)),
    "drect": lambda x: anp.sum(anp.where(x > 0, x, 0)),
    "grad_sq_l2": lambda x: anp.sum(x**2),
    "grad_l1": lambda x: anp.sum(anp.abs(x)),
}


@pytest.mark.parametrize("name", DERIVED)
def test_derivatives_by_automatic_differentiation(name):
    x = np.random.default_rng(4).normal(scale=2, size=(3, 5))
    assert np.allclose(of(name, x), autograd.grad(DERIVED[name])(x), rtol=1e-12, atol=1e-12)


def test_the_identities_of_the_sheet():
    x = np.linspace(-8, 8, 65)
    assert np.allclose(of("log_sigmoid", x), -of("softplus", -x), rtol=1e-14)
    assert np.allclose(of("log_sigmoid", x), np.log(of("sigmoid", x)), rtol=1e-12)
    assert np.allclose(of("sigmoid", x), 1 / (1 + np.exp(-x)), rtol=1e-12)
    assert np.array_equal(of("dabs", x), of("sign", x))


# ---------------------------------------------------------------- forwards


def draw(seed):
    rng = np.random.default_rng([7, seed])
    d, dh = rng.integers(1, 6, size=2)
    m = rng.integers(2, 6)
    leaves = {"x": rng.normal(size=d), "W1": rng.normal(size=(dh, d)), "b1": rng.normal(size=dh)}
    leaves |= {"W2": rng.normal(size=(m, dh)), "b2": rng.normal(size=m), "y": int(rng.integers(1, m + 1))}
    leaves |= {name: float(rng.normal()) for name in ("l11", "l12", "l21", "l22")}
    return leaves | {"d": int(d), "dh": int(dh), "m": int(m)}


@pytest.mark.parametrize("seed", range(8))
def test_the_network_in_loops_and_extended_precision(seed):
    g = draw(seed)
    ha = [
        sum(L(w) * L(v) for w, v in zip(row, g["x"], strict=True)) + b for row, b in zip(g["W1"], g["b1"], strict=True)
    ]
    hs = [a if a > 0 else L(0) for a in ha]
    oa = [sum(L(w) * h for w, h in zip(row, hs, strict=True)) + b for row, b in zip(g["W2"], g["b2"], strict=True)]
    os = [1 / sum(np.exp(other - mine) for other in oa) for mine in oa]
    for name, expected in (("ha", ha), ("hs", hs), ("oa", oa), ("os", os)):
        assert np.allclose(evaluate(forward, name, g), np.array(expected, dtype=float), rtol=1e-12, atol=1e-14)
    loss = np.log(sum(np.exp(score - oa[g["y"] - 1]) for score in oa))
    assert evaluate(forward, "loss", g) == pytest.approx(float(loss), rel=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_the_number_of_parameters_is_how_many_numbers_there_are(seed):
    g = draw(seed)
    assert evaluate(forward, "n_theta", g) == sum(g[name].size for name in ("W1", "b1", "W2", "b2"))
    assert isinstance(evaluate(forward, "n_theta", g), int)


def test_the_penalty_in_exact_fractions():
    F = Fraction
    W1, W2 = [[F(1, 2), F(-3)], [F(0), F(2)]], [[F(-1, 4), F(1)]]
    l11, l12, l21, l22 = F(1), F(-1, 2), F(2), F(3, 4)
    one = lambda W: sum(abs(w) for row in W for w in row)  # noqa: E731
    two = lambda W: sum(w * w for row in W for w in row)  # noqa: E731
    expected = l11 * one(W1) + l12 * two(W1) + l21 * one(W2) + l22 * two(W2)
    given = {"W1": np.array(W1, dtype=float), "W2": np.array(W2, dtype=float)}
    given |= {"l11": 1.0, "l12": -0.5, "l21": 2.0, "l22": 0.75}
    assert evaluate(forward, "penalty", given) == float(expected)
    assert evaluate(forward, "grad_W1_penalty", given).tolist() == [[0.5, 2.0], [0.0, -1.0]]
    assert evaluate(forward, "grad_W2_penalty", given).tolist() == [[-2.375, 3.5]]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("gradient", "by"), [("grad_W1_penalty", "W1"), ("grad_W2_penalty", "W2")])
def test_the_gradient_of_the_penalty_by_automatic_differentiation(seed, gradient, by):
    g = draw(seed)

    def penalty(W):
        W1, W2 = (W, g["W2"]) if by == "W1" else (g["W1"], W)
        first = g["l11"] * anp.sum(anp.abs(W1)) + g["l12"] * anp.sum(W1**2)
        return first + g["l21"] * anp.sum(anp.abs(W2)) + g["l22"] * anp.sum(W2**2)

    assert np.allclose(evaluate(forward, gradient, g), autograd.grad(penalty)(g[by]), rtol=1e-12)


@pytest.mark.parametrize("shift", [1000.0, -1000.0])
def test_softmax_is_the_same_with_all_scores_shifted(shift):
    oa = np.array([0.5, -1.25, 2.0])
    with np.errstate(all="raise"):
        assert np.allclose(evaluate(forward, "os", {"oa": oa + shift}), evaluate(forward, "os", {"oa": oa}), rtol=1e-12)
    loss = evaluate(forward, "loss", {"oa": oa + shift, "y": 2})
    assert loss == pytest.approx(math.log(sum(math.exp(v) for v in oa)) + 1.25, rel=1e-12)


def test_facts_at_0():
    zeros = {"x": np.zeros(2), "W1": np.zeros((3, 2)), "b1": np.zeros(3), "W2": np.zeros((4, 3)), "b2": np.zeros(4)}
    zeros |= {"y": 3, "l11": 1.0, "l12": 1.0, "l21": 1.0, "l22": 1.0}
    assert evaluate(forward, "hs", zeros).tolist() == [0.0] * 3
    assert evaluate(forward, "os", zeros).tolist() == [0.25] * 4
    assert evaluate(forward, "loss", zeros) == math.log(4)
    assert evaluate(forward, "penalty", zeros) == 0
    assert not evaluate(forward, "grad_W1_penalty", zeros).any()
    assert not evaluate(forward, "grad_W2_penalty", zeros).any()


@pytest.mark.parametrize("name", ["ha", "hs", "oa", "os", "loss", "penalty", "grad_W1_penalty", "grad_W2_penalty"])
def test_no_function_writes_into_its_arguments(name):
    g = draw(3)
    before = {key: np.array(value) for key, value in g.items()}
    evaluate(forward, name, g)
    assert all(np.array_equal(g[key], before[key]) for key in g)
