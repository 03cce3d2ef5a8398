"""Which quantity each parameter asks for: every rule of the binding, and what is left unbound."""

from __future__ import annotations

import functools
import inspect

import numpy as np
import pytest

from grader.sandbox.inside.binding import Binding, bind, fold

DECLARED = ("os", "y")
OFFERED = ("os", "y", "ha", "hs", "W1", "b1", "d", "dh")
ALIASES = {"probs": "os", "labels": "y", "hidden": "hs", "nowhere": "grad_oa"}
NAMES = {"os": 10, "y": 20, "ha": 30, "hs": 40, "W1": 50, "b1": 60, "d": 70, "dh": 80}
"""A number for each quantity, so that a call shows what it got."""


def bound(function, declared=DECLARED, offered=OFFERED, aliases=ALIASES) -> Binding:
    return bind(function, declared, offered, aliases, name="f")


def called(function, binding: Binding):
    """Call the function as the child does."""
    defaults = iter(binding.defaults)
    positional = [NAMES[q] if q is not None else next(defaults) for q in binding.positional]
    return function(*positional, **{name: NAMES[q] for name, q in binding.keywords.items()})


def written(text: str, **names):
    """The function `f` that a piece of source text defines."""
    namespace = {"functools": functools, "np": np, **names}
    exec(text, namespace)
    return namespace["f"]


