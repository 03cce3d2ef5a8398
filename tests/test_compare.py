"""The comparator: what agrees, what differs and in which words; and comparators with a fault, which must be caught."""

from __future__ import annotations

import numpy as np
import pytest

from grader.compare import Expected, compare, tell_apart
from grader.models import Difference, Tolerance

T = Tolerance()
NAN, INF = float("nan"), float("inf")


def f4(values):
    return np.array(values, dtype=np.float32)


# (name, actual, expected)
AGREE = [
    ("equal", [1.0, 2.0], [1.0, 2.0]),
    ("a single number", 3.0, 3.0),
    ("integers", np.array([1, 2]), [1.0, 2.0]),
    ("unsigned integers", np.array([1, 2], dtype=np.uint8), [1.0, 2.0]),
    ("just inside the absolute tolerance", [0.9e-6], [0.0]),
    ("just inside the tolerance scaled by expected", [1000.0 + 0.0099], [1000.0]),
    ("the scale is the largest expected entry", [1000.0, 0.0099], [1000.0, 0.0]),
    ("a vector as a column", [[1.0], [2.0]], [1.0, 2.0]),
    ("a vector as a row", [[1.0, 2.0]], [1.0, 2.0]),
    ("a vector of one as (1, 1)", [[5.0]], [5.0]),
    ("float32 at its own precision", f4([1 / 3, 1000 / 3]), [1 / 3, 1000 / 3]),
    ("float32 with a few roundings", f4([1000.0 * (1 + 1.5e-5)]), [1000.0]),
    ("both zeros", [0.0], [-0.0]),
    ("nothing in both", np.zeros((0,)), np.zeros((0,))),
]

DIFFER = [
    ("another value", [1.0, 5.0], [1.0, 4.0], "values", "expected 4, got 5 at [1] (1 of 2 entries differ)"),
    ("a single number", 3.5, 3.0, "values", "expected 3, got 3.5"),
    ("a matrix", [[1.0, 2.0], [3.0, 5.0]], [[1.0, 2.0], [3.0, 4.0]], "values",
     "expected 4, got 5 at [1, 1] (1 of 4 entries differ)"),
    ("all entries", [-1.0, -2.0], [1.0, 2.0], "values", "expected 1, got -1 at [0] (2 of 2 entries differ)"),
    ("digits tell them apart", [1.00012], [1.0], "values", "expected 1, got 1.0001 at [0] (1 of 1 entry differs)"),
    ("no number is shown as -0", [1.5], [-0.0], "values", "expected 0, got 1.5 at [0] (1 of 1 entry differs)"),
    ("just outside the absolute tolerance", [1.2e-6], [0.0], "values",
     "expected 0, got 1.2e-06 at [0] (1 of 1 entry differs)"),
    ("the tolerance is not scaled by actual", [1e9], [1.0], "values",
     "expected 1, got 1e+09 at [0] (1 of 1 entry differs)"),
    ("nan never agrees", [NAN, 1.0], [1.0, 1.0], "finite", "expected 1, got nan at [0] (1 of 2 entries differ)"),
    ("nan does not even agree with nan", [NAN], [NAN], "finite", "expected nan, got nan at [0] (1 of 1 entry differs)"),
    ("infinity never agrees", [INF], [1e308], "finite", "expected 1e+308, got inf at [0] (1 of 1 entry differs)"),
    ("nan is told before a wrong number", [7.0, NAN], [1.0, 1.0], "finite",
     "expected 1, got nan at [1] (2 of 2 entries differ)"),
    ("transposed", np.zeros((2, 3)), np.zeros((3, 2)), "shape", "expected shape (3, 2), got shape (2, 3)"),
    ("broadcast to a square", np.zeros((3, 3)), np.zeros(3), "shape", "expected shape (3,), got shape (3, 3)"),
    ("a number where a vector of one is due", 5.0, [5.0], "shape", "expected shape (1,), got a single number"),
    ("a vector of one where a number is due", [5.0], 5.0, "shape", "expected a single number, got shape (1,)"),
    ("a number does not stand for a vector", 0.0, [0.0, 0.0], "shape", "expected shape (2,), got a single number"),
    ("a row where a matrix is due", [1.0, 2.0], [[1.0, 2.0]], "shape", "expected shape (1, 2), got shape (2,)"),
    ("a vector too long", [1.0, 2.0, 3.0], [1.0, 2.0], "shape", "expected shape (2,), got shape (3,)"),
    ("a vector with an axis too many", [[[1.0]], [[2.0]]], [1.0, 2.0], "shape",
     "expected shape (2,), got shape (2, 1, 1)"),
    ("float32 that is wrong", f4([1.0001]), [1.0], "values", "expected 1, got 1.0001 at [0] (1 of 1 entry differs)"),
    ("float64 is not judged as float32", [1.00005], [1.0], "values",
     "expected 1, got 1.0001 at [0] (1 of 1 entry differs)"),
]  # fmt: skip


