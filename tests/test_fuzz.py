"""Whatever a child writes where answers are due: each call has an outcome, the grader goes on, and takes no memory for
what is not there.

A child that was never started "writes" bytes made up here into its file of answers, in pieces, and ends.
"""

from __future__ import annotations

import os
import struct
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import IO

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.errors import SandboxError
from grader.models import Call, Calls, Happened, Limits, Outcomes, Program, Wanted
from grader.sandbox import Level, Setting, clock, process
from grader.sandbox.inside import wire, words
from grader.sandbox.said import filled

settings.register_profile("busy machine", deadline=None, database=None)
settings.load_profile("busy machine")

SETTING = Setting(Level.STRICT)
SOURCE = b"import numpy as np\ndef f(x): return x\ndef g(x): return -x\nprint(f(1))\n"
X = np.array([1.0, 2.0])
CALLS = Calls(
    (Wanted("f", ("x",), ("x",)), Wanted("g", ("x",), ("x",))),
    (Call("f", {"x": X}), Call("g", {"x": X}), Call("f", {"x": X})),
)
SHAPED = Calls(CALLS.wanted, tuple(replace(call, shape=(2,)) for call in CALLS.calls))
"""the same calls, where it is known what shape the values should have"""
CHANNEL = "it wrote into the grader's own channel ("
MOST_CHILDREN = 20
"""A statement costs a child at most, and so does a function: there is no reason for more."""

ALL_KINDS = {name: getattr(wire, name) for name in (
    "READY", "STATEMENT", "LEFT_OUT", "UNREADABLE", "BOUND", "LOADED", "VALUE", "ODD", "RAISED", "MEMORY", "UNBOUND",
    "MISSING", "EXITING", "PROBED", "DONE",
)}  # fmt: skip
READY, DONE = wire.frame(wire.READY, 0), wire.frame(wire.DONE, 0)


class Written:
    """A child that has written these pieces, one between any two looks, and then ends with this code."""

    def __init__(self, answers: IO[bytes], pieces: list[bytes], code: int) -> None:
        self.pid = os.getpid()
        self._answers, self._pieces, self._code = os.dup(answers.fileno()), list(pieces), code

    def kill(self) -> None:
        """It is no process."""

    def is_ready(self) -> bool:
        return says_ready(os.pread(self._answers, 2**20, 0))

    def ask_where(self) -> None:
        """It has said so already."""

    def ended(self, seconds: float) -> bool:
        if self._pieces:
            os.write(self._answers, self._pieces.pop(0))
        return not self._pieces

    def wait(self) -> int:
        if self._answers >= 0:
            os.close(self._answers)
            self._answers = -1
        return self._code


def read(*children: list[bytes], code: int = 0, reload: bool = False, calls: Calls = CALLS) -> Outcomes:
    """What the grader makes of these pieces. The first child writes the first list, the last one all that follow."""
    started = 0

    def start(
        setting: Setting, calls: Calls, request: bytes, answers: IO[bytes], trace: IO[bytes], folder: str
    ) -> Written:
        nonlocal started
        assert started < MOST_CHILDREN, "the grader starts one child after the other"
        pieces = children[min(started, len(children) - 1)]
        started += 1
        trace.write(b'File "submission.py", line 3 in g\n')
        return Written(answers, pieces, code)

    functions = frozenset(wanted.name for wanted in calls.wanted) if reload else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(process, "start", start)
        return process.run(SETTING, Program(SOURCE), calls, Limits(), functions=functions)


