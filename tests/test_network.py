"""The reference network: its two forms agree, its gradients are right, its check refuses, its data and commands work."""

from __future__ import annotations

import csv
import gzip
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from conftest import ROOT

from reference.data import FASHION_MNIST, DataError, digits, fashion_mnist, read_idx, two_circles
from reference.experiments import THREADS, main, on_one_thread
from reference.gradient_check import AGREES, KINK, WRONG, ZERO, check_gradients
from reference.network import Gradients, Network, cross_entropy, minibatches, softmax

PENALTIES = {"l11": 0.03, "l12": 0.2, "l21": 0.05, "l22": 0.1}


def drawn(n, seed=0, n_in=4, n_hidden=5, n_classes=3, **more):
    """A network with random biases too, and n examples."""
    rng = np.random.default_rng([7, seed])
    network = Network(n_in, n_hidden, n_classes, seed=seed, **more)
    for bias in (network.b1, network.b2):
        bias += rng.normal(scale=0.5, size=bias.shape)
    return network, rng.normal(size=(n, n_in)), rng.integers(0, n_classes, size=n)


# ---------------------------------------------------------------- forward and backward


@pytest.mark.parametrize("n", [1, 10])
@pytest.mark.parametrize("penalties", [{}, PENALTIES], ids=["plain", "elastic net"])
def test_loops_and_matrices_give_the_same(n, penalties):
    network, X, y = drawn(n, **penalties)
    for loop, matrix in zip(network.fprop(X, loop=True), network.fprop(X), strict=True):
        assert loop.shape == matrix.shape
        np.testing.assert_allclose(loop, matrix, rtol=1e-13, atol=1e-15)
    for loop, matrix in zip(network.bprop(X, y, loop=True), network.bprop(X, y), strict=True):
        np.testing.assert_allclose(loop, matrix, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("loop", [True, False])
@pytest.mark.parametrize("penalties", [{}, PENALTIES], ids=["plain", "elastic net"])
def test_gradients_are_those_of_autograd(penalties, loop):
    network, X, y = drawn(10, seed=3, **penalties)

    def loss(W1, b1, W2, b2):
        oa = anp.dot(anp.maximum(0.0, anp.dot(X, W1) + b1), W2) + b2
        value = anp.mean(anp.log(anp.sum(anp.exp(oa), axis=1)) - oa[anp.arange(10), y])
        value = value + network.l11 * anp.sum(anp.abs(W1)) + network.l12 * anp.sum(W1**2)
        return value + network.l21 * anp.sum(anp.abs(W2)) + network.l22 * anp.sum(W2**2)

    assert network.loss(X, y) == pytest.approx(loss(*network.parameters()), rel=1e-12)
    for position, gradient in enumerate(network.bprop(X, y, loop=loop)):
        expected = autograd.grad(loss, position)(*network.parameters())
        np.testing.assert_allclose(gradient, expected, rtol=1e-10, atol=1e-13)


def test_the_penalty_is_added_undivided_with_sign_0_at_0_and_leaves_biases_alone():
    network, X, y = drawn(6)
    bare = network.bprop(X, y)
    network.l11, network.l12, network.l21, network.l22 = 1.0, 2.0, 3.0, 4.0
    network.W1[0, 0] = network.W2[1, 1] = 0.0
    without = network.copy()
    without.l11 = without.l12 = without.l21 = without.l22 = 0.0
    bare, full = without.bprop(X, y), network.bprop(X, y)
    np.testing.assert_allclose(full.W1 - bare.W1, np.sign(network.W1) + 4 * network.W1, atol=1e-14)
    np.testing.assert_allclose(full.W2 - bare.W2, 3 * np.sign(network.W2) + 8 * network.W2, atol=1e-14)
    assert full.W1[0, 0] == bare.W1[0, 0]
    assert full.W2[1, 1] == bare.W2[1, 1]
    np.testing.assert_array_equal(full.b1, bare.b1)
    np.testing.assert_array_equal(full.b2, bare.b2)
    assert network.loss(X, y) == pytest.approx(without.loss(X, y) + network.penalty())


def test_softmax_and_loss_hold_far_from_zero():
    oa = np.array([[1000.0, -1000.0], [-1000.0, -1001.0]])
    assert np.all(np.isfinite(softmax(oa)))
    np.testing.assert_allclose(softmax(oa).sum(axis=1), 1)
    np.testing.assert_allclose(softmax(oa)[1], [1 / (1 + np.exp(-1)), 1 / (1 + np.exp(1))])
    assert cross_entropy(oa[:1], np.array([1])) == 2000


def test_nothing_that_was_given_is_changed():
    network, X, y = drawn(8, **PENALTIES)
    kept, before = (X.copy(), y.copy()), [p.copy() for p in network.parameters()]
    forward = network.fprop(X)
    ha = forward.ha.copy()
    network.bprop(X, y)
    check_gradients(network, X, y)
    np.testing.assert_array_equal(forward.ha, ha)
    for parameter, as_before in zip(network.parameters(), before, strict=True):
        np.testing.assert_array_equal(parameter, as_before)
    network.train(X, y, batch_size=3)
    np.testing.assert_array_equal(X, kept[0])
    np.testing.assert_array_equal(y, kept[1])


# ---------------------------------------------------------------- beginning


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_weights_begin_within_their_bounds_and_biases_at_zero(dtype):
    network = Network(16, 400, 3, seed=5, dtype=dtype)
    for W, bound in ((network.W1, 1 / 4), (network.W2, 1 / 20)):
        assert 0.95 * bound < W.max() <= dtype(bound)
        assert -dtype(bound) <= W.min() < -0.95 * bound
        assert abs(W.mean()) < 0.1 * bound
    assert not network.b1.any()
    assert not network.b2.any()
    assert [p.shape for p in network.parameters()] == [(16, 400), (400,), (400, 3), (3,)]


def test_one_generator_decides_everything():
    X, y = two_circles(3, train=57).train

    def trained(seed):
        network = Network(2, 6, 2, seed=seed)
        losses = network.train(X, y, epochs=3, batch_size=10)
        return losses, [p.tobytes() for p in network.parameters()]

    assert trained(4) == trained(4) == trained(np.random.default_rng(4))
    assert trained(4) != trained(5)


def test_a_copy_goes_its_own_way():
    network, X, y = drawn(20)
    other = network.copy()
    network.train(X, y, epochs=2)
    other.train(X, y, epochs=2)
    np.testing.assert_array_equal(network.W1, other.W1)
    network.train(X, y)
    assert not np.array_equal(network.W1, other.W1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n_hidden": 0}, "n_hidden is 0; it must be at least 1"),
        ({"l12": -0.1}, "l12 is -0.1; a penalty must not be negative"),
        ({"l21": float("nan")}, "l21 is nan; a penalty must not be negative"),
        ({"dtype": np.int64}, "dtype is int64; it must be float32 or float64"),
    ],
)
def test_a_network_that_can_not_be_is_refused(arguments, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        Network(**{"n_in": 2, "n_hidden": 3, "n_classes": 2, **arguments})


@pytest.mark.parametrize(
    ("X", "y", "message"),
    [
        (np.zeros((3, 5)), [0, 1, 2], r"X has the shape \(3, 5\); it must be \(n, 4\), with n at least 1"),
        (np.zeros((0, 4)), [], r"X has the shape \(0, 4\); it must be \(n, 4\), with n at least 1"),
        (np.zeros((3, 4)), [0, 1], r"y is int64 of shape \(2,\); it must be whole numbers of shape \(3,\)"),
        (np.zeros((2, 4)), [0.0, 1.0], r"y is float64 of shape \(2,\); it must be whole numbers of shape \(2,\)"),
        (np.zeros((2, 4)), [1, 3], r"y holds labels from 1 to 3; they must lie in 0 to 2"),
        (np.zeros((2, 4)), [-1, 0], r"y holds labels from -1 to 0; they must lie in 0 to 2"),
    ],
)
def test_examples_that_do_not_fit_are_refused(X, y, message):
    network = drawn(1)[0]
    for use in (network.bprop, network.train, network.loss):
        with pytest.raises(ValueError, match=f"^{message}$"):
            use(X, y)


# ---------------------------------------------------------------- training


@pytest.mark.parametrize(("n", "size", "sizes"), [(23, 5, [5, 5, 5, 5, 3]), (20, 5, [5] * 4), (3, 100, [3])])
def test_minibatches_take_every_example_once_and_the_last_is_smaller(n, size, sizes):
    parts = list(minibatches(n, size, np.random.default_rng(0)))
    assert [len(part) for part in parts] == sizes
    assert sorted(np.concatenate(parts).tolist()) == list(range(n))


@pytest.mark.parametrize(
    ("more", "message"), [({"batch_size": 0}, "batch_size is 0"), ({"epochs": -1}, "epochs is -1")]
)
def test_a_training_that_can_not_be_is_refused(more, message):
    network, X, y = drawn(5)
    with pytest.raises(ValueError, match=message):
        network.train(X, y, **more)


@pytest.mark.parametrize("loop", [True, False])
def test_training_is_gradient_descent_on_the_batches(loop):
    network, X, y = drawn(11, **PENALTIES)
    by_hand = network.copy()
    for _ in range(2):
        for chosen in minibatches(11, 4, by_hand.rng):
            gradients = by_hand.bprop(X[chosen], y[chosen])
            for parameter, gradient in zip(by_hand.parameters(), gradients, strict=True):
                parameter -= 0.3 * gradient
    seen = []
    network.train(X, y, epochs=2, batch_size=4, learning_rate=0.3, loop=loop, after_epoch=seen.append)
    assert seen == [1, 2]
    for ours, theirs in zip(network.parameters(), by_hand.parameters(), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-11, atol=1e-14)


def test_the_losses_of_an_epoch_weigh_every_example_alike():
    network, X, y = drawn(7)
    (loss,) = network.train(X, y, batch_size=3, learning_rate=0.0)
    assert loss == pytest.approx(network.loss(X, y), rel=1e-13)


@pytest.mark.parametrize("loop", [True, False])
def test_float32_stays_float32(loop):
    network, X, y = drawn(9, dtype=np.float32, **PENALTIES)
    arrays = [*network.fprop(X, loop=loop), *network.bprop(X, y, loop=loop)]
    network.train(X, y, batch_size=4, loop=loop)
    assert {array.dtype for array in (*arrays, *network.parameters())} == {np.dtype(np.float32)}


@pytest.mark.parametrize("seed", range(3))
def test_a_hundred_units_separate_the_circles_and_five_do_not(seed):
    data = two_circles(seed)
    reached = {}
    for hidden in (5, 100):
        network = Network(2, hidden, 2, seed=seed)
        network.train(*data.train, epochs=100, batch_size=10, learning_rate=0.05)
        reached[hidden] = network.accuracy(*data.test)
    assert reached[100] >= 0.95
    assert reached[5] < 0.91


# ---------------------------------------------------------------- the gradient check


@pytest.mark.parametrize("n", [1, 10])
@pytest.mark.parametrize("loop", [True, False])
def test_right_gradients_pass(n, loop):
    network, X, y = drawn(n, **PENALTIES)
    check = check_gradients(network, X, y, loop=loop)
    assert check.passed
    assert check.complete == (n == 10)
    assert str(check).endswith("with entries that could not be tested." if n == 1 else "Gradient check: passed.")


@pytest.mark.parametrize("name", Gradients._fields)
@pytest.mark.parametrize("factor", [-1.0, 0.0, 2.0, 1.01, np.nan])
def test_a_wrong_gradient_is_caught(name, factor):
    network, X, y = drawn(10)
    wrong = network.bprop(X, y)
    first = (0,) * getattr(wrong, name).ndim
    assert abs(getattr(wrong, name)[first]) > 1e-3
    getattr(wrong, name)[first] *= factor
    check = check_gradients(network, X, y, gradients=wrong)
    assert not check.passed
    counts = {each.name: each.count(WRONG) for each in check.parameters}
    assert counts == {**dict.fromkeys(Gradients._fields, 0), name: 1}
    assert f"{name}{list(first)}: the gradient is " in str(check)
    assert str(check).endswith("Gradient check: wrong.")


def test_a_gradient_where_there_is_none_is_caught():
    network, X, y = drawn(10)
    network.b1[2] = -100
    wrong = network.bprop(X, y)
    wrong.W1[0, 2] = 1e-3
    assert check_gradients(network, X, y, gradients=wrong).parameters[0].first_wrong() == (0, 2)


def test_zero_of_zero_is_reported_and_never_counts_as_agreement():
    network, X, y = drawn(10)
    network.b1[2] = -100
    check = check_gradients(network, X, y)
    W1, b1, W2, _ = check.parameters
    assert set(W1.states[:, 2]) == {b1.states[2]} == set(W2.states[2]) == {ZERO}
    assert W1.count(AGREES) == W1.states.size - 4
    assert check.silent_units == (2,)
    assert check.passed
    assert not check.complete
    assert "Hidden units that are off for every example, of which nothing is learned here: 2." in str(check)


@pytest.mark.parametrize(("penalties", "untested"), [({}, "W1, b1, W2"), (PENALTIES, "b1")])
def test_a_network_that_is_all_dead_has_not_passed(penalties, untested):
    network, X, y = drawn(10, **penalties)
    network.b1[:] = -100
    check = check_gradients(network, X, y)
    assert not check.passed
    assert check.silent_units == (0, 1, 2, 3, 4)
    assert f"Nothing was tested in {untested}." in str(check)
    assert "Gradient check: not passed" in str(check)


def test_kinks_of_the_rectifier_are_left_out():
    network, X, y = drawn(10)
    network.b1[1] -= network.fprop(X).ha[0, 1]
    W1, b1, W2, b2 = check_gradients(network, X, y).parameters
    assert set(W1.states[:, 1]) == {KINK} == {b1.states[1]}
    assert W1.count(KINK) == 4
    assert b1.count(KINK) == 1
    assert W2.count(KINK) == b2.count(KINK) == 0
    assert W1.count(WRONG) == b1.count(WRONG) == 0


def test_kinks_of_the_penalty_are_left_out_only_if_there_is_one():
    network, X, y = drawn(10, l21=0.1)
    network.W1[0, 0] = network.W2[0, 0] = 1e-7
    W1, _, W2, _ = check_gradients(network, X, y).parameters
    assert W1.states[0, 0] == AGREES
    assert W2.states[0, 0] == KINK
    assert W1.count(WRONG) == W2.count(WRONG) == 0


def test_float32_is_checked_as_float64():
    network, X, y = drawn(10, dtype=np.float32)
    assert check_gradients(network, X, y).passed
    assert network.W1.dtype == np.float32


def test_a_check_that_can_not_be_is_refused():
    network, X, y = drawn(3)
    with pytest.raises(ValueError, match="eps is 0; it must be above 0"):
        check_gradients(network, X, y, eps=0)
    turned = network.bprop(X, y)._replace(W1=np.zeros((5, 4)))
    with pytest.raises(ValueError, match=r"the gradient of W1 has the shape \(5, 4\); it must be \(4, 5\)"):
        check_gradients(network, X, y, gradients=turned)


# ---------------------------------------------------------------- data


def idx(array):
    """An array as the bytes of an IDX file."""
    array = np.asarray(array)
    kind = {"u1": 0x08, "i1": 0x09, "i2": 0x0B, "i4": 0x0C, "f4": 0x0D, "f8": 0x0E}[array.dtype.str[1:]]
    sizes = b"".join(size.to_bytes(4, "big") for size in array.shape)
    return bytes([0, 0, kind, array.ndim]) + sizes + array.astype(array.dtype.newbyteorder(">")).tobytes()


def write_fashion(folder, train=30, test=12, side=4, suffix=""):
    """Four small files; the arrays in them."""
    rng, arrays = np.random.default_rng(0), []
    for name, n in zip(FASHION_MNIST, (train, train, test, test), strict=True):
        images = "images" in name
        array = rng.integers(0, 256, size=(n, side, side)) if images else np.arange(n) % 10
        arrays.append(array.astype(np.uint8))
        content = idx(arrays[-1])
        (folder / f"{name}{suffix}").write_bytes(gzip.compress(content) if suffix else content)
    return arrays


@pytest.mark.parametrize("kind", ["u1", "i1", "i2", "i4", "f4", "f8"])
@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_idx_files_give_back_what_was_written(tmp_path: Path, kind, suffix):
    array = np.arange(-3, 21).reshape(2, 3, 4).astype(kind)
    path = tmp_path / f"some-idx3{suffix}"
    path.write_bytes(gzip.compress(idx(array)) if suffix else idx(array))
    back = read_idx(path)
    assert back.dtype == array.dtype
    assert back.dtype.isnative
    np.testing.assert_array_equal(back, array)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"\x89PNG....",
            "is not an IDX file: it begins with 89 50 4e 47, where 00 00, a type (08, 09, 0b, 0c, 0d or 0e) "
            "and the number of dimensions are expected",
        ),
        (
            b"",
            "is not an IDX file: it begins with nothing, where 00 00, a type (08, 09, 0b, 0c, 0d or 0e) "
            "and the number of dimensions are expected",
        ),
        (b"\0\0\x08\x02\0\0\0\x01", "ends within its head: 8 bytes, where the head alone has 12"),
        (b"\0\0\x08\x01\0\0\0\x05abc", "has 11 bytes, but announces an array of shape (5,): 13 bytes"),
        (b"\0\0\x0c\x01\0\0\0\x01abcde", "has 13 bytes, but announces an array of shape (1,): 12 bytes"),
    ],
    ids=["another file", "empty", "head cut", "too short", "too long"],
)
def test_files_that_are_not_idx_are_refused(tmp_path: Path, content, message):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_idx(path)
    assert str(caught.value) == f"{path} {message}"


