"""The box: whatever a student's code does, each call has one outcome, and the blame falls on the right side.

Most functions that misbehave are called in one run, which is made once a level: a child is started anew after each of
them that kills it, and the functions in between show that nothing else suffers. A test that names no level runs at the
best one that this machine offers.
"""

from __future__ import annotations

import gc
import os
import pkgutil
import re
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from conftest import at, descendants

from grader.errors import SandboxError
from grader.models import Call, Calls, Happened, LeftOut, Limits, Outcome, Outcomes, Program, Wanted
from grader.sandbox import Level, Setting, process, run, start, walls
from grader.sandbox.inside import wire
from grader.sandbox.inside.program import Program as Statements

FAST = Limits(seconds=0.5, load_seconds=0.5, memory_mb=256)
CHANNEL = "it wrote into the grader's own channel"
REFUSED = "PermissionError: [Errno 1] Operation not permitted"
X = np.array([1.0, 2.0])

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
forked = at(None, Level.NONE)
everywhere = at(None, Level.NONE, Level.PARTIAL)


def calls_of(*names: str, x=X, layout="C") -> Calls:
    """One call a name, in this order; the parameter is x."""
    wanted = tuple(Wanted(name, ("x",), ("x",)) for name in dict.fromkeys(names))
    return Calls(wanted, tuple(Call(name, {"x": x}, layout) for name in names))


def run_at(
    setting: Setting, source: str, *names: str, limits=FAST, functions=None, x=X, layout="C", left_out=()
) -> Outcomes:
    program = Program(textwrap.dedent(source).encode(), frozenset(left_out))
    return run(setting, program, calls_of(*names, x=x, layout=layout), limits, functions=functions)


@pytest.fixture
def outcomes_of(setting: Setting) -> Callable[..., Outcomes]:
    """What comes of calls of these functions of a file: `outcomes_of(source, *names)`."""
    return partial(run_at, setting)


def numbers(outcomes: Outcomes) -> list[object]:
    """What came back of each call, in order: numbers as lists, everything else by its name."""
    ordered = [outcomes.outcomes[number] for number in sorted(outcomes.outcomes)]
    return [o.happened.value if o.value is None else o.value.tolist() for o in ordered]


def line_with(source: str, text: str) -> int:
    """The number of the only line that contains `text`."""
    (line,) = [n for n, row in enumerate(textwrap.dedent(source).splitlines(), 1) if text in row]
    return line


# ---------------------------------------------------------------- one run full of trouble

# name: (body of the function, what happened, its text); a line ending in "# here" is where it happens
TROUBLE: dict[str, tuple[str, Happened, str]] = {
    "good_first": ("return x + 1", Happened.VALUE, ""),
    "loops": ("while True:  # here\n    pass", Happened.TIME_LIMIT, "it computed for more than 0.5 s"),
    "hangs_in_c": ("return 7 ** 10**8  # here", Happened.TIME_LIMIT, "it computed for more than 0.5 s"),
    "catches_everything": (
        "while True:  # here\n    try:\n        while True: pass\n    except BaseException: pass",
        Happened.TIME_LIMIT,
        "it computed for more than 0.5 s",
    ),
    "recurses": ("return recurses(x)  # here", Happened.RAISED, "RecursionError: maximum recursion depth exceeded"),
    "exits": (
        "import sys\nsys.exit(3)  # here",
        Happened.RAISED,
        "SystemExit: the code asked Python to exit (3)",
    ),
    "exits_at_once": ("os._exit(7)  # here", Happened.EXITED, "it ended Python itself, with exit code 7"),
    "exits_at_once_well": ("os._exit(0)  # here", Happened.EXITED, "it ended Python itself, with exit code 0"),
    "crashes": (
        "import ctypes\nctypes.string_at(0)  # here",
        Happened.CRASHED,
        f"Python crashed ({signal.strsignal(signal.SIGSEGV)})",
    ),
    "aborts": ("os.abort()  # here", Happened.CRASHED, f"Python crashed ({signal.strsignal(signal.SIGABRT)})"),
    "is_terminated": (
        "signal.raise_signal(15)",
        Happened.CRASHED,
        f"Python crashed ({signal.strsignal(signal.SIGTERM)})",
    ),
    "good_after_kills": ("return x - 1", Happened.VALUE, ""),
    "asks_for_a_terabyte": ("return np.ones(2**37)  # here", Happened.MEMORY_LIMIT, ""),
    "eats_memory_slowly": (
        "rows = []\nwhile True: rows.append(bytes(2**20))  # here",
        Happened.MEMORY_LIMIT,
        "",
    ),
    "good_after_memory": ("return x * 2", Happened.VALUE, ""),
    "floods": ("for _ in range(20_000): print('x' * 500)\nreturn x", Happened.VALUE, ""),
    "floods_below": ("for n in (1, 2): os.write(n, bytes(2**20))\nreturn x", Happened.VALUE, ""),
    "prints_to_the_old_output": ("print(x, file=sys.__stdout__, flush=True)\nreturn x", Happened.VALUE, ""),
    "warns": ("import warnings\nwarnings.warn('careful')\nreturn x / 0", Happened.VALUE, ""),
    "asks": ("return input('x? ')  # here", Happened.RAISED, "EOFError: EOF when reading a line"),
    "reads": ("return len(sys.stdin.read())", Happened.VALUE, ""),
    "junk": (
        "write_everywhere(bytes([255]) * 64)",
        Happened.EXITED,
        f"{CHANNEL} (a frame of kind 255 and 4294967295 bytes)",
    ),
    "zeros": ("write_everywhere(bytes(64))\nreturn x", Happened.EXITED, f"{CHANNEL} (a frame of kind 0 and 0 bytes)"),
    "text": (
        "write_everywhere(b'hello, this is a text')\nreturn x",
        Happened.EXITED,
        f"{CHANNEL} (a frame of kind 104 and 1752440876 bytes)",
    ),
    "good_after_junk": ("return x", Happened.VALUE, ""),
    "answers_another": (
        "forge(7, 10**6, RESULT)\nreturn x",
        Happened.EXITED,
        f"{CHANNEL} (an answer to call 1000000, which is not open)",
    ),
    "answers_the_first": (
        "forge(7, 0, RESULT)\nreturn x",
        Happened.EXITED,
        f"{CHANNEL} (an answer to call 0, which is not open)",
    ),
    "binds_nothing": ("forge(5, 10**6)\nreturn x", Happened.EXITED, f"{CHANNEL} (no texts: "),
    "binds_too_many": (
        "forge(12, 10**6, b'\\0\\0')\nreturn x",
        Happened.EXITED,
        f"{CHANNEL} (function number 1000000)",
    ),
    "sends_integers": (
        "forge(7, 0, struct.pack('<BBBIq', 0, 2, 1, 1, 5))\nreturn x",
        Happened.EXITED,
        f"{CHANNEL} (a result of type 2 with 1 axes)",
    ),
    "sends_a_lie": (
        "forge(7, 0, struct.pack('<BBBII', 0, 0, 2, 2**31, 2**31))\nreturn x",
        Happened.EXITED,
        f"{CHANNEL} (an array of shape (2147483648, 2147483648) in 0 bytes)",
    ),
    "sends_what_can_not_be": (
        "forge(7, 0, struct.pack('<BBBIII', 0, 0, 3, 0, 2**31, 2**31))\nreturn x",
        Happened.EXITED,
        f"{CHANNEL} (an array of shape (0, 2147483648, 2147483648), which there can not be)",
    ),
    "says_what_it_never_changed": (
        "forge(7, NUMBER, CHANGED)\nreturn x",
        Happened.EXITED,
        f"{CHANNEL} (a change to what the function never had)",
    ),
    "closes_everything": (
        "os.closerange(0, 100)\nreturn x",
        Happened.EXITED,
        "it ended Python itself, with exit code 70",
    ),
    "good_after_closing": ("return x + 2", Happened.VALUE, ""),
    "tells_an_address": ("raise ValueError(object())  # here", Happened.RAISED, "ValueError: <object object at 0x...>"),
    "returns_an_address": ("return repr(object())", Happened.ODD, "the string '<object object at 0x...>'"),
    "tells_its_folder": (
        "raise ValueError(os.path.abspath('data.csv'))  # here",
        Happened.RAISED,
        "ValueError: {folder}/data.csv",
    ),
    "tells_where_numpy_is": ("raise ValueError(np.__file__)  # here", Happened.RAISED, "ValueError: <python>/"),
    "raises_in_a_helper": ("return helper(x)", Happened.RAISED, "IndexError: list index out of range"),
    "raises_in_numpy": ("return np.ones(2) @ np.ones(3)  # here", Happened.RAISED, "ValueError: matmul: "),
    "raises_the_unprintable": (
        "raise Unprintable  # here",
        Happened.RAISED,
        "Unprintable: (its message can not be printed)",
    ),
    "returns_what_raises": ("return Converts()", Happened.ODD, "a Converts"),
    "returns_none": ("x + 1", Happened.ODD, "None"),
    "returns_nine_axes": ("return np.ones((1,) * 9)", Happened.ODD, "an array of "),
    "returns_an_endless_axis": ("return np.zeros((0, 2**33))", Happened.ODD, "an array of "),
    "returns_too_much": (
        "return np.zeros((2000, 2000))",
        Happened.ODD,
        "an array of shape (2000, 2000), far larger than what was asked for",
    ),
    "leaves_a_thread": (
        "import threading\nthreading.Thread(target=time.sleep, args=(60,)).start()\nreturn x",
        Happened.VALUE,
        "",
    ),
    "reshapes_its_input": ("x.shape = (2, 1)\nreturn x", Happened.VALUE, ""),
    "is_not_there": ("", Happened.MISSING, "There is no function is_not_there in the file."),
    "wants_too_much": ("", Happened.UNBOUND, "target\nextra"),
    "closes_over_itself": ("", Happened.VALUE, ""),
    "good_last": ("return x * 3", Happened.VALUE, ""),
}