def agrees(comparator, actual, expected):
    return comparator(np.asarray(actual), np.asarray(expected, dtype=np.float64), T) is None


@pytest.mark.parametrize(("actual", "expected"), [row[1:] for row in AGREE], ids=[row[0] for row in AGREE])
def test_agree(actual, expected):
    assert compare(np.asarray(actual), np.asarray(expected, dtype=np.float64), T) is None


@pytest.mark.parametrize(
    ("actual", "expected", "kind", "message"), [row[1:] for row in DIFFER], ids=[row[0] for row in DIFFER]
)
def test_differ(actual, expected, kind, message):
    difference = compare(np.asarray(actual), np.asarray(expected, dtype=np.float64), T)
    assert isinstance(difference, Difference)
    assert (difference.kind, difference.message) == (kind, message)


def test_all_values_at_once_agree_as_one_by_one():
    pairs = [(np.asarray(row[1]), np.asarray(row[2], dtype=np.float64)) for row in (*AGREE, *DIFFER)]
    alone = [compare(actual, expected, T) is None for actual, expected in pairs]
    assert Expected([expected for _, expected in pairs], T).agree([actual for actual, _ in pairs]) == alone
    for (actual, expected), agrees_alone in zip(pairs, alone, strict=True):
        assert Expected([expected], T).agree([actual]) == [agrees_alone]
    right = Expected([expected for _, expected in pairs if np.isfinite(expected).all()], T)
    assert right.agree(right.values) == [True] * len(right.values)


def test_values_in_one_piece_agree_as_one_by_one():
    aims = Expected([np.zeros(2), np.zeros((2, 2)), np.zeros(0), np.ones(1)], T)
    whole = np.array([0, 0, 0, 0, 0, 1e-3, 1.0])
    assert aims.agree_in_one(whole) == [True, False, True, True]
    assert aims.agree_in_one(np.where(whole == 1e-3, np.nan, whole)) == [True, False, True, True]
    assert aims.agree_in_one(np.where(whole == 1e-3, 0.0, whole)) == [True] * 4
    for other in (whole[:-1], np.append(whole, 0.0), np.zeros(0)):  # not those that are expected
        assert aims.agree_in_one(other) is None


def test_all_values_at_once_need_the_exact_shape_where_one_does():
    values = [np.zeros(2), np.zeros(2), np.zeros((2, 2))]
    columns = [np.zeros((2, 1)), np.zeros(2), np.zeros((2, 2))]
    assert Expected(values, T, exact_shape=True).agree(columns) == [False, True, True]
    assert Expected(values, T).agree(columns) == [True, True, True]


def test_no_value_agrees_with_nothing():
    assert Expected([np.zeros(2), np.zeros(0), np.ones(1)], T).agree([None, None, np.ones(1)]) == [False, False, True]
    assert Expected([], T).agree([]) == []


def test_the_shape_is_told_in_the_homeworks_own_letters():
    difference = compare(np.zeros((4, 4)), np.zeros((4,)), T, letters=("dh",))
    assert difference is not None
    assert difference.message == "expected shape (dh,) = (4,), got shape (4, 4)"


