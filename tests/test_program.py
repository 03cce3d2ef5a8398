"""A student's file, statement by statement: what runs, what is found under which name, and files that can't be read."""

from __future__ import annotations

import os
import re
import sys

import pytest

from grader.sandbox.inside.program import (
    FILE_NAME,
    Program,
    UnreadableError,
    describe,
    kind_of,
    line_of,
    line_of_loop,
    line_of_statement,
)

WHY = "Python can not read the file: "


def loaded(source: str | bytes, *names: str, left_out=()) -> Program:
    """The program, its statements executed."""
    program = Program(source.encode() if isinstance(source, str) else source)
    program.load(left_out, names, lambda index: None)
    return program


@pytest.fixture(autouse=True)
def _modules_as_before(monkeypatch):
    monkeypatch.delitem(sys.modules, "submission", raising=False)
    yield
    sys.modules.pop("submission", None)


# ---------------------------------------------------------------- loading


def test_a_statement_that_fails_is_skipped_and_the_rest_runs():
    program = loaded("import not_there\n\ndef f(): return 1\nx = 1 / 0\ny = 5\n")
    assert program.failed == {
        0: "ModuleNotFoundError: No module named 'not_there'",
        2: "ZeroDivisionError: division by zero",
    }
    assert [program.line(index) for index in program.failed] == [1, 4]
    assert program.namespace["y"] == 5
    assert program.find("f", False) == ("f", program.namespace["f"])


def test_each_name_of_an_import_is_a_statement_of_its_own():
    source = "import math, not_there, json as j, os.path\nx = j.dumps(math.floor(math.pi)) + os.path.sep\n"
    program = loaded(source)
    assert program.failed == {1: "ModuleNotFoundError: No module named 'not_there'"}
    assert [program.line(index) for index in range(5)] == [1, 1, 1, 1, 2]
    assert [line_of_statement(source.encode(), index) for index in range(6)] == [1, 1, 1, 1, 2, 0]
    assert program.namespace["x"] == f"3{os.path.sep}"


FAILING = [
    ("an exit", "import sys\nsys.exit(3)", "SystemExit: the code asked Python to exit (3)"),
    ("an exit without a word", "raise SystemExit", "SystemExit: the code asked Python to exit"),
    ("an interrupt", "raise KeyboardInterrupt", "KeyboardInterrupt"),
    ("an exception without a message", "raise ValueError", "ValueError"),
    ("a message of several lines", "raise ValueError('a\\n  b\\tc')", "ValueError: a b c"),
    ("a long message", "raise ValueError('x' * 9999)", f"ValueError: {'x' * 4000}"),
    (
        "a message that can not be printed",
        "class E(Exception):\n def __str__(self): raise RuntimeError\nraise E",
        "E: (its message can not be printed)",
    ),
    ("a name that is not defined", "nothing", "NameError: name 'nothing' is not defined"),
    ("a missing file", "open('data.csv')", "FileNotFoundError: [Errno 2] No such file or directory: 'data.csv'"),
    ("an assertion", "assert 1 == 2, 'my test'", "AssertionError: my test"),
]


@pytest.mark.parametrize(("source", "text"), [row[1:] for row in FAILING], ids=[row[0] for row in FAILING])
def test_why_a_statement_failed_is_told_in_one_line(source, text):
    program = loaded(source + "\nlast = 1\n")
    assert list(program.failed.values()) == [text]
    assert program.namespace["last"] == 1


def test_each_statement_is_announced_before_it_runs():
    program, seen = Program(b"a = 1\nb = 2\n1 / 0\nc = 3\n"), []
    program.load((), (), lambda index: seen.append((index, sorted(set(program.namespace) & set("abc")))))
    assert seen == [(0, []), (1, ["a"]), (2, ["a", "b"]), (3, ["a", "b"])]


