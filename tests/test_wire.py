"""The request and the frames: what is packed comes back, and whatever else a child sends is refused before memory is
set aside for it."""

from __future__ import annotations

import struct
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.sandbox.inside import wire
from grader.sandbox.inside.wire import WireError

settings.register_profile("busy machine", deadline=None, database=None)
settings.load_profile("busy machine")

NAN, INF = float("nan"), float("inf")

ARRAYS = st.sampled_from(["<f8", "<f4", "<i8"]).flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=5))
)
TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=8)
FLOAT_ARRAYS = ARRAYS.filter(lambda array: array.dtype.kind == "f")


def arrived(changed: list[str], array: np.ndarray) -> tuple[list[str], np.ndarray]:
    """A result, after its way through a frame that stands among others."""
    data = wire.frame(wire.READY, 0) + wire.result_frame(3, changed, array) + wire.frame(wire.DONE, 0)
    _, (kind, number, start, end), _ = wire.frames(data)
    assert (kind, number) == (wire.VALUE, 3)
    return wire.unpack_result(data, start, end)


def payload_of(changed: list[str], array: np.ndarray) -> bytes:
    """What a frame of a result holds."""
    return wire.result_frame(0, changed, array)[wire.HEADER.size :]


def unpack_result(data: bytes) -> tuple[list[str], np.ndarray]:
    """The result of a whole payload."""
    return wire.unpack_result(data, 0, len(data))


def read_everything(data: bytes) -> None:
    """Give the bytes to every reader of what a child sends; each must return or raise WireError."""
    for read in (wire.unpack_texts, unpack_result):
        try:
            read(data)
        except WireError:
            continue


def result_bytes(code: int, sizes: list[int], raw: bytes = b"", has_texts: int = 0) -> bytes:
    """A payload of a result as a liar might write it."""
    return bytes((has_texts, code, len(sizes))) + struct.pack(f"<{len(sizes)}I", *sizes) + raw


# ---------------------------------------------------------------- round trips


@given(st.integers(-(2**63), 2**63 - 1))
def test_an_integer_comes_back_as_an_integer(number):
    value = wire.unpack_value(wire.pack_value(number), 0)
    assert type(value) is int
    assert value == number


@given(st.integers(-(2**63), 2**63 - 1))
def test_a_numpy_integer_comes_back_as_a_numpy_integer(number):
    value = wire.unpack_value(wire.pack_value(np.int64(number)), 0)
    assert type(value) is np.int64
    assert value == number


@given(st.floats())
def test_a_float_comes_back_bit_by_bit(number):
    value = wire.unpack_value(wire.pack_value(number), 0)
    assert type(value) is float
    assert struct.pack("<d", value) == struct.pack("<d", number)


@pytest.mark.parametrize("number", [NAN, INF, -INF, -0.0, 0.0, 5e-324])
def test_the_special_floats_come_back_bit_by_bit(number):
    assert struct.pack("<d", wire.unpack_value(wire.pack_value(number), 0)) == struct.pack("<d", number)


@given(ARRAYS)
def test_an_array_comes_back_with_its_type_its_shape_and_its_bits(array):
    value = wire.unpack_value(wire.pack_value(array), 0)
    assert value.dtype == array.dtype
    assert value.shape == array.shape
    assert value.tobytes() == array.tobytes()
    assert value.flags.c_contiguous
    assert not value.flags.writeable


@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0), (2, 0, 4)])
def test_an_array_without_entries_keeps_its_shape(shape):
    assert wire.unpack_value(wire.pack_value(np.zeros(shape)), 0).shape == shape


@pytest.mark.parametrize(
    "array",
    [np.arange(6.0).reshape(2, 3).T, np.arange(8.0)[::2], np.arange(4.0)[::-1], np.asfortranarray(np.eye(3)[:2])],
    ids=["transposed", "strided", "reversed", "Fortran-ordered"],
)
def test_an_array_in_another_order_of_memory_keeps_its_numbers(array):
    np.testing.assert_array_equal(wire.unpack_value(wire.pack_value(array), 0), array)


def test_a_value_is_found_at_its_offset():
    data = wire.pack_value(1) + wire.pack_value(np.array([1.0, 2.0])) + wire.pack_value(3.5)
    assert wire.unpack_value(data, 0) == 1
    assert wire.unpack_value(data, 9).tolist() == [1.0, 2.0]
    assert wire.unpack_value(data, 9 + 3 + 4 + 16) == 3.5
    assert wire.unpack_value(memoryview(data), 9).tolist() == [1.0, 2.0]


