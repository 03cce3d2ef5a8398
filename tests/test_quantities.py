"""The graph: one operation, and errors that list what there is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.errors import RubricError
from grader.quantities import Graph, read_reference


def graph() -> Graph:
    return Graph({"b": lambda a: a + 1, "c": lambda a, b: 10 * a + b, "d": lambda c, k: c * k})


def test_a_quantity_is_evaluated_from_the_leaves():
    assert graph().evaluate(["d", "b"], {"a": 1, "k": 2}) == {"d": 24, "b": 2}


def test_a_given_quantity_is_taken_as_it_stands():
    assert graph().evaluate(["c", "d"], {"a": 1, "b": 5, "k": 1}) == {"c": 15, "d": 15}


def test_what_is_given_need_not_be_reachable_and_is_not_computed():
    assert graph().evaluate(["d"], {"c": 7, "k": 3}) == {"d": 21}


def test_each_function_runs_once_and_inputs_are_not_kept():
    calls = []
    once = Graph({"b": lambda a: calls.append(a) or a, "c": lambda b: b, "d": lambda b, c: b + c})
    assert once.evaluate(["c", "d"], {"a": 3}) == {"c": 3, "d": 6}
    assert calls == [3]
    assert once.evaluate(["d"], {"a": 4}) == {"d": 8}


def test_leaves_quantities_and_ancestors():
    assert graph().quantities == {"b", "c", "d"}
    assert graph().leaves == {"a", "k"}
    assert graph().ancestors("d") == {"a", "b", "c", "k"}
    assert graph().ancestors("b") == {"a"}
    assert graph().ancestors("a") == frozenset()


def test_a_function_can_be_replaced_without_changing_the_graph_it_came_from():
    first = graph()
    assert first.with_functions(b=lambda a: 0).evaluate(["c"], {"a": 1}) == {"c": 10}
    assert first.evaluate(["c"], {"a": 1}) == {"c": 12}


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        ("e", "there is no quantity 'e' Known are: a, b, c, d, k"),
        ("dd", "there is no quantity 'dd'; did you mean 'd'? Known are: a, b, c, d, k"),
    ],
)
def test_an_unknown_quantity_lists_what_exists(ask, message):
    with pytest.raises(RubricError) as error:
        graph().evaluate([ask], {"a": 1})
    assert str(error.value) == message
    with pytest.raises(RubricError):
        graph().ancestors(ask)


def test_a_leaf_that_is_not_given_is_named():
    with pytest.raises(RubricError, match=r"^there is no quantity 'k'"):
        graph().evaluate(["d"], {"a": 1})


def test_a_circle_is_named_in_order():
    with pytest.raises(RubricError) as error:
        Graph({"p": lambda q: q, "q": lambda r: r, "r": lambda p: p})
    assert str(error.value) == (
        "the reference goes round in a circle: p -> q -> r -> p; break it by removing one parameter"
    )


def test_a_quantity_that_needs_itself_is_a_circle():
    with pytest.raises(RubricError, match=r"p -> p"):
        Graph({"p": lambda p: p})


def test_a_parameter_that_is_no_name_of_a_quantity_is_refused():
    with pytest.raises(RubricError) as error:
        Graph({"p": lambda *values: values})
    assert str(error.value) == (
        "the reference function 'p' has the parameter *values; every parameter must be the name of a quantity"
    )


def test_a_reference_file_gives_its_own_public_functions_only(tmp_path: Path):
    path = tmp_path / "ref.py"
    path.write_text(
        "from math import sqrt\nfrom os.path import join\nK = 3\ndef _h(z): return z\ndef a(x): return _h(x)\n"
    )
    assert read_reference(path).quantities == {"a"}


def test_a_reference_that_was_changed_within_a_second_is_read_anew(tmp_path: Path):
    path = tmp_path / "ref.py"
    for number in "234":  # of the same size, at the same time
        path.write_text(f"def a(x): return {number} * x\n")
        os.utime(path, (1e9, 1e9))
        assert read_reference(path).evaluate(["a"], {"x": 1.0}) == {"a": float(number)}
    assert [each.name for each in tmp_path.iterdir()] == ["ref.py"]  # no cache lies beside it


def test_a_reference_knows_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "ref.py").write_text("here, name = __file__, __spec__.name\ndef a(x): return here, name\n")
    monkeypatch.chdir(tmp_path)
    found = read_reference(Path("ref.py")).evaluate(["a"], {"x": 1.0})["a"]
    assert found == (str(tmp_path / "ref.py"), "_reference_ref")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("x = 1\n", "the reference defines no public function, so there is nothing to grade by"),
        ("def a(x): return x\n1/0\n", "the reference can not be executed: ZeroDivisionError: division by zero"),
        ("def a(x) return x\n", "the reference can not be executed: SyntaxError: expected ':' (ref.py, line 1)"),
    ],
)
def test_a_reference_that_can_not_be_used_says_why(tmp_path: Path, source: str, message: str):
    path = tmp_path / "ref.py"
    path.write_text(source)
    with pytest.raises(RubricError) as error:
        read_reference(path)
    assert str(error.value) == f"{path}: {message}"


def test_a_missing_reference_says_which_key_names_it(tmp_path: Path):
    with pytest.raises(RubricError) as error:
        read_reference(tmp_path / "none.py")
    assert str(error.value) == (
        f"{tmp_path / 'none.py'}: there is no such reference file; the rubric's key 'reference' names it"
    )