def check(outcomes: Outcomes, code: int) -> None:
    """Each call has an outcome that a student can have."""
    if outcomes.unreadable:
        assert set(outcomes.outcomes) <= {0, 1, 2}
    else:
        assert set(outcomes.outcomes) == {0, 1, 2}
    for outcome in outcomes.outcomes.values():
        assert outcome.happened in Happened
        assert len(outcome.text) <= 200 * 501
        assert (outcome.value is not None) == (outcome.happened == Happened.VALUE)
        if outcome.value is not None:
            assert outcome.value.dtype in (np.float64, np.float32)
            assert outcome.value.nbytes <= wire.MAX_VALUE_BYTES
            assert set(outcome.changed) <= {"x"}
        if outcome.happened == Happened.EXITED:
            assert outcome.text.startswith(CHANNEL) or outcome.text == f"it ended Python itself, with exit code {code}"
        if outcome.happened == Happened.CRASHED:
            assert outcome.text.startswith("Python crashed (")
    for statement in outcomes.left_out:
        assert len(statement.text) <= 500


# ---------------------------------------------------------------- what is written

NUMBERS = st.one_of(st.integers(0, 4), st.integers(0, 2**32 - 1))
TEXTS = st.lists(
    st.one_of(st.sampled_from(["", "1", "x", "f", "-1", "²", "0x7f0000001234"]), st.text(max_size=9)), max_size=9
)
ARRAYS = st.sampled_from([np.zeros(2), np.zeros(2, np.float32), np.zeros((0, 3)), np.array(3.0), np.eye(3)])


SENTENCES = st.one_of(
    st.text(max_size=200),
    st.text(max_size=9).map(lambda text: words.Words(words.EXIT_SAYING, text=text)),
    st.text(max_size=9).map(
        lambda text: words.Words(words.NOT_DEFINED, name=text, line=3, error=words.Words(words.EXIT_SAYING, text=text))
    ),
).map(words.flat)


def mostly(value: bytes) -> st.SearchStrategy[bytes]:
    return st.one_of(st.just(value), st.just(value), st.just(value), st.just(b""))


@st.composite
def honest_frames(draw: st.DrawFn) -> bytes:
    """A frame as a child writes it, though perhaps not now."""
    kind, number = draw(st.sampled_from(list(wire.KINDS))), draw(NUMBERS)
    if kind == wire.VALUE:
        return wire.result_frame(number, draw(st.sampled_from([[], ["x"], ["y"], ["x", "x"]])), draw(ARRAYS))
    if kind in (wire.LEFT_OUT, wire.RAISED, wire.MEMORY):
        return wire.frame(kind, number, wire.pack_texts(draw(st.sampled_from(["3", "0", "no"])), *draw(SENTENCES)))
    if kind in (wire.ODD, wire.UNREADABLE, wire.MISSING):
        return wire.frame(kind, number, wire.pack_texts(*draw(SENTENCES)))
    if kind == wire.BOUND:
        return wire.frame(kind, number, wire.pack_texts("f", "1", "2", "x", "", *draw(TEXTS)))
    if kind == wire.UNBOUND:
        return wire.frame(kind, number, wire.pack_texts(*draw(TEXTS)))
    return wire.frame(kind, number)


@st.composite
def lying_frames(draw: st.DrawFn) -> bytes:
    """A frame with a payload that is none, or with a length that is not its own."""
    kind, number = draw(st.integers(0, 255) | st.sampled_from(list(wire.KINDS))), draw(NUMBERS)
    payload = draw(st.one_of(st.binary(max_size=40), TEXTS.map(lambda texts: wire.pack_texts(*texts)), lying_results()))
    length = draw(st.one_of(st.just(len(payload)), st.integers(0, 60), st.integers(0, 2**32 - 1)))
    return wire.HEADER.pack(kind, number, length) + payload


@st.composite
def lying_results(draw: st.DrawFn) -> bytes:
    """An array that says of itself what it is not."""
    sizes = draw(st.lists(st.one_of(st.integers(0, 3), st.integers(0, 2**32 - 1)), max_size=9))
    head = bytes((draw(st.integers(0, 2)), draw(st.integers(0, 3)), draw(st.sampled_from([len(sizes), 0, 8, 9, 255]))))
    return head + struct.pack(f"<{len(sizes)}I", *sizes) + draw(st.binary(max_size=40))


