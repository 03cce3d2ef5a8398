"""The references with a penalty, proved as the two others are: by autograd, by loops that share no code, and by hand.

Nothing of the grader is used here, so that a mistake in the grader can not hide one in a reference.
"""

from __future__ import annotations

import math

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from test_reference import agree, evaluate, load

net = load("two_layer_net")
product = load("matrix_backprop")

SEEDS = range(8)
PARAMETERS = ("W1", "b1", "W2", "b2")


def draw_net(seed):
    """Leaves of the two-layer net; one example, a class that is absent, and lam = 0 are among them."""
    rng = np.random.default_rng([3, seed])
    N, D, H = 1 + seed % 4, rng.integers(1, 5), rng.integers(2, 5)  # two units: one above the kink, one below it
    C = N + 2 if seed % 2 == 0 else int(rng.integers(2, 6))
    X, W1 = rng.normal(size=(N, D)), rng.normal(size=(D, H))
    while True:
        b1 = rng.normal(scale=3.0, size=H)
        z2 = X @ W1 + b1
        if np.min(np.abs(z2)) >= 0.1 and np.max(z2) > 0 > np.min(z2):
            break
    leaves = {"X": X, "W1": W1, "b1": b1, "W2": rng.normal(size=(H, C)), "b2": rng.normal(size=C)}
    lam = 0.0 if seed == 5 else rng.uniform(0.1, 2)
    return {**leaves, "y": rng.integers(0, C, size=N), "lam": lam, "N": N, "C": C}


def draw_product(seed):
    """Leaves of the matrix product: lam of both signs and 0, and every third entry of W is 0 in half of them."""
    rng = np.random.default_rng([4, seed])
    n, d, k = rng.integers(1, 6, size=3)
    W = rng.normal(size=(d, k))
    if seed % 2:
        W.flat[::3] = 0.0
    return {"X": rng.normal(size=(n, d)), "Y": rng.normal(size=(n, k)), "W": W, "lam": (-1.5, 0.0, 0.7)[seed % 3]}


# ---------------------------------------------------------------- by autograd


def loss_from(stage, start, leaves):
    """J as a function of one stage of the net: the labels by their one-hot rows, the relu by its indicator."""
    known = {**leaves, start: stage}
    if start in ("X", *PARAMETERS):
        known["z2"] = anp.einsum("nd,dh->nh", known["X"], known["W1"]) + known["b1"]
    if start in ("X", "z2", *PARAMETERS):
        known["a2"] = known["z2"] * (known["z2"] > 0)
    if start != "z3":
        known["z3"] = anp.einsum("nh,hc->nc", known["a2"], known["W2"]) + known["b2"]
    onehot = (leaves["y"][:, np.newaxis] == np.arange(leaves["C"])).astype(float)
    normaliser = anp.log(anp.sum(anp.exp(known["z3"]), axis=1))
    data = anp.sum(normaliser - anp.sum(known["z3"] * onehot, axis=1)) / leaves["N"]
    return data + leaves["lam"] * (anp.sum(known["W1"] * known["W1"]) + anp.sum(known["W2"] * known["W2"]))