# (name, source, quantities that arrive in order, readings)
SUPPLIED = [
    ("exact names", "def f(os, y): return os, y", (10, 20), []),
    ("exact names in another order", "def f(y, os): return y, os", (20, 10), []),
    ("more than is declared", "def f(os, y, W1, d): return os, y, W1, d", (10, 20, 50, 70), []),
    ("less than is declared", "def f(y): return (y,)", (20,), []),
    ("nothing", "def f(): return ()", (), []),
    ("other case", "def f(OS, Y): return OS, Y", (10, 20), [("OS", "os", "case"), ("Y", "y", "case")]),
    ("underscores", "def f(o_s_, w_1): return o_s_, w_1", (10, 50), [("o_s_", "os", "case"), ("w_1", "W1", "case")]),
    ("an alias", "def f(probs, y): return probs, y", (10, 20), [("probs", "os", "alias")]),
    (
        "aliases in another order",
        "def f(labels, probs): return labels, probs",
        (20, 10),
        [("labels", "y", "alias"), ("probs", "os", "alias")],
    ),
    (
        "an alias of a quantity that is not declared",
        "def f(hidden, y): return hidden, y",
        (40, 20),
        [("hidden", "hs", "alias")],
    ),
    (
        "position, no name known",
        "def f(a, b): return a, b",
        (10, 20),
        [("a", "os", "position"), ("b", "y", "position")],
    ),
    ("position, the first unknown", "def f(a, y): return a, y", (10, 20), [("a", "os", "position")]),
    ("position, the last unknown", "def f(os, b): return os, b", (10, 20), [("b", "y", "position")]),
    ("the only one left over, out of place", "def f(y, a): return y, a", (20, 10), [("a", "os", "position")]),
    (
        "position beside an alias",
        "def f(labels, a): return labels, a",
        (20, 10),
        [("labels", "y", "alias"), ("a", "os", "position")],
    ),
    ("an unknown default is kept", "def f(os, y, eps=7): return os, y, eps", (10, 20, 7), []),
    ("an unknown default in the middle is kept", "def f(os, eps=7, y=8): return os, eps, y", (10, 7, 20), []),
    ("a known default is a request", "def f(os, y=None): return os, y", (10, 20), []),
    ("a default in another case is a request", "def f(os, Y=None): return os, Y", (10, 20), [("Y", "y", "case")]),
    (
        "an alias applies to a default too",
        "def f(os, labels=7): return os, labels",
        (10, 20),
        [("labels", "y", "alias")],
    ),
    (
        "defaults stand for something where nothing else does",
        "def f(a=1, b=2): return a, b",
        (10, 20),
        [("a", "os", "position"), ("b", "y", "position")],
    ),
    (
        "position does not count unknown defaults",
        "def f(a, b, eps=7): return a, b, eps",
        (10, 20, 7),
        [("a", "os", "position"), ("b", "y", "position")],
    ),
    (
        "position counts known defaults",
        "def f(a, y=None, eps=7): return a, y, eps",
        (10, 20, 7),
        [("a", "os", "position")],
    ),
    ("keyword-only", "def f(*, y, os): return y, os", (20, 10), []),
    ("keyword-only with an unknown default", "def f(os, *, eps=7, y): return os, eps, y", (10, 7, 20), []),
    ("keyword-only by alias", "def f(os, *, labels): return os, labels", (10, 20), [("labels", "y", "alias")]),
    (
        "keyword-only by position",
        "def f(os, *, target): return os, target",
        (10, 20),
        [("target", "y", "position")],
    ),
    ("positional-only", "def f(y, os, /): return y, os", (20, 10), []),
    ("positional-only, a default in the middle", "def f(os, eps=7, y=8, /): return os, eps, y", (10, 7, 20), []),
    ("*args beside names receive nothing", "def f(os, y, *args): return os, y, args", (10, 20, ()), []),
    ("**kwargs beside names receive nothing", "def f(os, y, **kw): return os, y, kw", (10, 20, {}), []),
    ("*args between names", "def f(os, *args, y): return os, args, y", (10, (), 20), []),
    (
        "*args alone",
        "def f(*args): return args",
        (10, 20),
        [("os", "os", "wrapped"), ("y", "y", "wrapped")],
    ),
    (
        "*args and **kwargs alone",
        "def f(*args, **kw): return args + tuple(kw)",
        (10, 20),
        [("os", "os", "wrapped"), ("y", "y", "wrapped")],
    ),
    (
        "**kwargs alone",
        "def f(**kw): return tuple(kw.items())",
        (("os", 10), ("y", 20)),
        [("os", "os", "wrapped"), ("y", "y", "wrapped")],
    ),
    ("a lambda", "f = lambda y, probs: (y, probs)", (20, 10), [("probs", "os", "alias")]),
    ("a partial", "f = functools.partial(lambda eps, y, os: (eps, y, os), 7)", (7, 20, 10), []),
    ("a partial by keyword", "f = functools.partial(lambda os, y, eps: (os, y, eps), eps=7)", (10, 20, 7), []),
    ("a bound method", "class C:\n def m(self, y, os): return y, os\nf = C().m", (20, 10), []),
    ("a static method", "class C:\n @staticmethod\n def m(y, os): return y, os\nf = C.m", (20, 10), []),
    ("a class method", "class C:\n @classmethod\n def m(cls, y, os): return y, os\nf = C.m", (20, 10), []),
    ("a callable object", "class C:\n def __call__(self, y, os): return y, os\nf = C()", (20, 10), []),
    (
        "a decorator with wraps",
        "def deco(g):\n @functools.wraps(g)\n def w(*a, **k): return g(*a, **k)\n return w\n"
        "@deco\ndef f(y, os): return y, os",
        (20, 10),
        [],
    ),
    (
        "a decorator without wraps",
        "def deco(g):\n def w(*a, **k): return g(*a, **k)\n return w\n@deco\ndef f(y, os): return y, os",
        (20, 10),
        [],
    ),
    (
        "two decorators without wraps",
        "def deco(g):\n def w(*a): return g(*a)\n return w\n@deco\n@deco\ndef f(labels, os): return labels, os",
        (20, 10),
        [("labels", "y", "alias")],
    ),
    (
        "a decorator that closes over more than one function",
        "def deco(g, h):\n def w(*a): return g(*h(*a))\n return w\nf = deco(lambda y, os: (y, os), lambda *a: a)",
        (10, 20),
        [("os", "os", "wrapped"), ("y", "y", "wrapped")],
    ),
    (
        "a decorator that closes over something else",
        "def deco(n):\n def w(*a): return a + (n,)\n return w\nf = deco(7)",
        (10, 20, 7),
        [("os", "os", "wrapped"), ("y", "y", "wrapped")],
    ),
    (
        "a function that closes over itself",
        "def make():\n def w(*a): return (w and a)\n return w\nf = make()",
        (10, 20),
        [("os", "os", "wrapped"), ("y", "y", "wrapped")],
    ),
    (
        "a decorator that closes over a name without a value",
        "def deco(g):\n def w(*a): return g(*a) if g else later\n return w\n later = 1\n"
        "@deco\ndef f(y, os): return y, os",
        (20, 10),
        [],
    ),
    (
        "a decorator that counts its calls",
        "def deco(g):\n def w(*a):\n  w.calls += 1\n  return g(*a)\n w.calls = 0\n return w\n"
        "@deco\ndef f(y, os): return y, os",
        (20, 10),
        [],
    ),
    (
        "a builtin without a signature",
        "f = max",
        20,
        [("os", "os", "wrapped"), ("y", "y", "wrapped")],
    ),
    (
        "np.vectorize",
        "f = np.vectorize(lambda a, b: a - b)",
        -10,
        [("a", "os", "position"), ("b", "y", "position")],
    ),
    (
        "a decorator that takes keywords only",
        "def deco(g):\n def w(**k): return g(**k)\n return w\n@deco\ndef f(y, os): return os, y",
        (10, 20),
        [],
    ),
    (
        "a decorator that is a class",
        "class D:\n def __init__(self, g): self.g = g\n def __call__(self, *a): return self.g(*a)\n"
        "@D\ndef f(y, os): return os, y",
        (10, 20),
        [],
    ),
    (
        "a decorator that holds a second function",
        "def outer(ok):\n def deco(g):\n  def w(*a):\n   r = g(*a); ok(r); return r\n  return w\n return deco\n"
        "def check(r): pass\n@outer(check)\ndef f(y, os): return os, y",
        (10, 20),
        [],
    ),
    (
        "a decorator with wraps that supplies an argument",
        "import functools\ndef deco(g):\n @functools.wraps(g)\n def w(os, y): return g(os, y, 1)\n return w\n"
        "@deco\ndef f(os, y, extra): return os, y + extra",
        (10, 21),
        [],
    ),
    (
        "a decorator without wraps that supplies an argument",
        "def deco(g):\n def w(*a): return g(*a, 1)\n return w\n@deco\ndef f(os, y, extra): return os, y + extra",
        (10, 21),
        [("os", "os", "wrapped"), ("y", "y", "wrapped")],
    ),
    ("a ufunc of numpy", "f = np.subtract", -10, [("os", "os", "wrapped"), ("y", "y", "wrapped")]),
]