@given(st.lists(st.integers(0, 2**32 - 1), max_size=20), st.binary(max_size=9))
def test_places_come_back(places, before):
    assert wire.unpack_places(before + wire.pack_places(places) + b"more", len(before)) == tuple(places)


PARTS = st.integers() | st.booleans() | st.none() | st.text(max_size=9)
TABLES = st.dictionaries(st.text(max_size=9), PARTS | st.lists(st.lists(PARTS, max_size=3), max_size=3), max_size=4)


@given(TABLES, st.binary(max_size=20))
def test_a_table_comes_back_with_what_stands_after_it(table, rest):
    found, after = wire.unpack_table(wire.pack_table(table) + rest)
    assert found == table
    assert bytes(after) == rest


@given(TEXTS)
def test_texts_come_back(texts):
    assert wire.unpack_texts(wire.pack_texts(*texts)) == texts


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("", ""),
        ("\x00\n\u202e\U0001f600", "\x00\n\u202e\U0001f600"),
        ("half of a pair: \ud83d", "half of a pair: \\ud83d"),
        ("x" * 100_000, "x" * wire.MAX_TEXT_BYTES),
    ],
    ids=["empty", "odd characters", "surrogate", "long"],
)
def test_any_text_can_be_packed(text, back):
    assert wire.unpack_texts(wire.pack_texts(text, "next")) == [back, "next"]


def test_bytes_that_are_no_utf_8_become_a_text_all_the_same():
    assert wire.unpack_texts(struct.pack("<HI", 1, 2) + b"a\xff") == ["a\ufffd"]


@given(TEXTS, FLOAT_ARRAYS)
def test_a_result_comes_back(changed, array):
    texts, value = arrived(changed, array)
    assert texts == changed
    assert value.dtype == array.dtype
    assert value.shape == array.shape
    assert value.tobytes() == array.tobytes()
    assert value.base is None  # it keeps nothing alive but itself


@given(FLOAT_ARRAYS.filter(lambda array: array.size > 1))
def test_a_result_in_another_order_of_memory_keeps_its_numbers(array):
    for turned in (array.T, array[::-1], np.asfortranarray(array)):
        np.testing.assert_array_equal(arrived([], turned)[1], turned)


@given(st.sampled_from(list(wire.KINDS)), st.integers(0, 2**32 - 1), st.binary(max_size=50), st.binary(max_size=20))
def test_a_frame_says_its_kind_its_number_and_where_its_payload_lies(kind, number, payload, before):
    data = wire.frame(wire.READY, 0, before) + wire.frame(kind, number, payload)
    _, found = wire.frames(data)
    assert found[:2] == (kind, number)
    assert data[found[2] : found[3]] == payload


# ---------------------------------------------------------------- refusals


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_read_or_refused_with_a_wire_error(data):
    read_everything(data)


@given(
    st.sampled_from([0, 1, 2, 255]),
    st.lists(st.one_of(st.integers(0, 3), st.integers(0, 2**32 - 1)), max_size=9),
    st.binary(max_size=64),
    st.sampled_from([0, 1, 2]),
)
def test_arrays_that_lie_about_their_sizes_are_read_or_refused_with_a_wire_error(code, sizes, raw, has_texts):
    read_everything(result_bytes(code, sizes, raw, has_texts))


@given(TEXTS, FLOAT_ARRAYS, st.integers(0, 60), st.binary(min_size=1, max_size=60))
def test_no_result_is_read_beyond_its_end(changed, array, missing, rest):
    """What stands after a frame is none of its business: a result is the same, or refused in the same words."""
    data = payload_of(changed, array)
    end = max(len(data) - missing, 0)
    answers = []
    for after in (b"", rest):
        try:
            texts, value = wire.unpack_result(data[:end] + after, 0, end)
            answers.append((texts, value.shape, value.tobytes()))
        except WireError as error:
            answers.append(str(error))
    assert answers[0] == answers[1]


@given(st.binary(min_size=wire.HEADER.size, max_size=40))
def test_arbitrary_headers_are_read_or_refused_with_a_wire_error(data):
    try:
        found = list(wire.frames(data))
    except WireError:
        return
    assert all(kind in wire.KINDS and end <= len(data) for kind, _, _, end in found)


