"""What a function gave back: every kind of value, and the exact words for what is none."""

from __future__ import annotations

import datetime
import decimal
import fractions
import struct

import numpy as np
import pytest

from grader.sandbox.inside import wire
from grader.sandbox.inside.returned import as_array

NAN, INF = float("nan"), float("inf")


class Liar(np.ndarray):
    """An array that lies about itself in every way that a class can."""

    shape = property(lambda self: (7,))
    dtype = property(lambda self: np.dtype("O"))
    ndim = property(lambda self: 3)
    size = property(lambda self: 2**60)

    def tobytes(self, *_):
        return b"junk"

    def copy(self, *_):
        return "a copy"

    def __array__(self, *_, **__):
        return np.zeros(9)

    def __len__(self):
        return 99

    def __array_function__(self, *_):
        return 42

    def __array_ufunc__(self, *_, **__):
        return 42


class Convertible:
    """No array, but something that numpy would take for one."""

    def __array__(self, *_, **__):
        return np.zeros(3)


def sent(array: np.ndarray) -> np.ndarray:
    """The array as the grader gets it."""
    payload = wire.result_frame(0, [], array)[wire.HEADER.size :]
    return wire.unpack_result(payload, 0, len(payload))[1]


def contains_itself() -> list[object]:
    rows: list[object] = []
    rows.append(rows)
    return rows


# (name, what came back, the numbers, the element type)
VALUES = [
    ("a decimal", decimal.Decimal("1.5"), 1.5, "<f8"),
    ("a list of fractions", [fractions.Fraction(1, 4), 2], [0.25, 2.0], "<f8"),
    ("a float array", np.array([1.5, -2.0]), [1.5, -2.0], "<f8"),
    ("a matrix", np.array([[1.0, 2.0], [3.0, 4.0]]), [[1.0, 2.0], [3.0, 4.0]], "<f8"),
    ("three axes", np.arange(8.0).reshape(2, 2, 2), [[[0.0, 1.0], [2.0, 3.0]], [[4.0, 5.0], [6.0, 7.0]]], "<f8"),
    ("a 0-d array", np.array(3), 3.0, "<f8"),
    ("no entries", np.zeros((0, 3)), np.zeros((0, 3)), "<f8"),
    ("an empty list", [], [], "<f8"),
    ("a float", 2.5, 2.5, "<f8"),
    ("minus zero", -0.0, -0.0, "<f8"),
    ("nan", NAN, NAN, "<f8"),
    ("infinities", [INF, -INF], [INF, -INF], "<f8"),
    ("an integer", 7, 7.0, "<f8"),
    ("a numpy float", np.float64(0.1), 0.1, "<f8"),
    ("a list", [1, 2.5], [1.0, 2.5], "<f8"),
    ("a tuple", (1, 2), [1.0, 2.0], "<f8"),
    ("nested lists", [[1, 2], (3, 4)], [[1.0, 2.0], [3.0, 4.0]], "<f8"),
    ("a list of arrays", [np.array([1.0]), np.array([2.0])], [[1.0], [2.0]], "<f8"),
    ("np.matrix", np.array([[1.0, 2.0]]).view(np.matrix), [[1.0, 2.0]], "<f8"),
    ("float32 stays float32", np.array([0.1], dtype=np.float32), np.array([0.1], dtype=np.float32), "<f4"),
    ("a float32 number", np.float32(0.1), np.float32(0.1), "<f4"),
    ("a list of float32", [np.float32(0.1)], np.array([0.1], dtype=np.float32), "<f4"),
    ("big-endian float32", np.array([0.5], dtype=">f4"), np.array([0.5], dtype=np.float32), "<f4"),
    ("big-endian", np.array([0.1], dtype=">f8"), [0.1], "<f8"),
    ("float16", np.array([0.5], dtype=np.float16), [0.5], "<f8"),
    ("longdouble", np.array([0.1], dtype=np.longdouble), [0.1], "<f8"),
    ("a longdouble beyond float64", np.longdouble("1e400"), INF, "<f8"),
    ("Fortran order", np.asfortranarray([[1.0, 2.0], [3.0, 4.0]]), [[1.0, 2.0], [3.0, 4.0]], "<f8"),
    ("a negative stride", np.arange(3.0)[::-1], [2.0, 1.0, 0.0], "<f8"),
    ("broadcast", np.broadcast_to(np.float64(1.0), (2, 2)), [[1.0, 1.0], [1.0, 1.0]], "<f8"),
    ("a masked array without masked entries", np.ma.array([1.0, 2.0]), [1.0, 2.0], "<f8"),
    ("an array that lies", np.arange(4.0).view(Liar), [0.0, 1.0, 2.0, 3.0], "<f8"),
    ("the largest array", np.zeros(2**20), np.zeros(2**20), "<f8"),
    ("an unsigned 64-bit integer", 2**63, 2.0**63, "<f8"),
    ("an integer beyond 64 bits", 2**64, 2.0**64, "<f8"),
    ("a negative integer beyond 64 bits", -(2**70), -(2.0**70), "<f8"),
]
VALUES += [
    (f"np.{kind.__name__}", kind(5), 5.0, "<f8")
    for kind in (np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64)
]