@st.composite
def changed_bytes(draw: st.DrawFn, stream: bytes) -> bytes:
    """The bytes, some of them others, and perhaps cut."""
    data = bytearray(stream)
    for _ in range(draw(st.integers(0, 3)) if data else 0):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.one_of(st.just(len(data)), st.integers(0, len(data))))])


def in_pieces(stream: bytes) -> st.SearchStrategy[list[bytes]]:
    cuts = st.lists(st.integers(0, len(stream)), max_size=4).map(sorted)
    return cuts.map(lambda at: [stream[a:b] for a, b in zip([0, *at], [*at, len(stream)], strict=True)])


FRAMES = st.lists(st.one_of(honest_frames(), honest_frames(), lying_frames()), max_size=12).map(b"".join)
STREAMS = st.tuples(mostly(READY), FRAMES, st.sampled_from([b"", DONE])).map(b"".join)

BOUND_F, BOUND_G = (wire.frame(wire.BOUND, place, wire.pack_texts("f", "1", "2", "x", "")) for place in (0, 1))
USUAL = st.lists(ARRAYS | st.just(np.zeros(2)), min_size=3, max_size=3).map(lambda arrays: usual(*arrays))
"""what a child writes where all is well, or nearly"""
MUTATED = STREAMS.flatmap(changed_bytes)
CODES = st.sampled_from([0, 1, 70, -6, -11])


# ---------------------------------------------------------------- the fuzz


def says_ready(stream: bytes) -> bool:
    """Whether the first frame is there, whole, and the one that has to come first."""
    if len(stream) < wire.HEADER.size:
        return False
    kind, _, length = wire.HEADER.unpack_from(stream)
    return kind == wire.READY and length <= min(wire.MAX_WORDS, len(stream) - wire.HEADER.size)


def try_out(*streams: list[bytes], code: int, reload: bool) -> Outcomes | None:
    """What comes of it; nothing, if the first child was not ready, which is our fault and no outcome."""
    try:
        outcomes = read(*streams, code=code, reload=reload)
    except SandboxError:
        assert not all(says_ready(b"".join(pieces)) for pieces in streams)
        return None
    check(outcomes, code)
    return outcomes


@settings(max_examples=200)
@given(MUTATED.flatmap(in_pieces), CODES, st.booleans())
@example([READY, wire.frame(wire.STATEMENT, 2**32 - 1)], 0, False)
@example([READY, wire.frame(wire.LEFT_OUT, 2**32 - 1, wire.pack_texts("1", "", ""))], 0, False)
@example([READY, wire.frame(wire.BOUND, 0, wire.pack_texts("f", "1", "2", ""))], 0, False)
@example([READY, wire.result_frame(0, ["y"], np.zeros(2))], 0, False)
@example([READY, wire.frame(wire.UNREADABLE, 0, wire.pack_texts("", ""))], 0, False)
def test_frames_honest_and_lying_end_in_outcomes(pieces, code, reload):
    try_out(pieces, code=code, reload=reload)


@settings(max_examples=100)
@given(st.binary(max_size=200), st.booleans())
def test_arbitrary_bytes_end_in_outcomes(data, ready):
    try_out([READY * ready, data], code=0, reload=False)


@settings(max_examples=100)
@given(st.lists(STREAMS, min_size=2, max_size=5), CODES, st.booleans())
def test_children_that_write_one_thing_after_another_end_in_outcomes(streams, code, reload):
    try_out(*[[stream] for stream in streams], code=code, reload=reload)


def facts(outcomes: Outcomes | None) -> object:
    """The same for the same outcomes."""
    if outcomes is None:
        return None
    values = {
        number: (o.happened, o.text, o.line, o.changed, None if o.value is None else (o.value.shape, o.value.tobytes()))
        for number, o in outcomes.outcomes.items()
    }
    return values, outcomes.bound, outcomes.left_out, outcomes.unreadable, outcomes.in_one_go