PROLOGUE = """\
import os, signal, struct, sys, time
import numpy as np

RESULT = struct.pack("<BBBId", 0, 0, 1, 1, 5.0)
CHANGED = bytes([1]) + RESULT[1:] + struct.pack("<HI", 1, 2) + b"W1"

def write_everywhere(data):
    for descriptor in range(21):
        try:
            os.write(descriptor, data)
        except OSError:
            pass

def forge(kind, number, payload=b""):
    write_everywhere(struct.pack("<BII", kind, number, len(payload)) + payload)

def helper(x):
    return [][1]  # helper

class Unprintable(Exception):
    def __str__(self):
        raise RuntimeError

class Converts:
    def __array__(self, *args, **kwargs):
        raise RuntimeError

def wants_too_much(target, extra):
    return target

def make():
    def closes_over_itself(*args):
        return args[0] if closes_over_itself else None
    return closes_over_itself

closes_over_itself = make()
"""


def _trouble() -> str:
    functions = [
        f"def {name}(x):\n" + textwrap.indent(body.replace("NUMBER", str(2 * place)), "    ") + "\n"
        for place, (name, (body, _, _)) in enumerate(TROUBLE.items())
        if body
    ]
    return PROLOGUE + "\n" + "\n".join(functions)


TROUBLE_SOURCE = _trouble()


def _first_line(name: str) -> int:
    return line_with(TROUBLE_SOURCE, f"def {name}(")


@pytest.fixture(scope="module")
def trouble(setting: Setting) -> Outcomes:
    """Each function is called twice, one function after the other."""
    return run_at(setting, TROUBLE_SOURCE, *[name for name in TROUBLE for _ in range(2)])


def both(trouble: Outcomes, name: str) -> tuple[Outcome, Outcome]:
    number = 2 * list(TROUBLE).index(name)
    return trouble.outcomes[number], trouble.outcomes[number + 1]


@forked
def test_every_call_has_one_outcome_whatever_the_functions_do(trouble):
    assert sorted(trouble.outcomes) == list(range(2 * len(TROUBLE)))
    assert trouble.unreadable == ""
    assert trouble.left_out == ()


@forked
@pytest.mark.parametrize("name", TROUBLE)
def test_what_a_function_does_is_its_own_outcome(setting, trouble, name):
    _, happened, text = TROUBLE[name]
    text = text.replace("{folder}", "" if setting.level.locked else ".")
    first, second = both(trouble, name)
    assert first.happened == happened, first
    if text.endswith((" ", "(", "/")):
        assert first.text.startswith(text)
    else:
        assert first.text == text
    ended = (Happened.TIME_LIMIT, Happened.MEMORY_LIMIT, Happened.EXITED, Happened.CRASHED)
    assert second.happened == (Happened.NOT_RUN if happened in ended else happened)


@forked
@pytest.mark.parametrize("name", [name for name, (body, _, _) in TROUBLE.items() if "# here" in body])
def test_the_students_own_line_is_known(trouble, name):
    offset = line_with(TROUBLE[name][0], "# here")
    assert both(trouble, name)[0].line == _first_line(name) + offset


@forked
def test_the_line_is_that_of_the_helper_that_failed(trouble):
    assert both(trouble, "raises_in_a_helper")[0].line == line_with(TROUBLE_SOURCE, "# helper")


@forked
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("good_first", [2.0, 3.0]),
        ("good_after_kills", [0.0, 1.0]),
        ("good_after_memory", [2.0, 4.0]),
        ("good_after_junk", [1.0, 2.0]),
        ("good_after_closing", [3.0, 4.0]),
        ("good_last", [3.0, 6.0]),
        ("warns", [np.inf, np.inf]),
        ("reads", 0.0),
        ("reshapes_its_input", [[1.0], [2.0]]),
    ],
)
def test_functions_that_are_good_are_graded_beside_those_that_are_not(trouble, name, value):
    for outcome in both(trouble, name):
        assert outcome.value is not None
        assert outcome.value.tolist() == value


@forked
def test_where_a_function_stands_and_what_it_asks_for_is_known_even_if_it_fails(trouble):
    bound = trouble.bound["loops"]
    assert bound.found_as == "loops"
    assert bound.asks == ("x",)
    assert (bound.first_line, bound.last_line) == (_first_line("loops"), _first_line("loops") + 2)
    assert "is_not_there" not in trouble.bound


# ---------------------------------------------------------------- order


def test_calls_of_several_functions_in_turn_have_their_own_outcomes(outcomes_of):
    source = "n = 0\ndef f(x):\n    global n\n    n += 1\n    return n\ndef g(x):\n    return -x\n"
    outcomes = outcomes_of(source, "f", "g", "f", "g", "f")
    assert numbers(outcomes) == [1.0, [-1.0, -2.0], 2.0, [-1.0, -2.0], 3.0]


def test_a_function_that_hangs_is_blamed_even_if_calls_of_others_come_in_between(outcomes_of):
    source = (
        "n = 0\ndef f(x):\n    global n\n    n += 1\n    while n > 1: pass\n    return x\ndef g(x):\n    return -x\n"
    )
    outcomes = outcomes_of(source, "f", "g", "f", "g", "f")
    assert numbers(outcomes) == [[1.0, 2.0], [-1.0, -2.0], "time_limit", [-1.0, -2.0], "not_run"]


def test_calls_before_a_fatal_one_keep_their_values(outcomes_of):
    source = "n = 0\ndef f(x):\n    global n\n    n += 1\n    if n == 3: __import__('os')._exit(1)\n    return n\n"
    assert numbers(outcomes_of(source, "f", "f", "f", "f")) == [1.0, 2.0, "exited", "not_run"]


def test_nothing_is_called_where_nothing_is_asked_for(setting):
    outcomes = run(setting, Program(b"1 / 0"), Calls((), ()), FAST)
    assert (outcomes.outcomes, outcomes.bound, outcomes.left_out, outcomes.unreadable) == ({}, {}, (), "")


# ---------------------------------------------------------------- statements at module level