PAYLOADS = {
    "texts": (wire.pack_texts("one", "", "two é"), wire.unpack_texts),
    "a result": (payload_of([], np.eye(2)), unpack_result),
    "a result in single precision": (payload_of([], np.eye(2, dtype=np.float32)), unpack_result),
    "a number": (payload_of([], np.array(2.5)), unpack_result),
    "a result with texts": (payload_of(["x", "W1"], np.eye(2)), unpack_result),
}


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_that_is_cut_anywhere_is_refused(name):
    payload, read = PAYLOADS[name]
    read(payload)
    for end in range(len(payload)):
        with pytest.raises(WireError):
            read(payload[:end])


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_with_a_byte_too_many_is_refused(name):
    payload, read = PAYLOADS[name]
    with pytest.raises(WireError, match=r"^bytes after the (array|last text)$"):
        read(payload + b"\x00")


REFUSED_HEADERS = [
    ("kind 0", (0, 0, 0), "a frame of kind 0 and 0 bytes"),
    ("kind beyond the last", (wire.STAGE + 1, 0, 0), "a frame of kind 17 and 0 bytes"),
    ("junk", (255, 2**32 - 1, 2**32 - 1), "a frame of kind 255 and 4294967295 bytes"),
    ("a byte too long", (wire.VALUE, 0, wire.MAX_PAYLOAD + 1), f"a frame of kind 7 and {wire.MAX_PAYLOAD + 1} bytes"),
]


@pytest.mark.parametrize(
    ("header", "message"), [row[1:] for row in REFUSED_HEADERS], ids=[r[0] for r in REFUSED_HEADERS]
)
def test_a_header_that_no_frame_has_is_refused(header, message):
    with pytest.raises(WireError) as refusal:
        list(wire.frames(wire.HEADER.pack(*header)))
    assert str(refusal.value) == message


REFUSED_TEXTS = [
    ("nothing", b"", "no texts: unpack_from requires a buffer of at least 2 bytes"),
    ("too many", struct.pack("<H", 201) + bytes(4 * 201), "201 texts in one frame"),
    ("65535 of them", b"\xff\xff", "65535 texts in one frame"),
    ("fewer than announced", struct.pack("<HI", 2, 0), "no texts: unpack_from requires a buffer of at least 10 bytes"),
    ("longer than the frame", struct.pack("<HI", 1, 3) + b"ab", "a text longer than its frame"),
    ("4 GB long", struct.pack("<HI", 1, 2**32 - 1) + b"ab", "a text longer than its frame"),
    ("more than announced", struct.pack("<H", 0) + b"a", "bytes after the last text"),
]


@pytest.mark.parametrize(("data", "message"), [row[1:] for row in REFUSED_TEXTS], ids=[row[0] for row in REFUSED_TEXTS])
def test_texts_that_lie_about_themselves_are_refused(data, message):
    with pytest.raises(WireError) as refusal:
        wire.unpack_texts(data)
    assert str(refusal.value).startswith(message)


def test_as_many_texts_as_are_allowed_are_read():
    texts = [str(n) for n in range(wire.MAX_TEXTS)]
    assert wire.unpack_texts(wire.pack_texts(*texts)) == texts


ONE_TEXT = wire.pack_texts("x")
REFUSED_RESULTS = [
    ("nothing", b"", "no result"),
    ("two bytes", bytes(2), "no result"),
    ("integers", result_bytes(2, [1], bytes(8)), "a result of type 2 with 1 axes"),
    ("an unknown element type", result_bytes(255, [1], bytes(8)), "a result of type 255 with 1 axes"),
    ("nine axes", result_bytes(0, [1] * 9, bytes(8)), "a result of type 0 with 9 axes"),
    ("255 axes", b"\x00\x00\xff" + bytes(2000), "a result of type 0 with 255 axes"),
    ("fewer sizes than axes", b"\x00\x00\x02" + bytes(7), "a result of type 0 with 2 axes"),
    ("no array", b"\x00\x00\x00", "an array of shape () in 0 bytes"),
    ("more than there is", result_bytes(0, [2], bytes(15)), "an array of shape (2,) in 15 bytes"),
    ("the largest shape", result_bytes(0, [2**32 - 1] * 8), f"an array of shape {(2**32 - 1,) * 8} in 0 bytes"),
    (
        "an overflow in 64 bits",
        result_bytes(0, [2**31, 2**30]),
        "an array of shape (2147483648, 1073741824) in 0 bytes",
    ),
    ("an overflow to zero", result_bytes(1, [2**31, 2**31]), "an array of shape (2147483648, 2147483648) in 0 bytes"),
    (
        "larger than any value, and all there",
        result_bytes(0, [2**20 + 1], bytes(8 * 2**20 + 8)),
        "an array of shape (1048577,) in 8388616 bytes",
    ),
    (
        "no entries, and impossible other axes",
        result_bytes(0, [0] + [2**32 - 1] * 7),
        f"an array of shape {(0,) + (2**32 - 1,) * 7}, which there can not be",
    ),
    ("bytes after the array", result_bytes(0, [1], bytes(9)), "bytes after the array"),
    ("texts that were not announced", result_bytes(0, [1], bytes(8) + ONE_TEXT), "bytes after the array"),
    ("no texts, though announced", result_bytes(0, [1], bytes(8), 1), "no texts: unpack_from requires"),
    ("bytes after the texts", result_bytes(0, [1], bytes(8) + ONE_TEXT + b"x", 1), "bytes after the last text"),
    ("texts announced otherwise", result_bytes(0, [1], bytes(8) + ONE_TEXT, 2), "a result of type 0 with 1 axes"),
]


