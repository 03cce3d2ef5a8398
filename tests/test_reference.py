"""The two references decide every score, so they are proved three times, by ways that share no code.

1.  Central differences of `loss`: each gradient `grad_q` against the loss with the quantity q displaced by +h and -h.
2.  An independent implementation, written from the mathematics and differentiated by HIPS autograd.
3.  Numbers worked out by hand, chosen so that every intermediate value is exact in floating point.

The relu has no derivative at 0. The differences keep away from the kink, and the kink is tested apart, exactly. The
checker is tested too: it must refuse a wrong factor, a wrong sign, a missing mask, only zeros, nan and a wrong shape.
Nothing of the grader is used here, so that a mistake in the grader can not hide one in a reference.
"""

import importlib.util
import inspect
import math
from pathlib import Path
from types import SimpleNamespace

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

REFERENCES = Path(__file__).parents[1] / "reference"


def load(name):
    """The reference module of this name, loaded from its file, as the grader does."""
    spec = importlib.util.spec_from_file_location(f"reference_{name}", REFERENCES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


single = load("hw3_gradients")
batch = load("hw3_minibatch")

GRADIENTS = ("grad_oa", "grad_b2", "grad_W2", "grad_hs", "grad_ha", "grad_b1", "grad_W1", "grad_x")
PER_EXAMPLE = ("grad_oa", "grad_hs", "grad_ha", "grad_x")
CONVENTIONS = ("output", "parameters")
SEEDS = range(8)


# ---------------------------------------------------------------- evaluating and drawing


def evaluate(reference, name, given):
    """The quantity `name`, computed from what is given; a given quantity hides everything above it."""
    known = dict(given)

    def value(quantity):
        if quantity not in known:
            function = getattr(reference, quantity)
            known[quantity] = function(**{needed: value(needed) for needed in inspect.signature(function).parameters})
        return known[quantity]

    return value(name)


def keep_off_the_kink(rng, ha):
    """A bias that leaves every entry of ha at least 0.1 from 0, the first one above it, and one below it if dh > 1."""
    while True:
        b1 = rng.normal(scale=3.0, size=ha.shape[-1])
        moved = ha + b1
        if np.min(np.abs(moved)) >= 0.1 and moved.flat[0] > 0 and (len(b1) == 1 or np.min(moved) < 0):
            return b1


def draw_single(seed):
    """Leaves of the single-example network, of random shape, away from the kink."""
    rng = np.random.default_rng([1, seed])
    d, dh = rng.integers(1, 6, size=2)
    m = rng.integers(2, 6)
    x, W1 = rng.normal(size=d), rng.normal(size=(dh, d))
    b1 = keep_off_the_kink(rng, W1 @ x)
    y = int(rng.integers(1, m + 1))
    return {"x": x, "y": y, "W1": W1, "b1": b1, "W2": rng.normal(size=(m, dh)), "b2": rng.normal(size=m)}


def draw_batch(seed, average_at):
    """The same for the network on a batch. Even seeds have more classes than examples, so that some are absent."""
    rng = np.random.default_rng([2, seed])
    n, d, dh = rng.integers(1, 5), *rng.integers(1, 5, size=2)
    m = n + 2 if seed % 2 == 0 else rng.integers(2, 6)
    X, W1 = rng.normal(size=(n, d)), rng.normal(size=(d, dh))
    b1 = keep_off_the_kink(rng, X @ W1)
    W2, b2, y = rng.normal(size=(dh, m)), rng.normal(size=m), rng.integers(0, m, size=n)
    return {"X": X, "y": y, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "n": n, "m": m, "average_at": average_at}


def draw(homework, seed):
    """(reference, leaves) for one of the three: "single", or a convention of the batch."""
    return (single, draw_single(seed)) if homework == "single" else (batch, draw_batch(seed, homework))


HOMEWORKS = ("single", *CONVENTIONS)


# ---------------------------------------------------------------- the checker


def differences(reference, leaves, quantity, direction, h=1e-3):
    """The derivative of `loss` along a direction in one quantity: central differences, extrapolated once (Richardson).

    The error is of the order of h^4 plus rounding of about 1e-16 / h. The largest one over all draws here is 6e-12 of
    the gradient's largest entry (or of 1, if that is larger).
    """
    at = evaluate(reference, quantity, leaves)

    def slope(step):
        above = evaluate(reference, "loss", {**leaves, quantity: at + step * direction})
        below = evaluate(reference, "loss", {**leaves, quantity: at - step * direction})
        return (above - below) / (2 * step)

    return (4 * slope(h / 2) - slope(h)) / 3


def check_gradient(reference, leaves, gradient, tolerance=1e-9):
    """Refuse a gradient that is not the derivative of `loss`: its shape, every coordinate, and random directions.

    Under the convention "parameters" the gradients of one example are n times the derivative. A gradient of zeros is
    refused, whatever the differences say, because it would agree with any factor.
    """
    quantity = gradient.removeprefix("grad_")
    quantity = "X" if quantity == "x" and "X" in leaves else quantity
    at = evaluate(reference, quantity, leaves)
    actual = evaluate(reference, gradient, leaves)
    scale = leaves["n"] if leaves.get("average_at") == "parameters" and gradient in PER_EXAMPLE else 1

    assert np.shape(actual) == np.shape(at), f"{gradient} has the shape {np.shape(actual)}, not {np.shape(at)}"
    expected = np.zeros_like(at)
    for index in np.ndindex(at.shape):
        coordinate = np.zeros_like(at)
        coordinate[index] = 1.0
        expected[index] = scale * differences(reference, leaves, quantity, coordinate)
    size = np.max(np.abs(expected))
    assert size > 1e-4, f"{gradient} is zero everywhere here, which proves nothing"
    error = np.max(np.abs(actual - expected))
    assert error <= tolerance * max(1.0, size), f"{gradient} is off by {error:.1e}"

    rng = np.random.default_rng(0)
    for _ in range(3):
        direction = rng.normal(size=at.shape)
        direction /= np.linalg.norm(direction)
        slope = scale * differences(reference, leaves, quantity, direction)
        error = abs(np.sum(actual * direction) - slope)
        assert error <= tolerance * max(1.0, size), f"{gradient} is off by {error:.1e} along a direction"


# ---------------------------------------------------------------- 1. central differences


@pytest.mark.parametrize("gradient", GRADIENTS)
@pytest.mark.parametrize("homework", HOMEWORKS)
@pytest.mark.parametrize("seed", SEEDS)
def test_gradient_is_the_derivative_of_the_loss(homework, gradient, seed):
    reference, leaves = draw(homework, seed)
    check_gradient(reference, leaves, gradient)


def test_the_draws_cover_a_batch_of_one_and_absent_classes():
    drawn = [draw_batch(seed, "output") for seed in SEEDS]
    assert any(leaves["n"] == 1 for leaves in drawn)
    assert any(leaves["n"] > 1 for leaves in drawn)
    assert any(len(set(leaves["y"])) < leaves["m"] for leaves in drawn)
    assert any(len(set(leaves["y"])) < leaves["n"] for leaves in drawn), "a label comes twice"
    assert any(np.any(evaluate(batch, "ha", leaves) < 0) for leaves in drawn), "a unit is dead"


@pytest.mark.parametrize("gradient", GRADIENTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_conventions_differ_by_n_in_the_gradients_of_one_example_only(gradient, seed):
    at_output = evaluate(batch, gradient, draw_batch(seed, "output"))
    leaves = draw_batch(seed, "parameters")
    factor = leaves["n"] if gradient in PER_EXAMPLE else 1
    assert np.any(at_output != 0)
    np.testing.assert_allclose(evaluate(batch, gradient, leaves), factor * at_output, rtol=1e-12, atol=1e-14)


# ---------------------------------------------------------------- the checker refuses


def planted(reference, **functions):
    """The reference with some functions replaced."""
    return SimpleNamespace(**{**vars(reference), **functions})


def changed(reference, gradient, change):
    """The reference with `change` applied to what one gradient returns; its parameters stay what they are."""
    right = getattr(reference, gradient)

    def wrong(**values):
        return change(right(**values))

    wrong.__signature__ = inspect.signature(right)
    return planted(reference, **{gradient: wrong})


def parabola(slope):
    return SimpleNamespace(loss=lambda x: np.sum(x**2), grad_x=lambda x: slope * x)


def test_checker_accepts_2_and_refuses_2_001():
    leaves = {"x": np.array([0.5, -1.5, 2.0])}
    check_gradient(parabola(2.0), leaves, "grad_x")
    for slope in (2.001, 1.999, 2.00001, -2.0, 0.0, math.nan):
        with pytest.raises(AssertionError, match="grad_x is off by"):
            check_gradient(parabola(slope), leaves, "grad_x")


def test_checker_refuses_a_gradient_that_is_zero_everywhere():
    with pytest.raises(AssertionError, match="proves nothing"):
        check_gradient(parabola(2.0), {"x": np.zeros(3)}, "grad_x")
    leaves = draw_single(0)
    dead = {**leaves, "b1": np.full_like(leaves["b1"], -100.0)}
    with pytest.raises(AssertionError, match="proves nothing"):
        check_gradient(single, dead, "grad_W1")


@pytest.mark.parametrize("gradient", GRADIENTS)
@pytest.mark.parametrize("homework", HOMEWORKS)
@pytest.mark.parametrize(
    "change",
    [lambda g: g * (2.001 / 2), lambda g: -g, lambda g: 0 * g, lambda g: g * math.nan, lambda g: g + 1e-6],
    ids=["factor 2.001 for 2", "wrong sign", "zeros", "nan", "one millionth more"],
)
def test_checker_refuses_a_planted_mistake(homework, gradient, change):
    reference, leaves = draw(homework, 1)
    with pytest.raises(AssertionError, match=f"{gradient} is off by"):
        check_gradient(changed(reference, gradient, change), leaves, gradient)


@pytest.mark.parametrize("gradient", GRADIENTS)
@pytest.mark.parametrize("homework", HOMEWORKS)
def test_checker_refuses_a_shape_that_would_broadcast(homework, gradient):
    reference, leaves = draw(homework, 1)
    for change in (lambda g: g[..., np.newaxis], np.sum):
        with pytest.raises(AssertionError, match="has the shape"):
            check_gradient(changed(reference, gradient, change), leaves, gradient)


@pytest.mark.parametrize("gradient", ["grad_ha", "grad_b1", "grad_W1", "grad_x"])
@pytest.mark.parametrize("homework", HOMEWORKS)
def test_checker_refuses_a_missing_mask(homework, gradient):
    reference, leaves = draw(homework, 1)
    assert np.any(evaluate(reference, "ha", leaves) < 0), "without a dead unit the mask does not show"
    with pytest.raises(AssertionError, match=f"{gradient} is off by"):
        check_gradient(planted(reference, grad_ha=lambda grad_hs: grad_hs), leaves, gradient)


@pytest.mark.parametrize("gradient", GRADIENTS)
@pytest.mark.parametrize("homework", CONVENTIONS)
def test_checker_refuses_the_other_convention_or_a_sum(homework, gradient):
    """Neither n times too much nor n times too little passes, once n is above 1."""
    reference, leaves = draw(homework, 1)
    n = leaves["n"]
    assert n > 1
    for change in (lambda g: g * n, lambda g: g / n):
        with pytest.raises(AssertionError, match=f"{gradient} is off by"):
            check_gradient(changed(reference, gradient, change), leaves, gradient)


# ---------------------------------------------------------------- 2. an independent implementation

# Written from the mathematics: entry by entry with einsum, the label picked by a product with its one-hot row, the relu
# as a product with its indicator. Given one stage of the network, `independent` is the loss as a function of it.


def independent(stage, W1=None, b1=None, W2=None, b2=None, onehot=None, start="x"):
    """The mean loss of a batch (weights as (in, out)), from one stage onwards: x, ha, hs or oa."""
    if start == "x":
        stage = anp.einsum("ij,jk->ik", stage, W1) + b1
    if start in ("x", "ha"):
        stage = stage * (stage > 0)
    if start in ("x", "ha", "hs"):
        stage = anp.einsum("ij,jk->ik", stage, W2) + b2
    normaliser = anp.log(anp.sum(anp.exp(stage), axis=1))
    return anp.sum(normaliser - anp.sum(stage * onehot, axis=1)) / len(onehot)


def independent_gradients(X, W1, b1, W2, b2, onehot):
    """All eight gradients of the mean loss, by autograd."""
    ha = X @ W1 + b1
    hs = ha * (ha > 0)
    oa = hs @ W2 + b2
    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    found = {
        f"grad_{name}": autograd.grad(lambda p, name=name: independent(X, **{**parameters, name: p}, onehot=onehot))(p)
        for name, p in parameters.items()
    }
    for start, stage in {"x": X, "ha": ha, "hs": hs, "oa": oa}.items():
        loss = autograd.grad(lambda s, start=start: independent(s, **parameters, onehot=onehot, start=start))
        found[f"grad_{start}"] = loss(stage)
    return found


def agree(actual, expected):
    """Same shape, same values to 1e-12, and not merely zeros."""
    assert np.shape(actual) == np.shape(expected)
    assert np.max(np.abs(expected)) > 1e-4
    np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("average_at", CONVENTIONS)
def test_batch_agrees_with_autograd(average_at, seed):
    leaves = draw_batch(seed, average_at)
    onehot = (leaves["y"][:, np.newaxis] == np.arange(leaves["m"])).astype(float)
    network = {name: leaves[name] for name in ("X", "W1", "b1", "W2", "b2")}
    loss = independent(**{("stage" if name == "X" else name): value for name, value in network.items()}, onehot=onehot)
    assert evaluate(batch, "loss", leaves) == pytest.approx(loss, rel=1e-12)
    expected = independent_gradients(**network, onehot=onehot)
    for gradient in GRADIENTS:
        factor = leaves["n"] if average_at == "parameters" and gradient in PER_EXAMPLE else 1
        agree(evaluate(batch, gradient, leaves), factor * expected[gradient])


@pytest.mark.parametrize("seed", SEEDS)
def test_single_example_agrees_with_autograd(seed):
    """Here the differentiated loss is written for columns: entries of W x + b, and the label counted from one."""
    leaves = draw_single(seed)
    y, names = leaves["y"], ("W1", "b1", "W2", "b2", "x")

    def from_oa(oa):
        return anp.log(sum(anp.exp(oa[k] - oa[y - 1]) for k in range(len(leaves["b2"]))))

    def from_hs(hs, W2=leaves["W2"], b2=leaves["b2"]):
        return from_oa(anp.dot(W2, hs) + b2)

    def from_ha(ha, W2=leaves["W2"], b2=leaves["b2"]):
        return from_hs(anp.where(ha > 0, ha, 0.0), W2, b2)

    def from_leaves(W1, b1, W2, b2, x):
        return from_ha(anp.dot(W1, x) + b1, W2, b2)

    at = [leaves[name] for name in names]
    assert evaluate(single, "loss", leaves) == pytest.approx(from_leaves(*at), rel=1e-12)
    for position, name in enumerate(names):
        agree(evaluate(single, f"grad_{name}", leaves), autograd.grad(from_leaves, position)(*at))
    for name, loss in {"oa": from_oa, "hs": from_hs, "ha": from_ha}.items():
        agree(evaluate(single, f"grad_{name}", leaves), autograd.grad(loss)(evaluate(single, name, leaves)))


# ---------------------------------------------------------------- 3. worked by hand

# One example. Two units are alive, one is dead, one sits exactly on the kink; both classes score 1.
#
#   ha = (1·1 + 1·2 + 0,  -1·1 + 0·2 - 1,  2·1 - 1·2 + 0,  0·1 + 1·2 - 1) = (3, -2, 0, 1)        hs = (3, 0, 0, 1)
#   oa = (2·3 + 2·1 - 7,  0·3 + 6·1 - 5) = (1, 1)         os = (1/2, 1/2)       loss = log 2     (y = 2: second class)
#   grad_oa = (1/2, 1/2 - 1) = (1/2, -1/2) = grad_b2
#   grad_W2 = rows 1/2 hs and -1/2 hs
#   grad_hs = ((2 - 0)/2, (4 - 2)/2, (-6 - 8)/2, (2 - 6)/2) = (1, 1, -7, -2)
#   grad_ha = (1, 0, 0, -2) = grad_b1                     the -7 does not pass: ha is exactly 0 there
#   grad_W1 = rows 1 x, 0 x, 0 x, -2 x
#   grad_x = 1 (1, 1) - 2 (0, 1) = (1, -1)
WORKED_SINGLE = {
    "x": np.array([1.0, 2.0]),
    "y": 2,
    "W1": np.array([[1.0, 1.0], [-1.0, 0.0], [2.0, -1.0], [0.0, 1.0]]),
    "b1": np.array([0.0, -1.0, 0.0, -1.0]),
    "W2": np.array([[2.0, 4.0, -6.0, 2.0], [0.0, 2.0, 8.0, 6.0]]),
    "b2": np.array([-7.0, -5.0]),
}
WORKED_SINGLE_VALUES = {
    "ha": [3, -2, 0, 1],
    "hs": [3, 0, 0, 1],
    "oa": [1, 1],
    "os": [0.5, 0.5],
    "grad_oa": [0.5, -0.5],
    "grad_b2": [0.5, -0.5],
    "grad_W2": [[1.5, 0, 0, 0.5], [-1.5, 0, 0, -0.5]],
    "grad_hs": [1, 1, -7, -2],
    "grad_ha": [1, 0, 0, -2],
    "grad_b1": [1, 0, 0, -2],
    "grad_W1": [[1, 2], [0, 0], [0, 0], [-2, -4]],
    "grad_x": [1, -1],
}

# Two examples, three units, four classes; in both rows all classes score 0. The second unit is dead in both rows, the
# third one sits on the kink in the first row. Labels (1, 2); the classes 0 and 3 are absent.
#
#   ha = ((1 + 2, -1 - 1, 2 - 2), (2, -2 - 1, 4)) = ((3, -2, 0), (2, -3, 4))       hs = ((3, 0, 0), (2, 0, 4))
#   oa = 3 (0, -4, 4, 0) + b2 = 0,  and  2 (0, -4, 4, 0) + 4 (0, -1, 1, 0) + b2 = 0,  with b2 = (0, 12, -12, 0)
#   os = 1/4 everywhere, loss = log 4
# Undivided ("parameters"):
#   grad_oa = 1/4 ((1, -3, 1, 1), (1, 1, -3, 1))
#   grad_b2 = 1/8 (1 + 1, -3 + 1, 1 - 3, 1 + 1) = 1/4 (1, -1, -1, 1)
#   grad_W2 = 1/8 (3 (1, -3, 1, 1) + 2 (1, 1, -3, 1)) = 1/8 (5, -7, -3, 5); zeros; 4/8 (1, 1, -3, 1)
#   grad_hs = 1/4 (12 + 4, 1 + 3, 3 + 1) = (4, 1, 1);  1/4 (-4 - 12, 1 - 9, -1 - 3) = (-4, -2, -1)
#   grad_ha = ((4, 0, 0), (-4, 0, -1))
#   grad_b1 = 1/2 (4 - 4, 0, -1) = (0, 0, -1/2)
#   grad_W1 = 1/2 (1·4 - 2·4, 0, -2·1) = (-2, 0, -1);  1/2 (2·4 - 0·4, 0, 0) = (4, 0, 0)
#   grad_x = 4 (1, 1) = (4, 4);  -4 (1, 1) - 1 (2, -1) = (-6, -3)
# At the output, grad_oa, grad_hs, grad_ha and grad_x are half of that, and the rest is the same.
WORKED_BATCH = {
    "X": np.array([[1.0, 2.0], [2.0, 0.0]]),
    "y": np.array([1, 2]),
    "W1": np.array([[1.0, -1.0, 2.0], [1.0, 0.0, -1.0]]),
    "b1": np.array([0.0, -1.0, 0.0]),
    "W2": np.array([[0.0, -4.0, 4.0, 0.0], [1.0, 0.0, 3.0, 0.0], [0.0, -1.0, 1.0, 0.0]]),
    "b2": np.array([0.0, 12.0, -12.0, 0.0]),
    "n": 2,
    "m": 4,
}
WORKED_BATCH_VALUES = {
    "ha": [[3, -2, 0], [2, -3, 4]],
    "hs": [[3, 0, 0], [2, 0, 4]],
    "oa": [[0, 0, 0, 0], [0, 0, 0, 0]],
    "os": [[0.25, 0.25, 0.25, 0.25], [0.25, 0.25, 0.25, 0.25]],
    "grad_oa": [[0.25, -0.75, 0.25, 0.25], [0.25, 0.25, -0.75, 0.25]],
    "grad_b2": [0.25, -0.25, -0.25, 0.25],
    "grad_W2": [[0.625, -0.875, -0.375, 0.625], [0, 0, 0, 0], [0.5, 0.5, -1.5, 0.5]],
    "grad_hs": [[4, 1, 1], [-4, -2, -1]],
    "grad_ha": [[4, 0, 0], [-4, 0, -1]],
    "grad_b1": [0, 0, -0.5],
    "grad_W1": [[-2, 0, -1], [4, 0, 0]],
    "grad_x": [[4, 4], [-6, -3]],
}


def exactly(actual, expected):
    """Same shape, and the same numbers to the last bit."""
    assert np.shape(actual) == np.shape(expected)
    np.testing.assert_array_equal(actual, expected)


@pytest.mark.parametrize("quantity", WORKED_SINGLE_VALUES)
def test_single_example_worked_by_hand(quantity):
    exactly(evaluate(single, quantity, WORKED_SINGLE), WORKED_SINGLE_VALUES[quantity])


@pytest.mark.parametrize("quantity", WORKED_BATCH_VALUES)
@pytest.mark.parametrize("average_at", CONVENTIONS)
def test_batch_worked_by_hand(average_at, quantity):
    half = average_at == "output" and quantity in PER_EXAMPLE
    expected = np.multiply(WORKED_BATCH_VALUES[quantity], 0.5 if half else 1.0)
    exactly(evaluate(batch, quantity, {**WORKED_BATCH, "average_at": average_at}), expected)


def test_losses_worked_by_hand():
    assert evaluate(single, "loss", WORKED_SINGLE) == pytest.approx(math.log(2), rel=1e-15)
    assert evaluate(batch, "loss", WORKED_BATCH) == pytest.approx(math.log(4), rel=1e-15)


def test_unequal_scores_worked_by_hand():
    """Scores log 1, log 2, log 5 have the probabilities 1/8, 2/8, 5/8; the loss of the third class is log 8/5."""
    oa = np.log([1.0, 2.0, 5.0])
    np.testing.assert_allclose(single.os(oa), [0.125, 0.25, 0.625], rtol=1e-15)
    np.testing.assert_allclose(single.grad_oa(single.os(oa), 3), [0.125, 0.25, -0.375], rtol=1e-15)
    assert single.loss(oa, 3) == pytest.approx(math.log(8 / 5), rel=1e-15)
    rows = np.stack([oa, oa[::-1]])
    np.testing.assert_allclose(batch.os(rows), [[0.125, 0.25, 0.625], [0.625, 0.25, 0.125]], rtol=1e-15)
    # losses log 8/5 (third class) and log 8/2 (second class)
    assert batch.loss(rows, np.array([2, 1]), 2) == pytest.approx((math.log(8 / 5) + math.log(4)) / 2, rel=1e-15)


# ---------------------------------------------------------------- the kink


def test_relu_derivative_is_0_at_0_and_below_and_1_above():
    tiny = np.nextafter(0.0, 1.0)
    ha = np.array([0.0, -0.0, tiny, -tiny, 1.0, -1.0])
    grad_hs = np.array([7.0, 7.0, 7.0, 7.0, 7.0, 7.0])
    exactly(single.grad_ha(grad_hs, ha), [0, 0, 7, 0, 7, 0])
    exactly(batch.grad_ha(grad_hs[np.newaxis], ha[np.newaxis]), [[0, 0, 7, 0, 7, 0]])


def test_mask_of_hs_is_the_mask_of_ha():
    ha = np.array([0.0, -0.0, np.nextafter(0.0, 1.0), np.nextafter(0.0, -1.0), 3.0, -3.0])
    for reference in (single, batch):
        exactly(reference.hs(ha) > 0, ha > 0)


@pytest.mark.parametrize("bias", [0.0, -1.0], ids=["every unit on the kink", "every unit dead"])
def test_a_hidden_layer_without_a_unit_alive_passes_nothing_down(bias):
    """The first layer gets exact zeros, while the output layer still learns its bias."""
    for homework in HOMEWORKS:
        reference, leaves = draw(homework, 0)
        quiet = {**leaves, "W1": np.zeros_like(leaves["W1"]), "b1": np.full_like(leaves["b1"], bias)}
        for gradient in ("grad_ha", "grad_b1", "grad_W1", "grad_x", "grad_W2"):
            assert not np.any(evaluate(reference, gradient, quiet)), gradient
        assert np.all(evaluate(reference, "grad_b2", quiet) != 0)
        assert np.all(evaluate(reference, "grad_hs", quiet) != 0)


# ---------------------------------------------------------------- facts


def test_softmax_of_one_example_is_stable():
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        exactly(single.os(np.array([1000.0, -1000.0, 0.0])), [1, 0, 0])
        exactly(single.os(np.array([-1000.0, -1000.0])), [0.5, 0.5])
        exactly(single.os(np.array([1000.0, 1000.0])), [0.5, 0.5])


def test_softmax_of_a_batch_takes_off_each_rows_own_largest_score():
    """With one maximum for the whole matrix the second row would be 0/0."""
    rows = np.array([[1000.0, 1000.0], [-1000.0, -1000.0], [1000.0, -1000.0]])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        exactly(batch.os(rows), [[0.5, 0.5], [0.5, 0.5], [1, 0]])


def test_loss_is_stable():
    """A certain and right answer costs 0, a certain and wrong one costs the distance of the scores."""
    oa = np.array([1000.0, -1000.0])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert single.loss(oa, 1) == 0.0
        assert single.loss(oa, 2) == 2000.0
        assert batch.loss(np.stack([oa, oa]), np.array([0, 1]), 2) == 1000.0
        assert batch.loss(np.stack([oa - 1000.0, oa + 1000.0]), np.array([1, 1]), 2) == 2000.0


def test_gradient_of_a_saturated_softmax_is_finite():
    """Right and certain: zero. Wrong and certain: a whole unit from one class to the other."""
    os = single.os(np.array([1000.0, -1000.0]))
    exactly(single.grad_oa(os, 1), [0, 0])
    exactly(single.grad_oa(os, 2), [1, -1])


@pytest.mark.parametrize("m", [2, 3, 5])
def test_labels_count_from_one_in_the_one_and_from_zero_in_the_other(m):
    """The label's own entry is the only negative one: entry y - 1 of the single example, entry y in the batch."""
    os = np.full(m, 1 / m)
    for position in range(m):
        assert list(np.flatnonzero(single.grad_oa(os, position + 1) < 0)) == [position]
    rows = batch.grad_oa(np.tile(os, (m, 1)), np.arange(m), m, m, "parameters")
    exactly(rows < 0, np.eye(m, dtype=bool))
    for position in range(m):
        oa = np.zeros(m)
        oa[position] = 3.0
        losses = [single.loss(oa, label) for label in range(1, m + 1)]
        assert np.argmin(losses) == position
        assert losses[position] == batch.loss(oa[np.newaxis], np.array([position]), 1)


def test_label_may_be_any_kind_of_whole_number():
    os = np.array([0.25, 0.25, 0.5])
    for y in (2, np.int64(2), np.uint8(2), np.array(2)):
        exactly(single.grad_oa(os, y), [0.25, -0.75, 0.5])


@pytest.mark.parametrize("seed", SEEDS)
def test_gradients_sum_to_zero_over_the_classes(seed):
    """Adding the same number to all scores changes nothing, so the classes' gradients cancel."""
    leaves = draw_single(seed)
    for gradient in ("grad_oa", "grad_b2", "grad_W2"):
        value = evaluate(single, gradient, leaves)
        assert np.any(value != 0)
        np.testing.assert_allclose(np.sum(value, axis=0), 0.0, atol=1e-14)
    for average_at in CONVENTIONS:
        leaves = draw_batch(seed, average_at)
        for gradient in ("grad_oa", "grad_b2", "grad_W2"):
            value = evaluate(batch, gradient, leaves)
            assert np.any(value != 0)
            np.testing.assert_allclose(np.sum(value, axis=-1), 0.0, atol=1e-14)


def as_single(leaves, i):
    """Example i of a batch as leaves of the single-example network: weights transposed, the label one higher."""
    W1, W2 = leaves["W1"].T, leaves["W2"].T
    return {"x": leaves["X"][i], "y": leaves["y"][i] + 1, "W1": W1, "b1": leaves["b1"], "W2": W2, "b2": leaves["b2"]}


@pytest.mark.parametrize("average_at", CONVENTIONS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_batch_of_one_is_the_single_example(seed, average_at):
    leaves = draw_batch(seed, average_at)
    leaves = {**leaves, "X": leaves["X"][:1], "y": leaves["y"][:1], "n": 1}
    alone = as_single(leaves, 0)
    assert evaluate(batch, "loss", leaves) == pytest.approx(evaluate(single, "loss", alone), rel=1e-13)
    for quantity in ("ha", "hs", "oa", "os", *GRADIENTS):
        expected = evaluate(single, quantity, alone)
        expected = expected.T if quantity in ("grad_W1", "grad_W2") else expected
        expected = expected if quantity in ("grad_W1", "grad_W2", "grad_b1", "grad_b2") else expected[np.newaxis]
        agree(evaluate(batch, quantity, leaves), expected)


@pytest.mark.parametrize("average_at", CONVENTIONS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_batch_is_the_mean_of_its_examples(seed, average_at):
    leaves = draw_batch(seed, average_at)
    n = leaves["n"]
    each = [as_single(leaves, i) for i in range(n)]
    assert evaluate(batch, "loss", leaves) == pytest.approx(np.mean([evaluate(single, "loss", e) for e in each]))
    for gradient in GRADIENTS:
        values = np.stack([evaluate(single, gradient, e) for e in each])
        if gradient in PER_EXAMPLE:
            expected = values / (n if average_at == "output" else 1)
        else:
            expected = np.mean(values, axis=0).T
        agree(evaluate(batch, gradient, leaves), expected)


@pytest.mark.parametrize("homework", HOMEWORKS)
def test_no_function_writes_into_its_arguments(homework):
    """The values are handed to students afterwards, and the same draw is used again."""
    reference, leaves = draw(homework, 3)
    for quantity in ("ha", "hs", "oa", "os", "loss", *GRADIENTS):
        function = getattr(reference, quantity)
        values = {name: evaluate(reference, name, leaves) for name in inspect.signature(function).parameters}
        before = {name: np.array(value) for name, value in values.items()}
        function(**values)
        for name, value in values.items():
            exactly(value, before[name])