@everywhere
@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("while True: pass", "it computed for more than 0.5 s"),
        ("os._exit(4)", "it ended Python itself, with exit code 4"),
        ("ctypes.string_at(0)", f"Python crashed ({signal.strsignal(signal.SIGSEGV)})"),
        ("signal.raise_signal(15)", f"Python crashed ({signal.strsignal(signal.SIGTERM)})"),
        ("write_everywhere(bytes(64))", f"{CHANNEL} (a frame of kind 0 and 0 bytes)"),
    ],
    ids=["hangs", "exits", "crashes", "is terminated", "writes junk"],
)
def test_a_statement_that_ends_the_process_is_left_out_and_the_rest_is_graded(outcomes_of, statement, text):
    source = PROLOGUE + f"import ctypes\ndef f(x): return x\n{statement}  # fatal\ndef g(x): return n\nn = 2\n"
    outcomes = outcomes_of(source, "f", "g")
    assert numbers(outcomes) == [[1.0, 2.0], 2.0]
    (left_out,) = outcomes.left_out
    assert (left_out.text, left_out.fatal) == (text, True)
    assert left_out.line == line_with(source, "# fatal")
    assert left_out.index == len(Statements(PROLOGUE.encode()).tree.body) + 2


@everywhere
def test_statements_that_fail_are_listed_with_line_and_reason_and_cost_nothing(outcomes_of):
    source = "import not_there\ndef f(x): return x\nopen('data.csv')\nraise SystemExit('done')\ndef g(x): return -x\n"
    outcomes = outcomes_of(source, "f", "g")
    assert numbers(outcomes) == [[1.0, 2.0], [-1.0, -2.0]]
    assert outcomes.left_out == (
        LeftOut(0, 1, "ModuleNotFoundError: No module named 'not_there'", fatal=False),
        LeftOut(2, 3, "FileNotFoundError: [Errno 2] No such file or directory: 'data.csv'", fatal=False),
        LeftOut(3, 4, "SystemExit: the code asked Python to exit (done)", fatal=False),
    )


@everywhere
def test_a_statement_that_needs_too_much_memory_is_skipped(outcomes_of):
    outcomes = outcomes_of("import numpy as np\nx = np.ones(2**37)\ny = [0] * 2**37\ndef f(x): return x\n", "f")
    assert numbers(outcomes) == [[1.0, 2.0]]
    assert [(s.line, s.fatal) for s in outcomes.left_out] == [(2, False), (3, False)]


def test_three_statements_that_end_the_process_make_a_file_unreadable(outcomes_of):
    source = "import os\nos._exit(1)\nos._exit(1)\ndef f(x): return x\nos._exit(1)\nos._exit(1)\n"
    outcomes = outcomes_of(source, "f")
    assert (
        outcomes.unreadable == "The statements in lines 2, 3, 5 do not come to an end or stop Python: nothing was run."
    )
    assert outcomes.outcomes == {}


def test_two_statements_that_end_the_process_are_borne(outcomes_of):
    outcomes = outcomes_of("import os\nos._exit(1)\ndef f(x): return x\nos._exit(2)\n", "f")
    assert numbers(outcomes) == [[1.0, 2.0]]
    assert [(s.line, s.fatal) for s in outcomes.left_out] == [(2, True), (4, True)]


def test_a_program_says_itself_which_statements_are_left_out(outcomes_of):
    assert numbers(outcomes_of("n = 1\nn = 2\nn = 3\ndef f(x): return n\n", "f", left_out={2})) == [2.0]


def test_a_function_that_hangs_at_module_level_is_reported_at_its_statement(outcomes_of):
    source = "def train(x):\n    while True: pass\n\ndef f(x): return x\n\ntrain(3)\n"
    outcomes = outcomes_of(source, "f", "train")
    assert numbers(outcomes) == [[1.0, 2.0], "time_limit"]
    assert [(s.index, s.line) for s in outcomes.left_out] == [(2, 6)]


def test_an_unreadable_file_has_a_reason_and_no_outcomes(outcomes_of):
    outcomes = outcomes_of("def f(x):\n    return (x\n", "f")
    assert outcomes.unreadable == "Python can not read the file: line 2, column 12: '(' was never closed."
    assert outcomes.outcomes == {}


# ---------------------------------------------------------------- waiting, descriptors, forgeries


@everywhere
def test_code_that_sleeps_is_stopped_by_the_wall_clock(outcomes_of, monkeypatch):
    monkeypatch.setattr(process, "WALL_FACTOR", -2.0)
    source = "import time\ndef f(x):\n    time.sleep(60)\ndef g(x): return x\n"
    outcomes = outcomes_of(source, "f", "g")
    assert outcomes.outcomes[0] == Outcome(Happened.TIME_LIMIT, text="it waited for more than 1 s", line=3)
    assert numbers(outcomes) == ["time_limit", [1.0, 2.0]]


def test_code_that_waits_a_little_is_not_stopped(outcomes_of):
    assert numbers(outcomes_of("import time\ndef f(x):\n    time.sleep(1.0)\n    return x\n", "f")) == [[1.0, 2.0]]


def test_the_limit_holds_for_each_call_not_for_all_together(outcomes_of):
    source = """\
        import time
        def f(x):
            end = time.process_time() + 0.3
            while time.process_time() < end: pass
            return x
        """
    assert numbers(outcomes_of(source, "f", "f", "f")) == [[1.0, 2.0]] * 3


@everywhere
@pytest.mark.parametrize("ending", ["while time.process_time() < 30: pass", "time.sleep(30)"], ids=["loops", "sleeps"])
def test_code_that_closes_the_channel_and_goes_on_is_stopped(outcomes_of, monkeypatch, ending):
    monkeypatch.setattr(process, "WALL_FACTOR", -2.0)
    source = f"import os, time\ndef f(x):\n    os.closerange(0, 100)\n    {ending}\ndef g(x): return x\n"
    began = time.monotonic()
    outcomes = outcomes_of(source, "f", "g")
    assert time.monotonic() - began < 20
    assert numbers(outcomes) == ["time_limit", [1.0, 2.0]]


class _FewChildren(process._Child):
    """Children of which no run needs more than five."""

    started = 0

    def __enter__(self):
        type(self).started += 1
        assert self.started <= 5, "a child is started again and again"
        return super().__enter__()


@pytest.fixture
def few_children(monkeypatch):
    monkeypatch.setattr(_FewChildren, "started", 0)
    monkeypatch.setattr(process, "_Child", _FewChildren)


@pytest.mark.usefixtures("few_children")
def test_a_forged_end_costs_the_function_that_forged_it(outcomes_of):
    source = PROLOGUE + "def f(x):\n    forge(15, 0)\n    return x\ndef g(x): return x\n"
    outcomes = outcomes_of(source, "f", "g")
    assert outcomes.outcomes[0].value is None
    assert numbers(outcomes)[1] == [1.0, 2.0]


@pytest.mark.usefixtures("few_children")
def test_a_forged_end_at_module_level_comes_to_an_end(outcomes_of):
    outcomes = outcomes_of(PROLOGUE + "def f(x): return x\nforge(15, 0)\n", "f")
    assert [o.happened for o in outcomes.outcomes.values()] in ([], [Happened.VALUE])


def test_forged_frames_do_not_stop_the_clock(outcomes_of):
    source = PROLOGUE + textwrap.dedent("""\
        def f(x):
            end = time.process_time() + 1.5
            while time.process_time() < end:
                forge(6, 0)
            return x
        """)
    assert numbers(outcomes_of(source, "f")) == ["exited"]


def test_a_frame_that_never_ends_does_not_stop_the_clock(outcomes_of):
    source = PROLOGUE + textwrap.dedent("""\
        def f(x):
            write_everywhere(struct.pack("<BII", 7, 0, 2**20))
            end = time.process_time() + 1.5
            while time.process_time() < end:
                write_everywhere(bytes(1))
            return x
        """)
    assert numbers(outcomes_of(source, "f")) == ["time_limit"]