def test_exact_shape_takes_a_column_for_a_column():
    assert compare(np.zeros((2, 1)), np.zeros(2), T) is None
    difference = compare(np.zeros((2, 1)), np.zeros(2), T, exact_shape=True)
    assert difference is not None
    assert difference.message == "expected shape (2,), got shape (2, 1)"


def test_where_and_how_many_are_told():
    difference = compare(np.array([[1.0, 9.0], [9.0, 1.0]]), np.ones((2, 2)), T)
    assert difference is not None
    assert (difference.where, difference.differing, difference.total) == (((0, 1), (1, 0)), 2, 4)


def test_the_rubrics_tolerance_is_used():
    assert compare(np.array([1.05]), np.array([1.0]), Tolerance(rtol=0.1, atol=0)) is None
    assert compare(np.array([1.0 + 1e-9]), np.array([1.0]), Tolerance(rtol=0, atol=0)) is not None


def test_inputs_are_left_alone():
    actual, expected = np.array([1.0, NAN]), np.array([1.0, 2.0])
    compare(actual, expected, T)
    assert np.isnan(actual[1])
    assert expected.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    ("a", "b", "texts"),
    [
        (4.0, 5.0, ("4", "5")),
        (0.123456, 0.123467, ("0.12346", "0.12347")),
        (1.0, 1.0 + 2**-52, ("1", "1.0000000000000002")),
        (-0.0, 0.5, ("0", "0.5")),
        (1e300, 1e-300, ("1e+300", "1e-300")),
        (2.0, 2.0, ("2", "2")),
    ],
)
def test_as_few_digits_as_tell_two_numbers_apart(a, b, texts):
    assert tell_apart(a, b) == texts


# ---------------------------------------------------------------- comparators with a fault, each seen in some grader


def _broadcasts(a, e, t):
    return None if np.allclose(a, e, t.rtol, t.atol) else "differs"


def _scaled_by_actual(a, e, t):
    if a.shape != e.shape and a.size != e.size:
        return "differs"
    flat, aim = a.reshape(-1), e.reshape(-1)
    return None if (np.abs(flat - aim) <= t.atol + t.rtol * np.abs(flat).max(initial=0) * 1e6).all() else "differs"


def _nan_passes(a, e, t):
    return None if a.size == e.size and not (np.abs(a.reshape(-1) - e.reshape(-1)) > 1e-3).any() else "differs"


def _ratio(a, e, t):
    if a.size != e.size:
        return "differs"
    with np.errstate(all="ignore"):
        ratio = a.reshape(-1) / e.reshape(-1)
    return "differs" if ((ratio < 0.99) | (ratio > 1.01)).any() else None


def _strings(a, e, t):
    return None if str(np.round(a, 3)) == str(np.round(e, 3)) else "differs"


def _too_wide(a, e, t):
    return compare(a, e, Tolerance(rtol=1e-2, atol=1e-2))


def _too_narrow(a, e, t):
    return compare(a, e, Tolerance(rtol=0, atol=0))


def _any_shape(a, e, t):
    return compare(a.reshape(-1), e.reshape(-1), t) if a.size == e.size else "differs"


def _entrywise_scale(a, e, t):
    if compare(a, e, t) is not None or a.size != e.size:
        return "differs"
    return (
        None if (np.abs(a.reshape(-1) - e.reshape(-1)) <= t.atol + t.rtol * np.abs(e.reshape(-1))).all() else "differs"
    )


@pytest.mark.parametrize(
    "faulty",
    [
        _broadcasts,
        _scaled_by_actual,
        _nan_passes,
        _ratio,
        _strings,
        _too_wide,
        _too_narrow,
        _any_shape,
        _entrywise_scale,
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_comparator_with_a_fault_is_caught_by_the_cases_above(faulty):
    agree = all(agrees(faulty, actual, expected) for _, actual, expected in AGREE)
    differ = all(not _accepts(faulty, actual, expected) for _, actual, expected, _, _ in DIFFER)
    assert not (agree and differ)


def _accepts(comparator, actual, expected):
    try:
        return agrees(comparator, actual, expected)
    except ValueError:  # numpy refuses to broadcast: not accepted
        return False