def test_a_statement_that_is_left_out_is_neither_run_nor_announced():
    program, seen = Program(b"a = 1\nb = 2\nc = 3\n"), []
    program.load({1}, (), seen.append)
    assert seen == [0, 2]
    assert "b" not in program.namespace
    assert program.failed == {}


def test_each_load_starts_from_a_fresh_module():
    program = Program(b"try:\n    n += 1\nexcept NameError:\n    n = 0\nif n: 1 / 0\n")
    program.load((), (), lambda index: None)
    program.namespace["n"] = 5
    program.load((), (), lambda index: None)
    assert program.namespace["n"] == 0
    assert program.failed == {}


def test_a_future_import_takes_effect_for_later_statements():
    source = '"""Homework."""\nfrom __future__ import annotations\n\ndef f(x: Nowhere) -> Nothing: return x\n'
    program = loaded(source)
    assert program.failed == {}
    assert program.namespace["f"].__annotations__ == {"x": "Nowhere", "return": "Nothing"}


def test_without_a_future_import_annotations_are_evaluated_for_the_student_too():
    program = loaded("import dataclasses\nx: int = dataclasses\ny: list = int\ndef f(a: y): pass\n")
    assert program.namespace["f"].__annotations__ == {"a": int}


@pytest.mark.parametrize("future", ["", "from __future__ import annotations\n"])
def test_dataclasses_work(future):
    program = loaded(
        f"{future}from dataclasses import dataclass, field\nfrom typing import ClassVar\n"
        "@dataclass\nclass Net:\n    n: int\n    kind: ClassVar[str] = 'net'\n    rows: list = field(default_factory=list)\n"
        "net = Net(3)\ntext = repr(net)\n"
    )
    assert program.failed == {}
    assert program.namespace["text"] == "Net(n=3, rows=[])"


def test_pickles_of_own_classes_work():
    program = loaded("import pickle\nclass A: pass\na = pickle.loads(pickle.dumps(A()))\nok = isinstance(a, A)\n")
    assert program.failed == {}
    assert program.namespace["ok"]


def test_the_main_block_does_not_run_and_the_module_knows_its_file():
    program = loaded("ran = __name__ == '__main__'\nif __name__ == '__main__':\n    1 / 0\nhere = __file__\n")
    assert program.failed == {}
    assert program.namespace["ran"] is False
    assert program.namespace["here"] == FILE_NAME
    assert program.namespace["__name__"] == "submission"


def test_a_file_without_statements_is_a_program():
    assert loaded(b"").failed == {}
    assert loaded(b"# nothing but a comment").find("f", False) == "There is no function f in the file."


# ---------------------------------------------------------------- finding

# (name, source, the name that it is found as, exact)
FOUND = [
    ("exact", "def grad_oa(): return 1", "grad_oa", False),
    ("exact, as demanded", "def grad_oa(): return 1", "grad_oa", True),
    ("other case and underscores", "def GradOA(): return 1", "GradOA", False),
    ("exact beside another case", "def GRAD_OA(): return 2\ndef grad_oa(): return 1", "grad_oa", False),
    ("defined twice, the last one counts", "def grad_oa(): return 2\ndef grad_oa(): return 1", "grad_oa", False),
    ("a lambda", "grad_oa = lambda: 1", "grad_oa", False),
    ("a partial", "import functools\ngrad_oa = functools.partial(int, 1)", "grad_oa", False),
    ("a bound method", "class N:\n def grad_oa(self): return 1\ngrad_oa = N().grad_oa", "grad_oa", False),
    ("a static method", "class N:\n @staticmethod\n def g(): return 1\ngrad_oa = N.g", "grad_oa", False),
    ("a callable object", "class N:\n def __call__(self): return 1\ngrad_oa = N()", "grad_oa", False),
    ("in an if block", "if True:\n    def grad_oa(): return 1", "grad_oa", False),
    ("in a try block", "try:\n    def grad_oa(): return 1\nfinally: pass", "grad_oa", False),
    ("its name given to a result", "def grad_oa(): return 1\ngrad_oa = grad_oa()", "grad_oa", False),
    ("its name given to a result twice", "def grad_oa(): return 1\ngrad_oa = grad_oa()\ngrad_oa = 3", "grad_oa", True),
    ("defined anew after its name was used", "grad_oa = 3\ndef grad_oa(): return 1", "grad_oa", False),
    ("defined before a statement that fails", "def grad_oa(): return 1\n1 / 0", "grad_oa", False),
    ("defined in a statement that fails later", "if True:\n    def grad_oa(): return 1\n    1 / 0", "grad_oa", False),
    ("a folded name beside a number", "gradoa = 3\ndef grad_OA(): return 1", "grad_OA", False),
]