FORKING = """\
import os
child = os.fork()
if child == 0: os._exit(0)
os.waitpid(child, 0)
def f(x):
    while True: pass  # here
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@at(Level.NONE)
def test_the_line_of_an_exit_in_a_fork_is_not_the_line_of_a_later_hang(outcomes_of):
    outcomes = outcomes_of(FORKING, "f")
    assert outcomes.left_out == ()
    assert (outcomes.outcomes[0].happened, outcomes.outcomes[0].line) == (
        Happened.TIME_LIMIT,
        line_with(FORKING, "# here"),
    )


@pytest.mark.usefixtures("locked")
def test_a_fork_is_refused_and_costs_its_statement_alone(outcomes_of):
    outcomes = outcomes_of(FORKING, "f")
    assert [(s.line, s.text) for s in outcomes.left_out] == [
        (2, REFUSED),
        (3, "NameError: name 'child' is not defined"),
        (4, "NameError: name 'child' is not defined"),
    ]
    assert outcomes.outcomes[0].line == line_with(FORKING, "# here")


def test_a_hang_is_told_by_the_outermost_loop_of_the_called_function(outcomes_of):
    source = """\
        def helper(x):
            while True:
                x = x + 1
        def f(x):
            for i in range(10):  # here
                for j in range(10):
                    helper(x)
        """
    outcome = outcomes_of(source, "f").outcomes[0]
    assert (outcome.happened, outcome.line) == (Happened.TIME_LIMIT, line_with(source, "# here"))


@pytest.mark.parametrize("statement", ["", "while True: pass"], ids=["in a function", "at module level"])
def test_python_does_not_warn_the_grader_about_the_students_file(outcomes_of, statement):
    source = f"text = '\\d'\n{statement}\nok = text is 3\ndef f(x):\n    while True: pass\n"
    assert numbers(outcomes_of(source, "f")) == ["time_limit"]


# ---------------------------------------------------------------- inputs


@everywhere
def test_an_input_that_was_changed_is_reported(setting):
    source = """\
        def changes(x, W1, y):
            x += 1
            W1[0, 0] = 5
            return y
        def changes_to_the_same(x): x[:] = x; return x
        def copies(x): x = x + 1; return x
        def changes_a_view(x, W1): W1.T[:] = 0; return x
        def sorts(y): y.sort(); return y
        def resizes(x): x.shape = (2, 1); return x
            """
    values = {"x": np.array([np.nan, 2.0]), "W1": np.eye(2), "y": np.array([2, 1])}
    names = ("changes", "changes_to_the_same", "copies", "changes_a_view", "sorts", "resizes")
    wanted = tuple(Wanted(name, ("x",), tuple(values)) for name in names)
    calls = Calls(wanted, tuple(Call(name, values) for name in names for _ in range(2)))
    outcomes = run(setting, Program(textwrap.dedent(source).encode()), calls, FAST).outcomes
    changed = [outcomes[number].changed for number in range(len(calls.calls))]
    expected = [("x", "W1"), (), (), ("W1",), ("y",), ("x",)]
    assert changed == [names for names in expected for _ in range(2)]
    assert values["W1"].tolist() == [[1.0, 0.0], [0.0, 1.0]]


def test_an_input_whose_type_was_changed_is_reported(outcomes_of):
    outcome = outcomes_of("def f(x):\n    x.dtype = 'S8'\n    return 1\n", "f").outcomes[0]
    assert (outcome.happened, outcome.changed) == (Happened.VALUE, ("x",))


MATRIX = np.arange(6.0).reshape(2, 3)


@pytest.mark.parametrize(
    ("layout", "strides"),
    [("C", [24.0, 8.0]), ("F", [8.0, 16.0]), ("strided", [48.0, 16.0]), ("reversed", [24.0, -8.0])],
)
def test_a_layout_reaches_the_function_with_equal_numbers(outcomes_of, layout, strides):
    source = "def f(x): return x\ndef g(x): return x.strides\ndef h(x): x += 1; return x\n"
    outcomes = outcomes_of(source, "f", "g", "h", x=MATRIX, layout=layout)
    assert numbers(outcomes) == [MATRIX.tolist(), strides, (MATRIX + 1).tolist()]
    assert outcomes.outcomes[2].changed == ("x",)


@pytest.mark.parametrize("layout", ["C", "F", "strided", "reversed"])
@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (3, "int"),
        (np.int64(3), "int64"),
        (2.5, "float"),
        (np.array(3), "ndarray"),
        (np.zeros(0), "ndarray"),
        (X, "ndarray"),
    ],
    ids=["int", "numpy integer", "float", "0-d", "empty", "vector"],
)
def test_a_value_keeps_its_type_in_every_layout(outcomes_of, layout, value, kind):
    source = "def f(x): return x\ndef g(x): return type(x).__name__\n"
    outcomes = outcomes_of(source, "f", "g", x=value, layout=layout)
    assert numbers(outcomes)[0] == np.asarray(value, dtype=float).tolist()
    assert outcomes.outcomes[1].text == f"the string '{kind}'"


def test_each_call_gets_arrays_of_its_own(outcomes_of):
    source = "kept = []\ndef f(x):\n    kept.append(x)\n    x += 1\n    return x\n"
    assert numbers(outcomes_of(source, "f", "f", "f")) == [[2.0, 3.0]] * 3


def test_a_result_is_what_it_was_when_it_was_returned(outcomes_of):
    source = "kept = np.zeros(2)\ndef f(x):\n    kept[:] += x\n    return kept\n"
    assert numbers(outcomes_of(f"import numpy as np\n{source}", "f", "f", "f")) == [[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]]


def test_readings_come_back_with_the_bound_function(setting):
    wanted = Wanted("grad_oa", ("os", "y"), ("os", "y", "W1"), {"labels": "y"})
    calls = Calls((wanted,), (Call("grad_oa", {"os": 1.0, "y": 2, "W1": 3.0}),))
    outcomes = run(setting, Program(b"\ndef Grad_OA(w1, labels, eps=1):\n    return w1 - labels\n"), calls, FAST)
    bound = outcomes.bound["grad_oa"]
    assert bound.found_as == "Grad_OA"
    assert bound.readings == (("w1", "W1", "case"), ("labels", "y", "alias"))
    assert bound.asks == ("W1", "y")
    assert (bound.first_line, bound.last_line) == (2, 3)
    assert numbers(outcomes) == [1.0]


def test_a_name_must_match_to_the_letter_where_the_rubric_says_so(setting):
    calls = Calls((Wanted("grad_oa", (), (), exact=True),), (Call("grad_oa", {}),))
    outcomes = run(setting, Program(b"def Grad_oa(): return 1\n"), calls, FAST)
    assert outcomes.outcomes[0] == Outcome(
        Happened.MISSING, text="There is no function grad_oa in the file. There is a function Grad_oa: is it meant?"
    )


# ---------------------------------------------------------------- state

COUNTS = "n = 0\ndef f(x):\n    global n\n    n += 1\n    return n\ng = lambda x: f(x)\n"


def test_functions_share_the_state_of_their_module(outcomes_of):
    assert numbers(outcomes_of(COUNTS, "f", "f", "g", "g")) == [1.0, 2.0, 3.0, 4.0]


@everywhere
def test_with_functions_each_function_has_a_module_of_its_own(outcomes_of):
    assert numbers(outcomes_of(COUNTS, "f", "f", "g", "g", functions=frozenset("fg"))) == [1.0, 2.0, 1.0, 2.0]


def test_with_functions_only_those_are_called(outcomes_of):
    outcomes = outcomes_of(COUNTS, "f", "f", "g", "g", functions=frozenset("g"))
    assert {number: o.value.item() for number, o in outcomes.outcomes.items()} == {2: 1.0, 3: 2.0}
    assert list(outcomes.bound) == ["g"]


def test_with_functions_a_fatal_statement_is_left_out_too(outcomes_of):
    source = "import os\nos._exit(1)\n" + COUNTS
    outcomes = outcomes_of(source, "f", "g", functions=frozenset("fg"))
    assert numbers(outcomes) == [1.0, 1.0]
    assert [(s.line, s.fatal) for s in outcomes.left_out] == [(2, True)]


@everywhere
def test_random_numbers_are_the_same_for_every_function_and_in_every_run(outcomes_of):
    source = """\
        import random
        import numpy as np
        def f(x): return np.random.rand(), random.random()
        def g(x): return np.random.rand(), random.random()
        """
    first, second, third = numbers(outcomes_of(source, "f", "f", "g"))
    assert first == third
    assert first != second
    assert numbers(outcomes_of(source, "f", "f", "g")) == [first, second, third]


IN_ONE_GO = [
    ("nothing but functions", "def f(x): return x\ndef g(x): return f(x)\n", True),
    ("a function that fails", "import numpy as np\ndef f(x): return np.ones(2) @ np.ones(3)\ndef g(x): x += 1\n", True),
    ("a statement that fails", "import nothing_like_it\ndef f(x): return x\ndef g(x): return f(x)\n", True),
    ("a child that ended", "import os\ndef f(x): os._exit(0)\ndef g(x): return x\n", False),
    ("a hang", "def f(x):\n    while True: pass\ndef g(x): return x\n", False),
    ("a hang at last", "def f(x): return x\ndef g(x):\n    while True: pass\n", False),
]


@pytest.mark.parametrize(("source", "in_one_go"), [r[1:] for r in IN_ONE_GO], ids=[r[0] for r in IN_ONE_GO])
def test_whether_one_process_made_all_calls_is_told(outcomes_of, source, in_one_go):
    assert outcomes_of(source, "f", "g").in_one_go is in_one_go


def test_random_numbers_drawn_at_module_level_are_the_same_in_every_run(outcomes_of):
    source = "import random\nimport numpy as np\nr = np.random.rand(), random.random()\ndef f(x): return r\ng = f\n"
    first = numbers(outcomes_of(source, "f"))
    start.end_zygotes()
    assert numbers(outcomes_of(source, "f")) == first
    assert numbers(outcomes_of(source, "f", "g", functions=frozenset("fg"))) == first * 2


@pytest.mark.parametrize(
    "statement",
    ["raise ValueError('x' * 477 + repr(object()))", "return 'x' * 37 + repr(object())"],
    ids=["raised", "returned"],
)
def test_a_text_that_is_cut_is_the_same_in_every_run(outcomes_of, statement):
    source = f"def f(x): {statement}\n"
    texts = set()
    for _ in range(3):
        start.end_zygotes()
        texts.add(outcomes_of(source, "f").outcomes[0].text)
    assert len(texts) == 1


# ---------------------------------------------------------------- what the child can see, and what it leaves behind


@everywhere
def test_the_graders_environment_is_not_visible(outcomes_of, monkeypatch):
    monkeypatch.setenv("GRADER_TOKEN", "not for students")
    source = """\
        import os, sys
        def f(x): return len([k for k in os.environ if 'GRADER' in k or k in ('HOME', 'PATH', 'PYTHONPATH', 'USER')])
        def g(x): return len([m for m in sys.modules if m.split('.')[0] in ('grader', 'reference', 'pydantic')])
        def h(x): return len([p for p in sys.path if os.path.isdir(p) and 'inside' in os.listdir(p)])
        """
    assert numbers(outcomes_of(source, "f", "g", "h")) == [0.0, 0.0, 0.0]


@at(Level.NONE, Level.PARTIAL)
def test_the_working_directory_is_empty_and_gone_afterwards(outcomes_of, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    source = """\
        import os
        def f(x):
            before = len(os.listdir('.'))
            os.makedirs('a/b')
            open('a/b/c.txt', 'w').write('mine')
            return before
        def g(x): return [ord(c) for c in os.getcwd()]
        """
    outcomes = outcomes_of(source, "f", "g")
    folder = Path("".join(chr(int(code)) for code in numbers(outcomes)[1]))
    assert numbers(outcomes)[0] == 0.0
    assert folder.parent == tmp_path.resolve()
    assert not folder.exists()
    assert list(tmp_path.iterdir()) == []


@at(Level.NONE, Level.PARTIAL)
@pytest.mark.parametrize(
    "statement",
    [
        "os.rmdir(os.getcwd())",
        "os.mkdir('a'); os.chmod('a', 0); os.chmod('.', 0)",
        "open('a', 'w').close(); os.chmod('a', 0)",
        "os.symlink('.', 'a'); os.symlink('/', 'b')",
    ],
    ids=["removed", "not readable", "a file that is not readable", "links"],
)
def test_whatever_becomes_of_the_working_directory_is_cleaned_up(outcomes_of, monkeypatch, tmp_path, statement):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert numbers(outcomes_of(f"import os\ndef f(x):\n    {statement}\n    return x\n", "f")) == [[1.0, 2.0]]
    assert list(tmp_path.iterdir()) == []


WRITING = {
    "removes_its_folder": "os.rmdir(os.getcwd())",
    "takes_rights_away": "os.chmod('.', 0)",
    "makes_a_link": "os.symlink('/', 'a')",
    "makes_a_file": "os.open('a', os.O_WRONLY | os.O_CREAT)",
    "makes_a_file_elsewhere": "os.open(ELSEWHERE + '/a', os.O_WRONLY | os.O_CREAT)",
    "looks_elsewhere": "os.listdir(ELSEWHERE)",
    "reads_elsewhere": "open(ELSEWHERE + '/secret')",
    "removes_elsewhere": "os.remove(ELSEWHERE + '/secret')",
}


@pytest.mark.usefixtures("locked")
def test_a_locked_child_is_nowhere_and_leaves_nothing_anywhere(outcomes_of, monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("nobody's business")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    source = f"import os\nELSEWHERE = {str(tmp_path)!r}\ndef good(x): return [ord(c) for c in os.getcwd()]\n"
    source += "".join(f"def {name}(x): {statement}\n" for name, statement in WRITING.items())
    outcomes = outcomes_of(source, *WRITING, "good").outcomes
    for number, name in enumerate(WRITING):
        assert outcomes[number].happened == Happened.RAISED, name
        assert re.match(r"(PermissionError|FileNotFoundError|OSError): \[Errno \d+\] ", outcomes[number].text), name
    assert outcomes[len(WRITING)].value.tolist() == [ord("/")]
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


@pytest.mark.usefixtures("locked")
def test_a_folder_that_is_made_is_not_there_and_no_mistake(outcomes_of, tmp_path):
    source = (
        f"import os\ndef f(x):\n    os.mkdir('a')\n    os.makedirs('{tmp_path}/b/c', exist_ok=True)\n    return x\n"
    )
    assert numbers(outcomes_of(source, "f")) == [[1.0, 2.0]]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("locked")
def test_what_is_written_into_a_file_is_forgotten_and_no_mistake(outcomes_of, tmp_path):
    source = f"""\
        import io, logging, os, pathlib
        import numpy as np
        log = open("log.txt", "w")
        with open({str(tmp_path / "a")!r}, "wb") as file:
            file.write(b"mine")
        logging.basicConfig(filename="homework.log")
        logging.error("not lost")
        def f(x):
            with open("log.txt", "a", encoding="utf-8") as file:
                print(x, file=file)
            log.write("called")
            return x
        def g(x):
            np.save("x.npy", x)
            pathlib.Path("x.txt").write_text(str(x))
            io.open("new", "x").close()
            return -x
        def h(x): return len(open("log.txt").read())
        """
    outcomes = outcomes_of(source, "f", "g", "h")
    assert outcomes.left_out == ()
    assert numbers(outcomes) == [[1.0, 2.0], [-1.0, -2.0], "raised"]
    assert re.match(r"(PermissionError|FileNotFoundError): ", outcomes.outcomes[2].text)
    assert list(tmp_path.iterdir()) == []


REFUSALS = {
    "forks": "os.fork()",
    "starts_a_program": "subprocess.run([sys.executable, '-c', 'pass'])",
    "becomes_a_program": "os.execv(sys.executable, [sys.executable])",
    "signals_its_parent": "os.kill(os.getppid(), 9)",
    "signals_everybody": "os.kill(-1, 9)",
    "signals_itself_from_outside": "os.kill(os.getpid(), 15)",
    "opens_a_socket": "socket.socket()",
    "opens_a_pair_of_sockets": "socket.socketpair()",
    "asks_for_an_address": "socket.create_connection(('127.0.0.1', 80))",
    "changes_a_limit": "resource.setrlimit(resource.RLIMIT_NOFILE, (9, 64))",
    "becomes_root": "os.setuid(0)",
}


@pytest.mark.usefixtures("locked")
def test_what_reaches_beyond_the_child_is_refused_and_costs_the_function_alone(outcomes_of):
    source = "import os, resource, socket, subprocess, sys\ndef good(x): return x\n"
    source += "".join(f"def {name}(x): {statement}\n" for name, statement in REFUSALS.items())
    outcomes = outcomes_of(source, *REFUSALS, "good")
    assert outcomes.left_out == ()
    found = {name: outcomes.outcomes[number].text for number, name in enumerate(REFUSALS)}
    limit = "ValueError: not allowed to raise maximum limit"  # Python's words for the same refusal
    assert found == {**dict.fromkeys(REFUSALS, REFUSED), "changes_a_limit": limit}
    assert outcomes.outcomes[len(REFUSALS)].value.tolist() == [1.0, 2.0]


@everywhere
def test_what_the_rubric_does_not_name_can_not_be_imported(outcomes_of):
    source = """\
        import math, yaml, json
        from jinja2 import Template
        def f(x):
            import yaml
        def g(x): return json.loads("3")
        """
    outcomes = outcomes_of(source, "f", "g")
    assert outcomes.left_out == (
        LeftOut(1, 1, "ModuleNotFoundError: No module named 'yaml'", fatal=False),
        LeftOut(3, 2, "ModuleNotFoundError: No module named 'jinja2'", fatal=False),
    )
    assert outcomes.outcomes[0].text == "ModuleNotFoundError: No module named 'yaml'"
    assert numbers(outcomes)[1] == 3.0


@everywhere
@pytest.mark.usefixtures("cold")
def test_what_the_rubric_names_can_be_imported(setting):
    source = "import yaml\ndef f(x): return yaml.safe_load('2.5')\n"
    assert numbers(run_at(Setting(setting.level, ("yaml",)), source, "f")) == [2.5]


@at(None, Level.STRICT, Level.NONE, Level.PARTIAL)
def test_all_of_numpy_can_be_imported_at_once(outcomes_of):
    outcomes = outcomes_of("from numpy import *\ndef f(x): return where(x > 1, x, zeros(2))\n", "f")
    assert (numbers(outcomes), outcomes.left_out) == ([[0.0, 2.0]], ())


@on_linux
@everywhere
def test_no_child_and_no_descriptor_is_left_behind(outcomes_of):
    outcomes_of("def f(x): return x\n", "f")  # from now on there is a zygote
    before, opened = descendants(), os.listdir("/proc/self/fd")
    outcomes_of(
        "import os\ndef f(x):\n    while True: pass\ndef g(x): os._exit(1)\ndef h(x): return x\n", "f", "g", "h"
    )
    assert descendants() == before
    assert len(os.listdir("/proc/self/fd")) == len(opened)


@on_linux
@forked
def test_the_zygote_ends_when_it_is_told_to(outcomes_of):
    start.end_zygotes()
    before = descendants()
    outcomes_of("def f(x): return x\n", "f")
    assert descendants() > before
    start.end_zygotes()
    assert descendants() == before
    assert numbers(outcomes_of("def f(x): return x\n", "f")) == [[1.0, 2.0]]


@on_linux
@at(Level.NONE)
@pytest.mark.parametrize("then", ["return x", "while True: pass"], ids=["returns", "hangs"])
def test_a_student_who_kills_the_zygote_harms_nobody_else(outcomes_of, then):
    source = f"import os\ndef f(x):\n    os.kill(os.getppid(), 9)\n    {then}\n"
    outcomes_of("def f(x): return x\n", "f")
    opened = os.listdir("/proc/self/fd")
    try:
        outcomes_of(source, "f")
    except SandboxError as error:
        assert str(error).startswith("the process that students' code is forked from ended")  # noqa: PT017
    assert numbers(outcomes_of("def f(x): return x\n", "f")) == [[1.0, 2.0]]
    assert len(os.listdir("/proc/self/fd")) == len(opened)


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@on_linux
@at(Level.NONE, Level.PARTIAL)
@pytest.mark.parametrize("then", ["return x", "os._exit(0)", "while True: pass"], ids=["returns", "exits", "hangs"])
def test_a_process_that_the_student_started_is_not_left_behind(outcomes_of, tmp_path, then):
    source = f"""\
        import os, subprocess
        def f(x):
            process = subprocess.Popen([{sys.executable!r}, "-c", "import time; time.sleep(30)"])
            with open({str(tmp_path / "pid")!r}, "w") as file:
                file.write(str(process.pid))
            {then}
        """
    outcomes_of(source, "f")
    pid = int((tmp_path / "pid").read_text())
    left_behind = False
    for _ in range(20):
        left_behind = running(pid)
        if not left_behind:
            break
        time.sleep(0.05)
    if left_behind:
        os.kill(pid, signal.SIGKILL)
    assert not left_behind


# ---------------------------------------------------------------- the blame line


@pytest.fixture
def cold():
    """No zygote, neither before nor after."""
    start.end_zygotes()
    yield
    start.end_zygotes()


def forked_to(code: str) -> str:
    """Starts a zygote whose children run this expression and never get to the student's file."""
    code = code.replace("{", "{{").replace("}", "}}")
    return "import os, time; " + start._BOOT.replace("it.main(", f"it.child.main = lambda *_: {code}; it.main(")