@pytest.mark.parametrize(("source", "arrives", "readings"), [r[1:] for r in SUPPLIED], ids=[r[0] for r in SUPPLIED])
def test_each_parameter_gets_what_it_asks_for(source, arrives, readings):
    function = written(source)
    binding = bound(function)
    assert binding.unknown == []
    assert called(function, binding) == arrives
    assert binding.readings == readings


def test_a_ufunc_is_called_with_the_declared_signature():
    binding = bound(np.subtract)
    assert called(np.subtract, binding) == -10
    assert binding.quantities == ["os", "y"]


# (name, source, unknown names, what differs from the usual offer)
UNKNOWN = [
    ("an unknown name, the count differs", "def f(os, y, extra): pass", ["extra"], {}),
    ("too few to go by position", "def f(a): pass", ["a"], {}),
    ("several unknown names, the count differs", "def f(os, a, b): pass", ["a", "b"], {}),
    ("a known name that is not declared forbids position", "def f(W1, a): pass", ["a"], {}),
    ("an alias that is not declared forbids position", "def f(hidden, a): pass", ["a"], {}),
    ("the declared quantity is named twice", "def f(os, OS, a): pass", ["a"], {"declared": ("os", "y", "W1")}),
    (
        "several left over whose places are taken",
        "def f(y, a, b): pass",
        ["a", "b"],
        {"declared": ("os", "y", "W1")},
    ),
    ("an alias of what is not on offer", "def f(os, y, nowhere): pass", ["nowhere"], {}),
    ("an alias in another case is no alias", "def f(os, y, Labels): pass", ["Labels"], {}),
    ("a default beside an unknown name", "def f(a, eps=1): pass", ["a"], {}),
    ("keyword-only", "def f(os, y, *, extra): pass", ["extra"], {}),
    ("a near miss is not guessed", "def f(os, y, W): pass", ["W"], {}),
    (
        "an ambiguous match without case",
        "def f(os, y, w_1): pass",
        ["w_1"],
        {"offered": ("os", "y", "W1", "w1")},
    ),
    ("nothing on offer", "def f(os, y): pass", ["os", "y"], {"offered": (), "declared": ()}),
    ("a method that nobody bound", "class C:\n def m(self, os, y): pass\nf = C.m", ["self"], {}),
]