@settings(max_examples=200)
@given((USUAL | USUAL.flatmap(changed_bytes)).flatmap(in_pieces), st.booleans())
def test_answers_that_are_read_at_once_are_those_that_are_read_one_by_one(pieces, reload):
    found = []
    for calls in (CALLS, SHAPED):
        try:
            found.append(facts(read(pieces, reload=reload, calls=calls)))
        except SandboxError as error:
            found.append(str(error))
    assert found[0] == found[1]


def usual(*arrays: np.ndarray) -> bytes:
    """What a child writes that calls f, f and g, and whose values are these."""
    f, again, g = arrays
    answers = [(BOUND_F, b""), (0, f), (2, again), (BOUND_G, b""), (1, g)]
    return READY + b"".join(a if isinstance(a, bytes) else wire.result_frame(a, [], b) for a, b in answers) + DONE


def test_a_call_that_has_an_outcome_gets_no_other_where_answers_are_read_at_once():
    first = READY + BOUND_F + wire.result_frame(0, [], np.array([3.0]))
    found = [facts(read([first], [usual(*[np.ones(2)] * 3)], code=1, calls=calls)) for calls in (CALLS, SHAPED)]
    assert found[0] == found[1]
    assert found[1][0][0][4] == ((1,), np.array([3.0]).tobytes())


def test_answers_that_are_read_at_once_are_counted(monkeypatch):
    monkeypatch.setattr(process, "MAX_FRAMES", 5)
    for calls in (CALLS, SHAPED):
        outcomes = read([usual(*[np.ones(2)] * 3)], calls=calls).outcomes
        assert outcomes[1].text == CHANNEL + "more than 5 frames)"


@settings(max_examples=100)
@given(MUTATED.flatmap(lambda stream: st.tuples(st.just(stream), in_pieces(stream))), st.booleans())
def test_it_does_not_matter_in_which_pieces_the_answers_come(written, reload):
    stream, pieces = written
    whole = facts(try_out([stream], code=0, reload=reload))
    assert facts(try_out(pieces, code=0, reload=reload)) == whole


NOT_READY = 'the child ended with code 0 before it read the student\'s file: File "submission.py", line 3 in g'


@pytest.mark.parametrize("kind", [name for name in ALL_KINDS if name != "READY"])
def test_what_comes_before_the_child_is_ready_is_our_fault(kind: str):
    with pytest.raises(SandboxError) as failure:
        read([wire.frame(ALL_KINDS[kind], 0)])
    assert str(failure.value) == NOT_READY


def test_junk_before_the_child_is_ready_is_our_fault():
    with pytest.raises(SandboxError) as failure:
        read([b"\xff" * 9])
    assert str(failure.value) == NOT_READY


def test_a_child_that_ends_before_it_is_ready_is_our_fault_and_its_last_words_are_told():
    with pytest.raises(SandboxError) as failure:
        read([READY[:8]], code=70)
    assert str(failure.value) == (
        'the child ended with code 70 before it read the student\'s file: File "submission.py", line 3 in g'
    )


def test_a_child_that_the_system_kills_is_our_fault():
    with pytest.raises(SandboxError, match=r"^the system killed the child \(out of memory, most likely\)"):
        read([READY], code=-9)