BEFORE = "before it read the student's file: "
BOOTS = {
    "exits": ("raise SystemExit(3)", f"the child ended with code 3 {BEFORE}no word"),
    "exits well": ("import os; os._exit(0)", f"the child ended with code 0 {BEFORE}no word"),
    "says why": ("import sys; sys.exit('no numpy')", f"the child ended with code 1 {BEFORE}no numpy"),
    "is killed": ("import os; os.kill(os.getpid(), 9)", f"the child ended with code -9 {BEFORE}no word"),
    "prints": ("print('hello, this is a text')", f"the child ended with code 0 {BEFORE}no word"),
}
FORKS = {
    "exits": ("os._exit(3)", f"the child ended with code 3 {BEFORE}no word"),
    "exits well": ("os._exit(0)", f"the child ended with code 0 {BEFORE}no word"),
    "is killed": ("os.kill(os.getpid(), 9)", f"the child ended with code -9 {BEFORE}no word"),
    "prints": ("os.write(1, b'hello, this is a text')", f"the child ended with code 70 {BEFORE}no word"),
}
WARM = {
    "exits": ("raise SystemExit(3)", "no word"),
    "says why": ("import sys; sys.exit('no numpy')", "no numpy"),
    "is killed": ("import os; os.kill(os.getpid(), 9)", "no word"),
}