@pytest.mark.parametrize(("source", "found_as", "exact"), [row[1:] for row in FOUND], ids=[row[0] for row in FOUND])
def test_a_function_is_found(source, found_as, exact):
    found = loaded(source, "grad_oa").find("grad_oa", exact)
    assert not isinstance(found, str), found
    assert found[0] == found_as
    assert found[1]() == 1


NO_FUNCTION = "There is no function grad_oa in the file."
# (name, source, the sentence, exact)
MISSING = [
    ("an empty file", "", NO_FUNCTION, False),
    ("nothing alike", "def loss(): pass", NO_FUNCTION, False),
    (
        "a name close by",
        "def grad_ao(): pass",
        f"{NO_FUNCTION} There is a function grad_ao: is it meant?",
        False,
    ),
    (
        "another case where the name must be exact",
        "def Grad_oa(): pass",
        f"{NO_FUNCTION} There is a function Grad_oa: is it meant?",
        True,
    ),
    (
        "capitals where the name must be exact",
        "def GRAD_OA(): pass",
        f"{NO_FUNCTION} There is a function GRAD_OA: is it meant?",
        True,
    ),
    ("a number", "grad_oa = 3", "grad_oa is an int, not a function.", False),
    ("None", "grad_oa = None", "grad_oa is None, not a function.", False),
    ("a list", "grad_oa = []", "grad_oa is a list, not a function.", False),
    ("a number beside another case", "grad_oa = 3\ndef Grad_oa(): pass", "grad_oa is an int, not a function.", False),
    (
        "inside a class",
        "class Net:\n\n    def grad_oa(self): pass",
        "grad_oa (line 3) is inside the class Net. Only functions at the top level of the file are graded: move it "
        "out, or add a line such as grad_oa = Net().grad_oa at the end.",
        False,
    ),
    (
        "another name of a method, inside a class",
        "class Net:\n\n    def f(self): pass\n    grad_oa = f",
        "grad_oa (line 4) is inside the class Net. Only functions at the top level of the file are graded: move it "
        "out, or add a line such as grad_oa = Net().grad_oa at the end.",
        False,
    ),
    ("a number inside a class", "class Net:\n    grad_oa = 3", NO_FUNCTION, False),
    (
        "inside a function",
        "def main():\n    def grad_oa(): pass\n    return grad_oa()",
        "grad_oa (line 2) is inside the function main: move it to the top level of the file.",
        False,
    ),
    (
        "inside an async function",
        "async def main():\n    def grad_oa(): pass",
        "grad_oa (line 2) is inside the function main: move it to the top level of the file.",
        False,
    ),
    (
        "a decorator that is not defined",
        "x = 1\n@nowhere\ndef grad_oa(): pass",
        "grad_oa (line 3) could not be defined: NameError: name 'nowhere' is not defined.",
        False,
    ),
    (
        "a default that fails",
        "def grad_oa(x=1 / 0): pass",
        "grad_oa (line 1) could not be defined: ZeroDivisionError: division by zero.",
        False,
    ),
    (
        "inside a block that failed before it",
        "if True:\n    import not_there\n    def grad_oa(): pass",
        "grad_oa (line 3) could not be defined: ModuleNotFoundError: No module named 'not_there'.",
        False,
    ),
    (
        "inside the main block",
        "if __name__ == '__main__':\n    def grad_oa(): pass",
        "grad_oa (line 2) was never defined, because the block around it did not run: move it out.",
        False,
    ),
]