LIES = [
    ("a kind that is none", wire.frame(0, 0), "a frame of kind 0 and 0 bytes"),
    ("a kind too high", wire.frame(wire.STAGE + 1, 0), "a frame of kind 17 and 0 bytes"),
    ("4 GB of a value", wire.HEADER.pack(wire.VALUE, 0, 2**32 - 1), "a frame of kind 7 and 4294967295 bytes"),
    ("too many words", wire.HEADER.pack(wire.ODD, 0, wire.MAX_WORDS + 1), "a frame of kind 8 and 262145 bytes"),
    ("ready twice", READY, "a frame of kind 1, out of turn"),
    ("done too early", DONE, "a frame of kind 15, out of turn"),
    ("an answer of the self-test", wire.frame(wire.PROBED, 0), "a frame of kind 14, out of turn"),
    ("a call that is none", wire.result_frame(3, [], X), "an answer to call 3, which is not open"),
    ("a call twice", wire.result_frame(0, [], X) * 2, "an answer to call 0, which is not open"),
    ("a function that is none", wire.frame(wire.MISSING, 2, wire.pack_texts()), "function number 2"),
    ("loaded twice", wire.frame(wire.LOADED, 0) * 2, "loaded once too often"),
    ("a statement after all", wire.frame(wire.LOADED, 0) + wire.frame(wire.STATEMENT, 1), "statement 1, out of turn"),
    ("no texts", wire.frame(wire.ODD, 0), "no texts: unpack_from requires a buffer of at least 2 bytes"),
    ("no line", wire.frame(wire.RAISED, 0, wire.pack_texts()), "a sentence that is cut off"),
    ("no sentence", wire.frame(wire.ODD, 0, wire.pack_texts()), "a sentence that is cut off"),
    ("a sentence of its own", wire.frame(wire.ODD, 0, wire.pack_texts("{0.__class__}", "", "a")), "a sentence that is not among ours"),
    ("two texts for one", wire.frame(wire.ODD, 0, wire.pack_texts("", "a", "b")), "texts after the end of a sentence"),
    ("no value", wire.frame(wire.ODD, 0, wire.pack_texts(words.A_TYPE)), "a sentence that is cut off"),
    ("half a value", wire.frame(wire.ODD, 0, wire.pack_texts(words.A_TYPE, "")), "a sentence that is cut off"),
    ("a value too many", wire.frame(wire.ODD, 0, wire.pack_texts(words.LIST, "", "a")), "texts after the end of a sentence"),
    ("a sentence in itself", wire.frame(wire.ODD, 0, wire.pack_texts(*[words.LOOKS_OLD] * 9)), "a sentence that is not among ours"),
    ("no account of a binding", wire.frame(wire.BOUND, 0, wire.pack_texts("f")), "no account of how a function was bound"),
    ("an impossible array", wire.frame(wire.VALUE, 0, b"\0\0\2" + b"\xff" * 8), "an array of shape (4294967295, 4294967295) in 0 bytes"),
    ("a change of what was not given", wire.result_frame(0, ["y"], X), "a change to what the function never had"),
]  # fmt: skip


@pytest.mark.parametrize(("lie", "reason"), [row[1:] for row in LIES], ids=[row[0] for row in LIES])
def test_a_lie_costs_the_function_that_was_at_work(lie: bytes, reason: str):
    honest = [wire.frame(wire.LOADED, 0), *(wire.result_frame(number, [], X) for number in (0, 1, 2)), DONE]
    rest = [wire.frame(wire.LOADED, 0), wire.result_frame(1, [], X), DONE]
    assert read([READY, *honest]).outcomes.keys() == {0, 1, 2}
    outcomes = read([READY, lie], [READY, *rest])
    told = {number: outcome for number, outcome in outcomes.outcomes.items() if outcome.happened == Happened.EXITED}
    (blamed,) = told.values()
    assert blamed.text.startswith(f"{CHANNEL}{reason}")
    assert min(told) in (0, 2)
    assert outcomes.outcomes[1].happened == Happened.VALUE


# ---------------------------------------------------------------- time and memory


def test_a_child_can_not_make_the_grader_start_others_for_ever():
    """It says of the statement that ended the child before it that it only failed, and ends at another one."""
    text = wire.pack_texts("1", "", "")
    first = READY + wire.frame(wire.LEFT_OUT, 1, text) + wire.frame(wire.STATEMENT, 0)
    second = READY + wire.frame(wire.LEFT_OUT, 0, text) + wire.frame(wire.STATEMENT, 1)
    read(*[[first], [second]] * MOST_CHILDREN)