@at(Level.PARTIAL)
@pytest.mark.parametrize("name", BOOTS)
def test_a_new_process_that_does_not_get_to_the_students_file_is_ours(outcomes_of, monkeypatch, tmp_path, name):
    code, message = BOOTS[name]
    monkeypatch.setattr(start, "_BOOT", code)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(SandboxError) as error:
        outcomes_of("def f(x): return x\n", "f")
    assert str(error.value) == message
    assert list(tmp_path.iterdir()) == []


@on_linux
@forked
@pytest.mark.usefixtures("cold")
@pytest.mark.parametrize("name", FORKS)
def test_a_fork_that_does_not_get_to_the_students_file_is_ours(outcomes_of, monkeypatch, tmp_path, name):
    code, message = FORKS[name]
    monkeypatch.setattr(start, "_BOOT", forked_to(code))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(SandboxError) as error:
        outcomes_of("def f(x): return x\n", "f")
    assert str(error.value) == message
    assert list(tmp_path.iterdir()) == []


@on_linux
@forked
@pytest.mark.usefixtures("cold")
def test_a_fork_that_fails_before_the_students_file_says_why(outcomes_of, monkeypatch):
    monkeypatch.setattr(start, "_BOOT", forked_to("1 / 0"))
    with pytest.raises(SandboxError) as error:
        outcomes_of("def f(x): return x\n", "f")
    assert str(error.value).endswith("ZeroDivisionError: division by zero")