@pytest.mark.parametrize(("data", "message"), [row[1:] for row in REFUSED_RESULTS], ids=[r[0] for r in REFUSED_RESULTS])
def test_a_result_that_is_none_is_refused(data, message):
    with pytest.raises(WireError) as refusal:
        unpack_result(data)
    assert str(refusal.value).startswith(message)


def test_a_result_that_ends_beyond_what_there_is_is_refused():
    data = payload_of([], np.eye(2))
    with pytest.raises(WireError, match=r"^no result$"):
        wire.unpack_result(data, 0, len(data) + 1)


SHAPES = [(), (3,), (2, 2), (0, 4), (1, 1, 5)]
USUAL = wire.Usual([4, 0, 7, 8, 2], SHAPES)
VALUES = [np.arange(np.prod(shape, dtype=int), dtype=float).reshape(shape) for shape in SHAPES]


def answers(values=VALUES, numbers=USUAL.numbers, changed=()) -> bytes:
    """The frames of these values, changed in the parameter `x` where their numbers are among these."""
    frames = (wire.result_frame(n, ["x"] * (n in changed), v) for n, v in zip(numbers, values, strict=False))
    return b"".join(frames)


def test_answers_of_the_expected_shapes_are_read_at_once():
    before, after = wire.frame(wire.READY, 0), wire.frame(wire.DONE, 0)
    end, whole = USUAL.read(before + answers() + after, len(before))
    values = [USUAL.value(number, whole) for number in USUAL.numbers]
    assert end == len(before + answers())
    assert whole.tolist() == [number for value in VALUES for number in value.ravel().tolist()]
    assert [value.shape for value in values] == SHAPES
    for value, sent in zip(values, VALUES, strict=True):
        assert value.dtype == np.float64
        assert value.tobytes() == sent.tobytes()


UNUSUAL = [
    ("nothing", b""),
    ("too few", answers(VALUES[:-1])),
    ("cut", answers()[:-1]),
    ("another kind", wire.frame(wire.ODD, 4) + answers()),
    ("another first number", answers(numbers=[5, 0, 7, 8, 2])),
    ("another number", answers(numbers=[4, 0, 6, 8, 2])),
    ("single precision", answers([*VALUES[:2], VALUES[2].astype(np.float32), *VALUES[3:]])),
    ("another shape", answers([*VALUES[:2], VALUES[2].reshape(4), *VALUES[3:]])),
    ("another shape of the same size and axes", answers([*VALUES[:3], np.zeros((4, 0)), VALUES[4]])),
    ("a changed parameter", answers(changed=[8])),
]


@pytest.mark.parametrize("data", [row[1] for row in UNUSUAL], ids=[row[0] for row in UNUSUAL])
def test_other_answers_are_not_read_at_once(data):
    assert USUAL.read(data, 0) is None


def test_a_lie_about_a_size_costs_no_memory():
    lies = [
        result_bytes(0, [2**20]),
        result_bytes(0, [2**32 - 1] * 8),
        result_bytes(0, [0] + [2**32 - 1] * 7),
        result_bytes(1, [2**16, 2**16], has_texts=1),
        result_bytes(0, [1], bytes(8) + struct.pack("<HI", 1, 2**31), has_texts=1),
        struct.pack("<HI", 1, 2**31),
        struct.pack("<H", 2**16 - 1),
        struct.pack("<I", 2**31),
    ]
    tracemalloc.start()
    try:
        for lie in lies:
            read_everything(lie)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2**17