@pytest.mark.parametrize(("source", "sentence", "exact"), [r[1:] for r in MISSING], ids=[r[0] for r in MISSING])
def test_why_a_function_is_missing_is_told(source, sentence, exact):
    found = loaded(source, "grad_oa").find("grad_oa", exact)
    assert found == sentence


def test_two_functions_that_differ_in_case_only_are_no_unique_match():
    found = loaded("def Grad_OA(): pass\ndef gradoa(): pass").find("grad_oa", False)
    assert isinstance(found, str)
    assert re.fullmatch(rf"{NO_FUNCTION} There is a function (gradoa|Grad_OA): is it meant\?", found)


@pytest.mark.parametrize(
    "source",
    ["def grad_oa(): pass\ndel grad_oa\n", "@str\ndef grad_oa(): pass\ndel grad_oa\n"],
    ids=["plain", "decorated"],
)
def test_a_deleted_function_is_not_said_to_be_inside_itself(source):
    found = loaded(source, "grad_oa").find("grad_oa", False)
    assert isinstance(found, str)
    assert "inside the function grad_oa" not in found


def test_a_function_whose_statement_was_left_out_is_not_said_to_be_inside_itself():
    found = loaded("x = 1\ndef grad_oa(): pass", "grad_oa", left_out={1}).find("grad_oa", False)
    assert isinstance(found, str)
    assert "inside the function grad_oa" not in found


def test_a_remembered_function_is_forgotten_when_the_file_is_loaded_anew():
    program = Program(b"def f(): return 1\nf = f()\n")
    program.load((), ("f",), lambda index: None)
    assert not isinstance(program.find("f", False), str)
    program.load({0}, ("f",), lambda index: None)
    assert isinstance(program.find("f", False), str)


def test_the_names_of_a_module_that_are_no_texts_do_no_harm():
    program = loaded("globals()[3] = print\n")
    assert program.find("grad_oa", False) == NO_FUNCTION


# ---------------------------------------------------------------- lines

# (name, source, first and last line of f)
LINES = [
    ("a function", "x = 1\n\ndef f():\n    return 1\n", (3, 4)),
    ("a function in one line", "def f(): return 1", (1, 1)),
    ("the last one of two", "def f(): return 1\ndef f():\n    return 2\n", (2, 3)),
    (
        "a decorated function",
        "import functools\n@functools.lru_cache\n@functools.wraps(print)\ndef g(): pass\n"
        "def deco(g):\n    @functools.wraps(g)\n    def w(): return g()\n    return w\n"
        "\n@deco\n@deco\ndef f():\n    return 1\n",
        (10, 13),
    ),
    ("a lambda", "x = 1\nf = lambda: 1\n", (2, 2)),
    ("a lambda of two lines", "f = lambda: (\n    1)\n", (1, 2)),
    ("a partial", "import functools\ndef g(a):\n    return a\nf = functools.partial(g, 1)\n", (2, 3)),
    (
        "a partial of a partial",
        "import functools as t\ndef g(a, b): return a\nf = t.partial(t.partial(g, 1), 2)\n",
        (2, 2),
    ),
    ("a bound method", "class N:\n    def m(self):\n        return 1\nf = N().m\n", (2, 3)),
    ("a static method", "class N:\n    @staticmethod\n    def m():\n        return 1\nf = N.m\n", (2, 4)),
    ("a callable object", "class N:\n    def __call__(self):\n        return 1\nf = N()\n", (2, 3)),
    ("a function with another name", "def g():\n    return 1\nf = g\n", (1, 2)),
    ("a coroutine function", "x = 1\nasync def f():\n    return 1\n", (2, 3)),
    ("a builtin", "f = max\n", None),
    ("a function from elsewhere", "from json import dumps as f\n", None),
    ("a class", "class f:\n    pass\n", None),
    ("a function that wraps itself", "def f():\n    return 1\nf.__wrapped__ = f\n", (1, 2)),
    (
        "an inherited __call__",
        "class M:\n    def __call__(self):\n        return 1\nclass N(M): pass\nf = N()\n",
        (2, 3),
    ),
]