@on_linux
@forked
@pytest.mark.usefixtures("cold")
@pytest.mark.parametrize("name", WARM)
def test_a_zygote_that_does_not_start_is_ours(outcomes_of, monkeypatch, tmp_path, name):
    code, words = WARM[name]
    monkeypatch.setattr(start, "_BOOT", code)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(SandboxError) as error:
        outcomes_of("def f(x): return x\n", "f")
    assert str(error.value) == f"the process that students' code is forked from ended: {words}"
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    assert numbers(outcomes_of("def f(x): return x\n", "f")) == [[1.0, 2.0]]


@on_linux
@forked
@pytest.mark.usefixtures("cold", "few_children")
@pytest.mark.parametrize("kind", [wire.DONE, wire.VALUE, wire.UNREADABLE, wire.MISSING])
def test_a_child_that_answers_before_it_is_ready_is_ours(outcomes_of, monkeypatch, kind):
    result = wire.result_frame(0, [], X)[wire.HEADER.size :]
    payload = {wire.VALUE: result, wire.UNREADABLE: wire.pack_texts("no")}.get(kind, wire.pack_texts())
    monkeypatch.setattr(start, "_BOOT", forked_to(f"os.write(1, {wire.frame(kind, 0, payload)!r})"))
    with pytest.raises(SandboxError) as error:
        outcomes_of("def f(x): return x\n", "f")
    assert str(error.value) == "the child ended with code 70 before it read the student's file: no word"


LATE = "the child had not started after 1 s; is the machine overloaded?"


@at(Level.PARTIAL)
def test_a_new_process_that_does_not_start_in_time_is_ours(outcomes_of, monkeypatch):
    monkeypatch.setattr(start, "_BOOT", "import time; time.sleep(30)")
    monkeypatch.setattr(process, "START_SECONDS", 1.0)
    with pytest.raises(SandboxError) as error:
        outcomes_of("def f(x): return x\n", "f")
    assert str(error.value) == LATE


@on_linux
@forked
@pytest.mark.usefixtures("cold")
def test_a_fork_that_does_not_start_in_time_is_ours(outcomes_of, monkeypatch):
    monkeypatch.setattr(start, "_BOOT", forked_to("time.sleep(30)"))
    monkeypatch.setattr(process, "START_SECONDS", 1.0)
    with pytest.raises(SandboxError) as error:
        outcomes_of("def f(x): return x\n", "f")
    assert str(error.value) == LATE


@on_linux
@forked
@pytest.mark.usefixtures("cold")
def test_a_zygote_that_does_not_start_in_time_is_ours(outcomes_of, monkeypatch):
    monkeypatch.setattr(start, "_BOOT", "import time; time.sleep(30)")
    monkeypatch.setattr(start, "START_SECONDS", 1.0)
    began = time.monotonic()
    with pytest.raises(SandboxError) as error:
        outcomes_of("def f(x): return x\n", "f")
    assert str(error.value) == "the process that students' code is forked from did not answer within 1 s: no word"
    assert time.monotonic() - began < 5


@everywhere
@pytest.mark.usefixtures("cold")
def test_a_python_that_is_not_there_is_ours(outcomes_of, setting, monkeypatch, tmp_path):
    monkeypatch.setattr(start, "sys", SimpleNamespace(platform=sys.platform, executable=str(tmp_path / "python")))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(SandboxError) as error:
        outcomes_of("def f(x): return x\n", "f")
    if setting.level.walls:  # it is the walls that miss it
        assert str(error.value).startswith("the process that students' code is forked from ended: bwrap: ")
    else:
        assert str(error.value).startswith("no process could be started for the student's code: [Errno 2] ")
    assert list(tmp_path.iterdir()) == []
    del error
    gc.collect()  # what was not closed is told now, as a warning that fails this test


@at(Level.NONE)
def test_where_no_process_can_be_forked_there_is_a_new_one(outcomes_of, monkeypatch):
    monkeypatch.setattr(start, "sys", SimpleNamespace(platform="another", executable=sys.executable))
    monkeypatch.setattr(start, "zygote", None)
    assert numbers(outcomes_of("def f(x): return x\n", "f")) == [[1.0, 2.0]]


@at(Level.PARTIAL)
def test_a_new_process_serves_as_a_fork_does(outcomes_of, monkeypatch):
    monkeypatch.setenv("GRADER_TOKEN", "not for students")
    source = """\
        import os
        def f(x): return x
        def g(x):
            while True: pass
        def h(x): os._exit(3)
        def i(x): return len(os.listdir('.')) + ('GRADER_TOKEN' in os.environ)
        os._exit(4)
        """
    outcomes = outcomes_of(source, "f", "g", "h", "i")
    assert numbers(outcomes) == [[1.0, 2.0], "time_limit", "exited", 0.0]
    assert [outcomes.outcomes[n].line for n in (1, 2)] == [4, 5]
    assert outcomes.left_out == (LeftOut(5, 7, "it ended Python itself, with exit code 4", fatal=True),)


@pytest.mark.usefixtures("locked")
@pytest.mark.parametrize("number", [9, 19])
def test_a_locked_child_can_not_have_itself_killed_or_stopped(outcomes_of, number):
    outcome = outcomes_of(f"import signal\ndef f(x): signal.raise_signal({number})\n", "f").outcomes[0]
    assert (outcome.happened, outcome.text, outcome.line) == (Happened.RAISED, REFUSED, 2)


@at(Level.NONE, Level.PARTIAL)
def test_a_kill_by_the_system_is_ours(outcomes_of):
    with pytest.raises(SandboxError) as error:
        outcomes_of("import signal\ndef f(x): signal.raise_signal(9)\n", "f")
    assert str(error.value) == "the system killed the child (out of memory, most likely); nothing is known of the code"


@on_linux
@everywhere
def test_the_level_is_what_it_says(outcomes_of, setting):
    """A filter of system calls lies on a locked child, and on no other."""
    source = "import ctypes\ndef f(x): return ctypes.CDLL(None).prctl(21, 0, 0, 0, 0)\n"
    assert numbers(outcomes_of(source, "f")) == [2.0 if setting.level.locked else 0.0]


def test_the_files_in_the_box_import_nothing_of_the_grader():
    room = Path(process.__file__).parent
    names = [f"inside.{module.name}" for module in pkgutil.iter_modules([str(room / "inside")])]
    assert {"inside.child", "inside.zygote", "inside.alone", "inside.lock"} <= set(names)
    code = f"import sys; sys.path.insert(0, sys.argv[1]); import {', '.join(names)}; print('grader' in sys.modules)"
    done = subprocess.run([sys.executable, "-P", "-c", code, str(room)], capture_output=True, text=True, check=False)
    assert done.stdout == "False\n", done.stderr


def test_calls_that_are_slow_one_and_all_are_bounded_together(setting):
    source = """\
        import time
        def f(x):
            end = time.process_time() + 0.08
            while time.process_time() < end:
                pass
            return x
        def g(x): return x
        """
    names = ["f"] * 40 + ["g"]
    wanted = tuple(Wanted(name, ("x",), ("x",)) for name in ("f", "g"))
    calls = Calls(wanted, tuple(Call(name, {"x": np.ones(1)}) for name in names))
    outcomes = run(setting, Program(textwrap.dedent(source).encode()), calls, Limits(seconds=0.1)).outcomes
    happened = [outcomes[number].happened for number in range(41)]
    assert happened[:5] == [Happened.VALUE] * 5
    assert happened[40] == Happened.VALUE
    stop = happened.index(Happened.TIME_LIMIT)
    assert 8 <= stop <= 20
    assert outcomes[stop].text == "it computed for more than 1 s, together with what was before it"
    assert set(happened[stop + 1 : 40]) == {Happened.NOT_RUN}