# (name, what came back, the words for it)
ODD = [
    ("None", None, "None"),
    ("True", True, "the truth value True"),
    ("np.bool_", np.bool_(False), "the truth value False"),
    ("a truth value of 0 axes", np.array(True), "a value of truth values"),
    ("an array of truth values", np.array([True]), "an array of truth values (dtype bool)"),
    ("a list of truth values", [True, False], "a list of truth values (dtype bool)"),
    ("a string", "abc", "the string 'abc'"),
    ("a long string", "x" * 9999, f"the string '{'x' * 2000}'"),
    ("a number as a string", "3.5", "the string '3.5'"),
    ("a numpy string", np.str_("abc"), "the string 'abc'"),
    ("bytes", b"abc", "the string b'abc'"),
    ("a bytearray", bytearray(b"abc"), "a bytearray"),
    ("a dict", {"grad": 1}, "a dict"),
    ("a set", {1}, "a set"),
    ("a generator", (i for i in range(3)), "a generator"),
    ("a range", range(3), "a range"),
    ("a function", lambda: 0, "a function"),
    ("a class", int, "a type"),
    ("an object", object(), "an object"),
    ("something convertible", Convertible(), "a Convertible"),
    ("a complex number", 1j, "a complex number"),
    ("a numpy complex number", np.complex64(1), "a complex number"),
    ("an array of complex numbers", np.array([1j]), "an array of complex numbers (dtype complex128)"),
    ("a list of complex numbers", [1j], "a list of complex numbers (dtype complex128)"),
    ("an array of objects", np.array([None, 1.0]), "an array of objects (dtype object)"),
    ("numbers in an array of objects", np.array([1.0, 2], dtype=object), "an array of objects (dtype object)"),
    ("a list of None", [None], "a list of objects (dtype object)"),
    ("a tuple of None", (None, 1), "a tuple of objects (dtype object)"),
    ("a tuple of dicts", ({}, {}), "a tuple of objects (dtype object)"),
    ("ragged lists", [[1], [1, 2]], "a list of 2 whose parts have different shapes"),
    ("a ragged tuple", ([1], [1, 2], 3), "a tuple of 3 whose parts have different shapes"),
    ("a list that contains itself", contains_itself(), "a list of 1 whose parts have different shapes"),
    ("two gradients", (np.zeros((2, 3)), np.zeros(2)), "a tuple of 2 whose parts have different shapes"),
    ("a list of strings", ["1", "2"], "a list of strings"),
    ("numbers and strings", [1.0, "2"], "a list of strings"),
    ("an array of strings", np.array(["1"]), "an array of strings"),
    ("an array of bytes", np.array([b"1"]), "an array of strings"),
    ("a date", np.datetime64("2020-01-01"), "a value of the type datetime64[D]"),
    ("a Python date", datetime.date(2020, 1, 1), "a date"),
    ("a list of dates", [np.datetime64("2020-01-01")], "a list of the type datetime64[D]"),
    ("named fields", np.zeros(2, dtype=[("a", "<i8")]), "an array of the type [('a', '<i8')]"),
    ("one masked entry", np.ma.array([1.0, 2.0], mask=[0, 1]), "a masked array with 1 masked entry"),
    ("masked entries", np.ma.array([1.0, 2.0], mask=True), "a masked array with 2 masked entries"),
    ("np.ma.masked", np.ma.masked, "a masked array with 1 masked entry"),
    ("a list of masked arrays", [np.ma.array([1.0, 2.0], mask=[0, 1])], "a list of masked arrays"),
    ("an entry too many", np.zeros(2**20 + 1), "an array of shape (1048577,), far larger than what was asked for"),
    (
        "a huge array without memory",
        np.broadcast_to(1.0, (2**29, 2**29)),
        "an array of shape (536870912, 536870912), far larger than what was asked for",
    ),
]


@pytest.mark.parametrize(("value", "numbers", "dtype"), [row[1:] for row in VALUES], ids=[row[0] for row in VALUES])
def test_numbers_become_an_array_of_floats_that_can_be_sent(value, numbers, dtype):
    array = as_array(value)
    assert isinstance(array, np.ndarray), array
    assert type(array) is np.ndarray
    assert array.dtype == np.dtype(dtype)
    np.testing.assert_array_equal(array, np.asarray(numbers, dtype=dtype), strict=True)
    np.testing.assert_array_equal(sent(array), array, strict=True)


@pytest.mark.parametrize(("value", "words"), [row[1:] for row in ODD], ids=[row[0] for row in ODD])
def test_what_is_no_array_of_numbers_is_named(value, words):
    answer = as_array(value)
    assert isinstance(answer, str), answer
    assert answer == words


@pytest.mark.parametrize("value", [10**400, [10**400]], ids=["10**400", "[10**400]"])
def test_a_number_that_no_float_can_hold_is_no_value(value):
    assert isinstance(as_array(value), str)


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64])
@pytest.mark.parametrize("shape", [(), (2,), (2, 3)])
def test_what_was_sent_stays_as_it_was(shape, dtype):
    given = np.ones(shape, dtype=dtype)
    arrived = sent(as_array(given))
    given[...] = 5.0
    np.testing.assert_array_equal(arrived, np.ones(shape))


def test_the_sign_of_zero_and_nan_are_kept():
    assert as_array(-0.0).tobytes() == struct.pack("<d", -0.0)
    assert np.isnan(as_array([NAN, 1.0])).tolist() == [True, False]


def test_a_float32_overflow_does_not_warn():
    with np.errstate(all="raise"):
        assert as_array(np.longdouble("1e4000")) == INF


@pytest.mark.parametrize(
    "value",
    [np.ones((1,) * 9), np.ones((1,) * 32), np.zeros((0, 2**33))],
    ids=["nine axes", "32 axes", "an axis of 2**33"],
)
def test_whatever_counts_as_a_value_can_be_sent(value):
    array = as_array(value)
    if isinstance(array, np.ndarray):
        sent(array)