@pytest.mark.parametrize(("source", "lines"), [row[1:] for row in LINES], ids=[row[0] for row in LINES])
def test_the_lines_of_a_function_are_known(source, lines):
    program = loaded(source)
    assert program.failed == {}
    assert program.lines_of(program.namespace["f"]) == lines


def test_an_exception_is_placed_in_the_innermost_line_of_the_students_file():
    program = loaded("import json\n\ndef f():\n    return g()\n\ndef g():\n    return json.loads('{')\n")
    with pytest.raises(ValueError, match="Expecting") as caught:
        program.namespace["f"]()
    assert line_of(caught.value) == 7
    assert line_of(ValueError("from elsewhere")) is None


LOOPS = b"""\
while True:
    def f(x):
        y = x
        for i in x:
            while i:
                i += 1
        def g():
            return 1
        return [
            1
        ]
    z = 1
"""


@pytest.mark.parametrize(
    ("line", "loop"), [(1, 1), (3, 3), (4, 4), (5, 4), (6, 4), (8, 8), (10, 10), (12, 1), (99, 99), (0, 0)]
)
def test_the_loop_of_a_line_is_the_outermost_one_within_its_function(line, loop):
    assert line_of_loop(LOOPS, line) == loop


@pytest.mark.parametrize(("index", "line"), [(0, 1), (1, 2), (2, 5), (3, 0), (2**32 - 1, 0)])
def test_the_line_of_a_statement_is_its_first_one_or_0(index, line):
    assert line_of_statement(b"a = 1\nb = [\n    2\n]\ndef f():\n    pass\n", index) == line


# ---------------------------------------------------------------- files that Python can not read

# (name, source, what follows "Python can not read the file: "), the same in every supported Python
UNREADABLE = [
    ("a syntax error", b"x = 1\ny = 1 +\n", "line 2, column 8: invalid syntax."),
    ("a bracket that is not closed", b"x = (\n", "line 1, column 5: '(' was never closed."),
    (
        "an unterminated string",
        b"x = 'a\n",
        "line 1, column 5: unterminated string literal (detected at line 1).",
    ),
    ("a syntax error after \\r\\n", b"x = 1\r\ny = (\r\n", "line 2, column 5: '(' was never closed."),
    ("a syntax error after a BOM", b"\xef\xbb\xbfx = (\n", "line 1, column 5: '(' was never closed."),
    (
        "Python 2",
        b"x = 1\nprint 'x'\n",
        "line 2, column 1: Missing parentheses in call to 'print'. Did you mean print(...)? The file looks like "
        "Python 2; write print(...) with parentheses.",
    ),
    (
        "latin-1 without saying so",
        b"# ok\nx = 'caf\xe9'\n",
        "it is not UTF-8 (byte 0xe9 in line 2, column 9). Save it as UTF-8.",
    ),
    (
        "latin-1 after umlauts in UTF-8",
        "s = 'ä'\n".encode() + b"x = '\xfc'\n",
        "it is not UTF-8 (byte 0xfc in line 2, column 6). Save it as UTF-8.",
    ),
    (
        "latin-1 that claims to be UTF-8",
        b"# -*- coding: utf-8 -*-\nx = '\xe9'\n",
        "it is not UTF-8 (byte 0xe9 in line 2, column 6). Save it as UTF-8.",
    ),
    ("an encoding that does not exist", b"# coding: nonsense\n", "unknown encoding: nonsense."),
    ("return outside a function", b"x = 1\nif x:\n    return x\n", "line 3, column 5: 'return' outside function."),
    ("yield outside a function", b"yield 1\n", "line 1, column 1: 'yield' outside function."),
    ("break outside a loop", b"break\n", "line 1, column 1: 'break' outside loop."),
    (
        "a future that does not exist",
        b"from __future__ import braces_for_all\n",
        "line 1, column 1: future feature braces_for_all is not defined.",
    ),
]