def test_after_a_memory_blow_up_the_other_calls_count_as_not_run(setting):
    """How many of them would have come through is chance."""
    source = "import numpy as np\nseen = []\ndef f(x):\n    seen.append(1)\n    return x if len(seen) != 2 else np.ones(10**12)\n"
    wanted = (Wanted("f", ("x",), ("x",)),)
    outcomes = run(
        setting, Program(source.encode()), Calls(wanted, (Call("f", {"x": np.ones(1)}),) * 4), Limits()
    ).outcomes
    assert [outcomes[n].happened for n in range(4)] == [
        Happened.VALUE,
        Happened.MEMORY_LIMIT,
        Happened.NOT_RUN,
        Happened.NOT_RUN,
    ]


def test_answers_can_only_be_added_to():
    with start.answers_file() as file:
        file.write(b"one")
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        file.write(b"two")
        os.pwrite(file.fileno(), b"three", 0)
        with pytest.raises(PermissionError):
            os.ftruncate(file.fileno(), 0)
        assert os.pread(file.fileno(), 100, 0) == b"onetwothree"


def versions_of(base: Calls, *names: str) -> Calls:
    """The calls of one function, once for each of these names."""
    [wanted] = base.wanted
    return Calls(
        tuple(replace(wanted, name=name) for name in names),
        tuple(replace(call, function=name) for name in names for call in base.calls),
        repeats=base,
    )


@everywhere
def test_versions_of_a_function_share_its_calls_and_nothing_else(setting: Setting):
    wanted = Wanted("f", ("x",), ("x",))
    base = Calls((wanted,), tuple(Call("f", {"x": np.array([float(n)])}, layout) for n, layout in enumerate("CF")))
    source = """
        def one(x): return x + 1
        def two(x):
            x[0] = 7.0
            return x
        def three(x): raise ValueError(x[0])
        def five(x): return 5 * x
        """
    program = Program(textwrap.dedent(source).encode())
    outcomes = run(setting, program, versions_of(base, "one", "two", "three", "four", "five"), FAST)
    assert numbers(outcomes) == [[1.0], [2.0], [7.0], [7.0], "raised", "raised", "missing", "missing", [0.0], [5.0]]
    assert [outcomes.outcomes[n].changed for n in range(4)] == [(), (), ("x",), ("x",)]
    assert [outcomes.outcomes[n].text for n in (4, 5)] == ["ValueError: 0.0", "ValueError: 1.0"]
    # The same calls serve another pack, and calls that are no versions come after them.
    assert numbers(run(setting, program, versions_of(base, "five", "one"), FAST)) == [[0.0], [5.0], [1.0], [2.0]]
    assert numbers(run_at(setting, "def f(x): return 2 * x", "f")) == [[2.0, 4.0]]


@everywhere
def test_a_version_that_hangs_or_dies_costs_itself_alone(setting: Setting):
    base = calls_of("f", "f")
    source = """
        import os
        def ends(x): os._exit(0)
        def loops(x):
            while True: pass
        def right(x): return x
        """
    program = Program(textwrap.dedent(source).encode())
    outcomes = run(setting, program, versions_of(base, "ends", "loops", "right"), FAST)
    assert numbers(outcomes) == ["exited", "not_run", "time_limit", "not_run", [1.0, 2.0], [1.0, 2.0]]


def said_inside(command: str) -> tuple[str, str]:
    """What a Python that begins as a zygote does prints, where it goes and where errors go."""
    begin = f"import sys; sys.path[:0] = sys.argv[1:]\n{command}"
    places = [str(Path(process.__file__).parent), *walls.site_packages()]
    done = subprocess.run([sys.executable, "-S", "-c", begin, *places], capture_output=True, text=True, check=True)
    return done.stdout, done.stderr


def test_nothing_in_a_zygote_runs_code_of_its_own_at_a_fork():
    """random draws anew in each child, threading looks for its threads; what is imported when nobody asks costs each."""
    command = (
        "from inside import libraries, zygote; "
        "libraries.import_all([], usual=False); libraries.offer_only([]); "
        "print(*sorted(sys.modules.keys() & {'concurrent', 'logging', 'random', 'tempfile', 'threading'}))"
    )
    assert said_inside(command) == ("\n", "")


@pytest.mark.parametrize(("within", "same"), [("libraries.without_fork_hooks()", True), ("io.StringIO()", False)])
def test_what_a_locked_zygote_imports_is_not_called_at_a_fork(within, same):
    """random shows it: its hook draws a new state in each child."""
    command = (
        "import os, io; from inside import libraries\n"
        f"with {within}: import random\n"
        "state = random.getstate()\n"
        "os.register_at_fork(after_in_child=lambda: print('called', flush=True))\n"
        "if not os.fork(): print(random.getstate() == state, flush=True); os._exit(0)\n"
        "os.wait()"
    )
    assert said_inside(command) == (f"called\n{same}\n", "")


def test_answers_of_the_expected_shapes_are_not_read_one_by_one(setting, monkeypatch):
    """Else they would be right all the same, and nobody would see that it takes longer."""
    wanted = (Wanted("f", ("x",), ("x",)), Wanted("g", ("x",), ("x",)))
    made = [Call(name, {"x": np.full(2, float(n))}, shape=(2,)) for n in range(3) for name in ("f", "g")]
    read, real = [], wire.unpack_result
    monkeypatch.setattr(wire, "unpack_result", lambda *given: read.append(given) or real(*given))
    source = b"def f(x): return 2 * x\ndef g(x): return x[:1] if x[0] == 1 else x\n"
    outcomes = run(setting, Program(source), Calls(wanted, tuple(made)), Limits()).outcomes
    assert [outcome.value.tolist() for _, outcome in sorted(outcomes.items())] == [
        [0.0, 0.0], [0.0, 0.0], [2.0, 2.0], [1.0], [4.0, 4.0], [2.0, 2.0]
    ]  # fmt: skip
    assert len(read) == 3


def test_outcomes_in_one_piece_are_made_when_they_are_asked_for(setting):
    """And are as the others are: the values, the numbers, how many there are."""
    wanted = (Wanted("f", ("x",), ("x",)), Wanted("g", ("x",), ("x",)))
    made = [Call(name, {"x": np.full(2, float(n))}, shape=(2,)) for n in range(2) for name in ("f", "g")]
    source = b"def f(x): return 2 * x\ndef g(x): return x[:1]\n"
    outcomes = run(setting, Program(source), Calls(wanted, tuple(made)), Limits()).outcomes
    assert set(outcomes._made) == {1, 3}
    assert (2 in outcomes, 4 in outcomes, outcomes.get(4)) == (True, False, None)
    assert outcomes[2] is outcomes[2]
    assert (len(outcomes), sorted(outcomes)) == (4, [0, 1, 2, 3])
    assert {number: outcome.value.tolist() for number, outcome in {**outcomes}.items()} == {
        0: [0.0, 0.0], 1: [0.0], 2: [2.0, 2.0], 3: [1.0]
    }  # fmt: skip
    with pytest.raises(KeyError, match="4"):
        outcomes[4]


@pytest.mark.parametrize(
    "draw",
    [
        "__import__('ran' + 'dom').gauss(0, 1)",
        "getattr(np, 'ran' + 'dom').rand()",
        "getattr(np, 'ran' + 'dom').default_rng().normal()",
        "__import__('statistics').NormalDist(0, 1).samples(1)[0]",
    ],
)
def test_what_is_imported_in_the_middle_of_a_call_draws_the_same_in_every_run(outcomes_of, draw):
    source = f"import numpy as np\ndef f(x): return {draw}\ndef g(x): return {draw}\n"
    first, second, third = numbers(outcomes_of(source, "f", "f", "g"))
    assert first == third
    assert first != second
    assert numbers(outcomes_of(source, "f", "f", "g")) == [first, second, third]