def test_a_child_can_not_gain_time_by_telling_of_statements_that_are_not_there(monkeypatch: pytest.MonkeyPatch):
    """It waits, and says now and then that it has come to the next statement: the file has four."""
    passed = 0.0

    def ended(child: Written, seconds: float) -> bool:
        nonlocal passed
        passed += 10.0
        return really_ended(child, seconds)

    really_ended = Written.ended
    monkeypatch.setattr(Written, "ended", ended)
    monkeypatch.setattr(clock, "time", SimpleNamespace(monotonic=lambda: passed, clock_gettime=lambda _: 0.0))
    outcomes = read([READY, *(wire.frame(wire.STATEMENT, number) for number in range(1000))], [READY, DONE])
    assert passed < 1000.0
    assert outcomes.left_out[0].text == "it waited for more than 156 s, together with what was before it"


@given(st.sampled_from(sorted(words.KNOWN)), st.text() | st.sampled_from(["{", "{0}", "{name}", "{0.__class__}", "%s"]))
def test_a_sentence_arrives_as_it_was_said_whatever_is_filled_in(template: str, text: str):
    said = words.Words(template, **dict.fromkeys(words.KNOWN[template], text))
    assert filled(words.flat(said)) == said
    around = words.Words(words.NOT_DEFINED, name=text, line=3, error=said)
    assert filled(words.flat(around)) == around


@given(st.lists(st.sampled_from(["", *words.KNOWN]) | st.text(max_size=9), max_size=12))
def test_any_texts_are_a_sentence_or_refused(texts: list[str]):
    try:
        assert isinstance(filled(texts), str)
    except wire.WireError as refusal:
        assert str(refusal).split(" that ")[0] in ("a sentence", "texts after the end of a sentence")  # noqa: PT017


def peak(action: Callable[[], object]) -> int:
    """The most memory that Python had at once, in bytes, beyond what it had before."""
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@settings(max_examples=50)
@given(MUTATED, st.booleans())
def test_what_is_small_takes_little_memory_whatever_it_says_of_its_size(stream, reload):
    try_out([stream], code=0, reload=reload)  # what is made once is made
    assert peak(lambda: try_out([stream], code=0, reload=reload)) < 2**21


FILE = 2**26
"""What a child can write at most."""


def fill(unit: bytes, size: int = FILE) -> bytes:
    return unit * ((size - len(READY)) // len(unit))


FLOODS = {
    "zeros": bytes(FILE),
    "words about statements that are not there": fill(
        b"".join(wire.frame(wire.LEFT_OUT, n, wire.pack_texts("1", "", "x" * 1000)) for n in range(1000)), 2**22
    ),
    "a frame that never ends": wire.HEADER.pack(wire.VALUE, 0, wire.MAX_PAYLOAD) + bytes(wire.MAX_PAYLOAD - 1),
    "the largest value": wire.result_frame(0, [], np.zeros(2**20)),
    "a line that it exits at": fill(wire.frame(wire.EXITING, 1, bytes(wire.MAX_WORDS))),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_the_most_that_can_be_written_takes_a_few_times_as_much_memory(flood: str):
    stream = READY + FLOODS[flood]
    assert peak(lambda: read([stream])) < 2 * len(stream) + 2**24


def test_words_that_are_no_utf_8_cost_no_more_time_than_others():
    junk = struct.pack("<HI", 1, wire.MAX_WORDS - 6) + b"\xff" * (wire.MAX_WORDS - 6)
    began = time.process_time()
    read([READY + wire.frame(wire.UNREADABLE, 0, junk) * 50])
    assert time.process_time() - began < 1.0


def test_the_memory_of_one_child_is_not_kept_for_the_next():
    """An array is an answer; what else was written around it is not."""
    wanted = tuple(Wanted(f"f{n}", ("x",), ("x",)) for n in range(8))
    calls = Calls(wanted, tuple(Call(f"f{n}", {"x": X}) for n in range(8) for _ in range(2)))
    around = fill(wire.frame(wire.EXITING, 1, bytes(wire.MAX_WORDS)), 2**24)
    children = [[READY + wire.result_frame(2 * n, [], X) + around] for n in range(8)]
    assert peak(lambda: read(*children, calls=calls)) < 3 * 2**24