@pytest.mark.parametrize("content", [b"not compressed", gzip.compress(bytes(500), mtime=0)[:-9], None])
def test_compressed_files_that_can_not_be_read_are_refused(tmp_path: Path, content):
    path = tmp_path / "file.gz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError, match=r"file\.gz cannot be read: "):
        read_idx(path)


@pytest.mark.parametrize("suffix", ["", ".gz"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_fashion_mnist_is_split_and_scaled(tmp_path: Path, suffix, dtype):
    train_images, train_labels, test_images, test_labels = write_fashion(tmp_path, suffix=suffix)
    data = fashion_mnist(tmp_path, validation=7, dtype=dtype)
    assert data.classes == 10
    assert [(X.shape, y.shape) for X, y in data.parts().values()] == [
        ((23, 16), (23,)),
        ((7, 16), (7,)),
        ((12, 16), (12,)),
    ]
    assert {X.dtype for X, _ in data.parts().values()} == {np.dtype(dtype)}
    np.testing.assert_allclose(data.test[0], test_images.reshape(12, 16) / 255, rtol=1e-6)
    np.testing.assert_array_equal(data.test[1], test_labels)
    together = {
        (tuple(np.rint(x * 255).astype(int)), label)
        for X, y in (data.train, data.validation)
        for x, label in zip(X, y, strict=True)
    }
    assert together == {(tuple(i.ravel()), label) for i, label in zip(train_images, train_labels, strict=True)}
    for part, again in zip(data.train, fashion_mnist(tmp_path, validation=7, dtype=dtype).train, strict=True):
        np.testing.assert_array_equal(part, again)


def test_files_that_are_missing_are_named(tmp_path: Path, capsys):
    write_fashion(tmp_path)
    (tmp_path / FASHION_MNIST[1]).unlink()
    (tmp_path / FASHION_MNIST[2]).rename(tmp_path / f"{FASHION_MNIST[2]}.zip")
    assert main(["fashion-mnist", "--data", str(tmp_path)]) == 2
    assert capsys.readouterr().err == (
        f"network: {tmp_path} lacks train-labels-idx1-ubyte, t10k-images-idx3-ubyte. Fashion-MNIST is four files, each as "
        "it is or compressed (.gz): put them there, or name their folder with --data\n"
    )


@pytest.mark.parametrize(
    ("name", "array", "message"),
    [
        (0, np.zeros((29, 4, 4), np.uint8), r"{0} and its labels do not belong together: their shapes are (29, 4, 4) and (30,), where (n, rows, columns) and (n,) are expected"),
        (3, np.zeros((12, 1), np.uint8), r"{2} and its labels do not belong together: their shapes are (12, 4, 4) and (12, 1), where (n, rows, columns) and (n,) are expected"),
        (2, np.zeros((12, 5, 4), np.uint8), r"{0} has images of (4, 4), {2} of (5, 4)"),
    ],
)  # fmt: skip
def test_files_that_do_not_fit_each_other_are_refused(tmp_path: Path, name, array, message):
    write_fashion(tmp_path)
    (tmp_path / FASHION_MNIST[name]).write_bytes(idx(array))
    with pytest.raises(DataError) as caught:
        fashion_mnist(tmp_path, validation=7)
    assert str(caught.value) == message.format(*(tmp_path / each for each in FASHION_MNIST))


def test_a_validation_set_that_leaves_nothing_is_refused(tmp_path: Path):
    write_fashion(tmp_path)
    with pytest.raises(DataError, match=r"^30 examples for validation: it must be at least 1 and less than the 30 of "):
        fashion_mnist(tmp_path, validation=30)


def test_the_circles_and_the_digits_are_always_the_same():
    small, large = two_circles(1, train=10, validation=5, test=5), two_circles(1)
    assert [len(X) for X, _ in large.parts().values()] == [1000, 500, 1000]
    np.testing.assert_array_equal(large.test[1][:5], two_circles(1, train=7).test[1][:5])
    radius = np.linalg.norm(large.train[0], axis=1)
    assert abs(radius[large.train[1] == 0].mean() - 1) < 0.002
    assert abs(radius[large.train[1] == 1].mean() - 0.92) < 0.002
    assert small.train[0].shape == (10, 2)
    one, two = digits(2), digits(2)
    assert [X.shape for X, _ in one.parts().values()] == [(1197, 64), (300, 64), (300, 64)]
    np.testing.assert_array_equal(one.train[0], two.train[0])
    assert 0 == one.train[0].min() < one.train[0].max() == 1


# ---------------------------------------------------------------- the commands


def read_log(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_circles_writes_table_log_and_pictures(tmp_path: Path, capsys):
    out = tmp_path / "circles"
    assert main(["circles", "--epochs", "2", "1", "--hidden", "5", "--examples", "40", "--out", str(out)]) == 0
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {"grid.csv", "log.csv", "gradient-check.txt", "hidden-5.png"} <= names
    assert len([name for name in names if name.startswith("curves/")]) == 8
    assert "curves/hidden-5-rate-0.05-l1-0-l2-0.01.svg" in names
    grid, log = read_log(out / "grid.csv"), read_log(out / "log.csv")
    assert len(grid) == 16
    assert len(log) == 16
    assert {(row["hidden"], row["learning_rate"], row["l1"], row["l2"], row["epoch"]) for row in grid} == {
        ("5", rate, l1, l2, epoch)
        for rate in ("0.05", "0.005")
        for l1 in ("0.0", "0.01")
        for l2 in ("0.0", "0.01")
        for epoch in ("1", "2")
    }
    assert (out / "hidden-5.png").read_bytes().startswith(b"\x89PNG")
    said = capsys.readouterr().out
    assert "agree, 0 are wrong" in said
    assert "5 hidden units:" in said
    assert "Gradient check: passed" in (out / "gradient-check.txt").read_text(encoding="utf-8")


def test_digits_are_learned_and_equal_runs_give_equal_curves(tmp_path: Path, capsys):
    for name in ("one", "two"):
        assert main(["digits", "--epochs", "15", "--out", str(tmp_path / name)]) == 0
    assert "an epoch of 1197 examples: " in capsys.readouterr().out
    log = read_log(tmp_path / "one" / "log.csv")
    assert [row["epoch"] for row in log] == [str(epoch) for epoch in range(1, 16)]
    assert float(log[-1]["test_accuracy"]) > 0.9
    assert float(log[-1]["train_loss"]) < float(log[0]["train_loss"])
    curves = [(tmp_path / name / "curves.svg").read_bytes() for name in ("one", "two")]
    assert curves[0] == curves[1]
    assert all(word in curves[0] for word in (b">loss<", b">accuracy<", b">train<", b">validation<", b">test<"))


def test_fashion_mnist_runs_from_its_files(tmp_path: Path, capsys):
    write_fashion(tmp_path)
    out = tmp_path / "out"
    arguments = ["--data", str(tmp_path), "--validation", "6", "--epochs", "2", "--out", str(out)]
    assert main(["fashion-mnist", *arguments]) == 0
    assert "an epoch of 24 examples: " in capsys.readouterr().out
    assert len(read_log(out / "log.csv")) == 2
    assert (out / "curves.svg").is_file()


def test_the_module_runs_and_times():
    command = [sys.executable, "-m", "reference.network", "time", "--examples", "200", "--inputs", "10"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert "One epoch: 200 x 10, 50 hidden, batches of 100" in ran.stdout
    assert "float32" in ran.stdout
    assert "8/8" in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["digits", "--epochs", "0"], "argument --epochs: 0 is not a whole number from 1 on"),
        (["digits", "--l1", "-1"], "argument --l1: -1 is not a number from 0 on"),
        (["digits", "--l2", "much"], "argument --l2: much is not a number from 0 on"),
        (["time", "--seed", "x"], "argument --seed: x is not a whole number from 0 on"),
    ],
)
def test_options_that_can_not_be_are_refused(arguments, message, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "module", "message"),
    [
        ("circles", "matplotlib", "Pictures need matplotlib, which is missing: pip install 'grader[plots]'"),
        (
            "digits",
            "sklearn.datasets",
            "The digits come with scikit-learn, which is missing: pip install 'grader[network]'",
        ),
    ],
)
def test_a_missing_package_is_named_with_what_installs_it(command, module, message, tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, "reference.pictures", raising=False)
    assert main([command, "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err == f"network: {message}\n"
    assert not (tmp_path / "out").exists()


def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path, capsys):
    (tmp_path / "file").write_text("")
    assert main(["circles", "--out", str(tmp_path / "file" / "out")]) == 2
    assert capsys.readouterr().err == f"network: {tmp_path / 'file' / 'out'} cannot be made: Not a directory\n"


def test_learning_needs_neither_matplotlib_nor_scikit_learn():
    code = "import sys, reference.experiments; print(sorted({'matplotlib', 'sklearn'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ran.stdout == "[]\n", ran.stderr


@pytest.mark.parametrize("said", [None, "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"])
def test_it_begins_again_on_one_thread_unless_told_how_many(said, monkeypatch):
    for name in THREADS:
        monkeypatch.delenv(name, raising=False)
    if said:
        monkeypatch.setenv(said, "2")
    monkeypatch.setattr(sys, "argv", ["network.py", "time", "--seed", "3"])
    begun = []
    monkeypatch.setattr(os, "execve", lambda *all_of_it: begun.append(all_of_it))
    on_one_thread()
    if said:
        assert begun == []
    else:
        ((program, command, environment),) = begun
        assert (program, command) == (
            sys.executable,
            [sys.executable, "-m", "reference.network", "time", "--seed", "3"],
        )
        assert {environment[name] for name in THREADS} == {"1"}


def test_the_benchmark_leaves_out_a_rival_that_is_not_there(monkeypatch, capsys):
    # While torch may be looked for: it does not take None for an answer.
    importlib.import_module("sklearn.neural_network")
    monkeypatch.setattr(sys, "path", [*sys.path])
    spec = importlib.util.spec_from_file_location("epoch", ROOT / "benchmarks" / "epoch.py")
    epoch = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(epoch)
    monkeypatch.setitem(sys.modules, "torch", None)
    found = epoch.rivals()
    assert capsys.readouterr().out == "PyTorch is left out: it is not installed\n"
    assert list(found) == ["scikit-learn"]
    X, y = epoch.draw(300, "float32")
    assert X.dtype == np.float32
    epoch.print_contest("small", {name: [each(X, y)] for name, each in {"ours": epoch.ours, **found}.items()})
    assert "scikit-learn" in capsys.readouterr().out