@pytest.mark.parametrize(("source", "unknown", "offer"), [r[1:] for r in UNKNOWN], ids=[r[0] for r in UNKNOWN])
def test_what_can_not_be_supplied_is_named_and_nothing_is_guessed(source, unknown, offer):
    binding = bound(written(source), **offer)
    assert binding.unknown == unknown
    assert binding.positional == []
    assert binding.keywords == {}
    assert binding.readings == []


def test_an_exact_name_goes_before_an_ambiguous_one():
    binding = bound(written("def f(w1, W1): return w1, W1"), offered=("W1", "w1"))
    assert binding.positional == ["w1", "W1"]
    assert binding.readings == []


def test_a_match_without_case_goes_before_an_alias():
    binding = bound(written("def f(OS): pass"), aliases={"OS": "y"})
    assert binding.positional == ["os"]
    assert binding.readings == [("OS", "os", "case")]


def test_an_alias_goes_before_the_position():
    binding = bound(written("def f(labels, q): pass"))
    assert binding.positional == ["y", "os"]


def test_several_unknown_names_take_their_own_places():
    function = written("def f(W1, a, b): return W1, a, b")
    binding = bound(function, declared=("W1", "hs", "y"))
    assert binding.positional == ["W1", "hs", "y"]
    assert binding.readings == [("a", "hs", "position"), ("b", "y", "position")]


def test_each_quantity_is_listed_once_in_the_order_of_the_parameters():
    assert bound(written("def f(y, os, OS, *, Y): pass")).quantities == ["y", "os"]


def test_a_default_is_handed_over_as_the_very_same_object():
    function = written("def f(os, rows=[], y=None): return rows")
    assert called(function, bound(function)) is function.__defaults__[0]


def test_an_object_whose_signature_is_broken_is_called_with_the_declared_signature():
    class Broken:
        __signature__ = "no signature"

        def __call__(self, *args):
            return args

    assert called(Broken(), bound(Broken())) == (10, 20)


@pytest.mark.parametrize(
    ("name", "folded"), [("grad_W2", "gradw2"), ("_Os__", "os"), ("GRAD", "grad"), ("STRASSE", "strasse"), ("_", "")]
)
def test_a_folded_name_has_no_case_and_no_underscores(name, folded):
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("source", "arrives"),
    [
        ("def f(d): return d", 3),  # the exact name comes first
        ("def f(D): return D", 10),  # a name that is a size only by case, where the one declared quantity is due
        ("def f(os, d): return d", 3),  # more than is declared: a request
        ("def f(os, d=None): return d", 3),
        ("def f(os, d=1): return d", 3),
        ("def f(os, d=0.0): return d", 0.0),  # a default that is no size: the name means something else
    ],
)
def test_a_size_is_supplied_only_where_a_size_can_be_meant(source, arrives):
    function = written(source)
    binding = bind(function, ("os",), ("os", "d"), {}, ("d",))
    assert not binding.unknown
    values = {"os": 10, "d": 3}
    defaults = iter(binding.defaults)
    arguments = [values[q] if q is not None else next(defaults) for q in binding.positional]
    assert function(*arguments) == arrives


@pytest.mark.parametrize("source", ["def f(d, dh, m): pass", "def f(M, DH, D): pass", "def f(dh, M, d): pass"])
def test_sizes_that_are_declared_are_read_by_name_in_any_order_and_case(source):
    function = written(source)
    binding = bind(function, ("d", "dh", "m"), ("d", "dh", "m"), {}, ("d", "dh", "m"))
    names = list(inspect.signature(function).parameters)
    assert binding.positional == [name.lower() for name in names]