@pytest.mark.parametrize("quantity", ["z3", "W2", "b2", "a2", "z2", "W1", "b1"])
@pytest.mark.parametrize("seed", SEEDS)
def test_each_gradient_of_the_net_is_the_derivative_of_its_loss(seed, quantity):
    leaves = draw_net(seed)
    at = evaluate(net, quantity, leaves)
    stages = {name: evaluate(net, name, leaves) for name in ("z2", "a2")}
    assert loss_from(at, quantity, {**leaves, **stages}) == pytest.approx(evaluate(net, "J", leaves), rel=1e-12)
    expected = autograd.grad(lambda stage: loss_from(stage, quantity, {**leaves, **stages}))(at)
    agree(evaluate(net, f"grad_{quantity}", leaves), expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_gradient_of_the_product_is_the_derivative_of_its_loss(seed):
    leaves = draw_product(seed)

    def loss(W):
        gap = anp.einsum("nd,dk->nk", leaves["X"], W) - leaves["Y"]
        absolute = W * anp.where(leaves["W"] > 0, 1.0, anp.where(leaves["W"] < 0, -1.0, 0.0))
        return anp.sum(gap * gap) + leaves["lam"] * anp.sum(absolute)

    assert loss(leaves["W"]) == pytest.approx(evaluate(product, "loss", leaves), rel=1e-12)
    agree(evaluate(product, "grad_W", leaves), autograd.grad(loss)(leaves["W"]))


def test_the_draws_cover_what_they_say():
    nets, products = [draw_net(seed) for seed in SEEDS], [draw_product(seed) for seed in SEEDS]
    assert {leaves["N"] for leaves in nets} == {1, 2, 3, 4}
    assert {leaves["lam"] > 0 for leaves in nets} == {True, False}
    assert any(len(set(leaves["y"])) < leaves["C"] for leaves in nets)
    assert any(np.any(evaluate(net, "z2", leaves) < 0) for leaves in nets)
    assert {np.sign(leaves["lam"]) for leaves in products} == {-1, 0, 1}
    assert any(np.any(leaves["W"] == 0) for leaves in products)


# ---------------------------------------------------------------- by loops


@pytest.mark.parametrize("seed", SEEDS)
def test_the_loss_of_the_net_entry_by_entry(seed):
    leaves = draw_net(seed)
    X, W1, b1, W2, b2 = (leaves[name].tolist() for name in ("X", "W1", "b1", "W2", "b2"))
    total = 0.0
    for x, label in zip(X, leaves["y"], strict=True):
        hidden = [max(0.0, sum(x[i] * W1[i][j] for i in range(len(x))) + b1[j]) for j in range(len(b1))]
        scores = [sum(hidden[j] * W2[j][c] for j in range(len(b1))) + b2[c] for c in range(len(b2))]
        total -= math.log(math.exp(scores[label]) / math.fsum(math.exp(score) for score in scores))
    penalty = math.fsum(w * w for W in (W1, W2) for row in W for w in row)
    assert evaluate(net, "J", leaves) == pytest.approx(total / len(X) + leaves["lam"] * penalty, rel=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_loss_and_the_gradient_of_the_product_entry_by_entry(seed):
    leaves = draw_product(seed)
    X, Y, W, lam = leaves["X"].tolist(), leaves["Y"].tolist(), leaves["W"].tolist(), leaves["lam"]
    gaps = [
        [math.fsum(a * W[j][c] for j, a in enumerate(x)) - y[c] for c in range(len(y))]
        for x, y in zip(X, Y, strict=True)
    ]
    loss = math.fsum(gap**2 for row in gaps for gap in row) + lam * math.fsum(abs(w) for row in W for w in row)
    gradient = [
        [
            2 * math.fsum(X[i][j] * gaps[i][c] for i in range(len(X))) + lam * ((W[j][c] > 0) - (W[j][c] < 0))
            for c in range(len(W[0]))
        ]
        for j in range(len(W))
    ]
    assert evaluate(product, "loss", leaves) == pytest.approx(loss, rel=1e-12)
    agree(evaluate(product, "grad_W", leaves), np.array(gradient))


# ---------------------------------------------------------------- by hand


def test_worked_numbers_of_the_product():
    leaves = {"X": np.array([[-1.0], [1], [-2]]), "Y": np.array([[0.0, 2]] * 3), "W": np.array([[1.0, 1]]), "lam": -1}
    assert evaluate(product, "residual", leaves).tolist() == [[-1, -3], [1, -1], [-2, -4]]
    assert evaluate(product, "loss", leaves) == 30  # 32 - 2
    assert evaluate(product, "grad_W", {**leaves, "lam": 0}).tolist() == [[12, 20]]
    assert evaluate(product, "grad_W", leaves).tolist() == [[11, 19]]


def test_worked_numbers_of_the_net():
    """Two examples, two classes, scores that are equal: all probabilities are 1/2."""
    leaves = {
        "X": np.array([[1.0, 2], [1, -3]]), "W1": np.array([[1.0, 0], [1, 1]]), "b1": np.array([0.0, 1]),
        "W2": np.array([[1.0, 1], [-2, -2]]), "b2": np.array([3.0, 3]), "y": np.array([0, 1]), "lam": 0.5, "N": 2, "C": 2,
    }  # fmt: skip
    assert evaluate(net, "z2", leaves).tolist() == [[3, 3], [-2, -2]]
    assert evaluate(net, "a2", leaves).tolist() == [[3, 3], [0, 0]]
    assert evaluate(net, "z3", leaves).tolist() == [[0, 0], [3, 3]]
    assert evaluate(net, "p3", leaves).tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert evaluate(net, "J", leaves) == math.log(2) + 0.5 * (3 + 10)
    assert evaluate(net, "grad_z3", leaves).tolist() == [[-0.25, 0.25], [0.25, -0.25]]
    assert evaluate(net, "grad_W2", leaves).tolist() == [[0.25, 1.75], [-2.75, -1.25]]
    assert evaluate(net, "grad_b2", leaves).tolist() == [0, 0]
    leaves["W2"] = np.array([[1.0, 0], [0, 2]])
    leaves["b2"] = np.array([-3.0, -6])
    assert evaluate(net, "p3", leaves)[0].tolist() == [0.5, 0.5]
    grad_a2 = evaluate(net, "grad_a2", {**leaves, "p3": np.full((2, 2), 0.5)})
    assert grad_a2.tolist() == [[-0.25, 0.5], [0.25, -0.5]]
    rest = {**leaves, "grad_a2": grad_a2}
    assert evaluate(net, "grad_z2", rest).tolist() == [[-0.25, 0.5], [0, 0]]
    assert evaluate(net, "grad_b1", rest).tolist() == [-0.25, 0.5]
    assert evaluate(net, "grad_W1", rest).tolist() == [[0.75, 0.5], [0.5, 2]]


def test_the_kinks_are_where_they_are_said_to_be():
    leaves = {"grad_a2": np.array([[1.0, 2, 3]]), "z2": np.array([[0.0, -1, 2]])}
    assert evaluate(net, "grad_z2", leaves).tolist() == [[0, 0, 3]]
    leaves = {"X": np.zeros((1, 3)), "Y": np.zeros((1, 1)), "W": np.array([[0.0], [-2], [3]]), "lam": 5.0}
    assert evaluate(product, "grad_W", leaves).tolist() == [[0], [-5], [5]]


def test_large_scores_do_no_harm():
    z3 = np.array([[5000.0, 0, -5000], [-9000, -9001, -20000], [0, 0, 0]])
    leaves = {"z3": z3, "y": np.array([2, 1, 0]), "W1": np.zeros((1, 1)), "W2": np.zeros((1, 3)), "lam": 1.0}
    expected = (10000 + (1 + math.log1p(math.exp(-1))) + math.log(3)) / 3
    assert evaluate(net, "J", leaves) == pytest.approx(expected, rel=1e-14)
    assert np.isfinite(evaluate(net, "p3", leaves)).all()