@pytest.mark.parametrize(("source", "why"), [row[1:] for row in UNREADABLE], ids=[row[0] for row in UNREADABLE])
def test_a_file_that_python_can_not_read_is_refused_with_line_and_column(source, why):
    with pytest.raises(UnreadableError) as refusal:
        Program(source)
    assert str(refusal.value) == WHY + why


DEEP = {
    "brackets": b"x = " + b"(" * 300 + b")" * 300,
    "minus signs": b"x = " + b"-" * 100_000 + b"1",
    "a sum": b"x = " + b"1+" * 100_000 + b"1",
    "nots": b"x = " + b"not " * 100_000 + b"1",
    "calls": b"x = a" + b"()" * 100_000,
    "attributes": b"x = a" + b".b" * 100_000,
    "lambdas": b"x = " + b"lambda: " * 5_000 + b"1",
    "elif": b"if x: pass\n" + b"elif x: pass\n" * 20_000,
}


@pytest.mark.parametrize("name", DEEP)
def test_a_file_that_is_nested_too_deeply_is_refused(name):
    with pytest.raises(UnreadableError) as refusal:
        Program(DEEP[name])
    assert str(refusal.value).startswith(WHY)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    "source",
    [b"x = 1\0\n", b"\0", "x = 1\n".encode("utf-16"), "x = 1\n".encode("utf-32"), b"\x80\x04\x95", bytes(range(256))],
    ids=["NUL", "only NUL", "UTF-16", "UTF-32", "a pickle", "every byte"],
)
def test_bytes_that_are_no_python_are_refused(source):
    with pytest.raises(UnreadableError) as refusal:
        Program(source)
    assert str(refusal.value).startswith(WHY)
    assert str(refusal.value).endswith(".")


READABLE = [
    ("latin-1 that says so", b"# -*- coding: latin-1 -*-\nx = '\xe9'\n", "é"),
    ("a BOM", b"\xef\xbb\xbfx = '\xc3\xa9'\n", "é"),
    ("\\r\\n", b"if True:\r\n    x = '\xc3\xa9'\r\n", "é"),
    ("\\r alone", b"x = 1\rx = 2\r", 2),
    ("no end of line", b"x = 2", 2),
    ("tabs", b"if True:\n\tx = 2\n", 2),
    ("umlauts in names", "ä = 2\nx = ä\n".encode(), 2),
    ("a form feed", b"\x0c\nx = 2\n", 2),
]


@pytest.mark.parametrize(("source", "value"), [row[1:] for row in READABLE], ids=[row[0] for row in READABLE])
def test_a_file_in_another_writing_is_read(source, value):
    program = loaded(source)
    assert program.failed == {}
    assert program.namespace["x"] == value


# ---------------------------------------------------------------- words


def test_the_words_for_an_exception_are_one_line():
    assert describe(ValueError("a\nb")) == "ValueError: a b"
    assert describe(KeyError("W1")) == "KeyError: 'W1'"
    assert describe(SystemExit("bye")) == "SystemExit: the code asked Python to exit (bye)"


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "None"), (3, "an int"), ([], "a list"), (object(), "an object"), (iter([]), "a list_iterator")],
)
def test_the_words_for_a_kind_have_the_right_article(value, words):
    assert kind_of(value) == words


def test_a_function_that_is_asked_for_itself_is_not_suggested_for_another():
    program = loaded("def grad_oa(): pass")
    assert program.find("grad_x", False, ["grad_oa", "grad_x"]) == "There is no function grad_x in the file."
