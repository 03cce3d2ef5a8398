"""A wrong rubric gets the file, the line, the key, what was found and what was expected; a right one is read whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import RUBRIC

from grader.errors import RubricError
from grader.homework import read_homework
from grader.rubric import read_rubric, rubric_schema

KEYS = (
    "homework, title, description, language, reference, trials, file, accepted, points, names, dimensions, inputs, activations, conventions, "
    "aliases, tolerance, limits, carried_forward, credit, reveal, visibility, packages, examples, class, due, timezone, late, checks, criteria"
)

# (name, old text, new text, the whole message after "rubrics/small.yaml")
FAULTS = [
    ("a typo in a key", "title:", "titel:",
     ", line 1: title: the key 'title' is missing\n"
     f"rubrics/small.yaml, line 2: titel: unknown key 'titel'; did you mean 'title'? Known keys: {KEYS}"),
    ("a typo in a criterion's key", "  - function: total\n    parameters", "  - function: total\n    paramters",
     ", line 15: criteria[1].parameters: the key 'parameters' is missing\n"
     "rubrics/small.yaml, line 16: criteria[1].paramters: unknown key 'paramters'; did you mean 'parameters'? "
     "Known keys: function, parameters, offers, points, formula, formula_text, aliases, tolerance, credit, "
     "gradient, shape, object, says, seconds"),
    ("a typo in an input's key", "{shape: [k]}", "{shap: [k]}",
     ", line 7: inputs.x.shap: unknown key 'shap'; did you mean 'shape'? Known keys: kind, shape, classes, first, negative"),
    ("a yes for a number", "points: 4", "points: yes",
     ", line 4: points: found true, expected a number; YAML reads yes, no, on and off as true and false"),
    ("a yes for a count", "small integers: 2", "small integers: on",
     ", line 9: checks.random shapes.small integers: found true, expected a number; "
     "YAML reads yes, no, on and off as true and false"),
    ("a day that there is not", "points: 4", "points: 2026-02-30", ", line 4: points: found '2026-02-30', expected a number"),
    ("a key like a day that there is not", "criteria:", "2026-02-30: x\ncriteria:",
     f", line 11: 2026-02-30: unknown key '2026-02-30'. Known keys: {KEYS}"),
    ("due on a day that there is not", "criteria:", "due: 2026-11-31T23:59:00\ncriteria:",
     ", line 11: due: found '2026-11-31T23:59:00', expected a date with a time, as in 2026-12-01T23:59:00"),
    ("due in the year 1", "criteria:", "due: 0001-01-01T00:00:00\ncriteria:",
     ", line 11: due: found the year 1, expected one from 1970 to 2999"),
    ("a word for a number", "points: 4", "points: four", ", line 4: points: found 'four', expected a number"),
    ("negative points", "repeatable: 1}\n  - f", "repeatable: -1}\n  - f",
     ", line 14: criteria[0].points.repeatable: found -1, expected a value greater than or equal to 0"),
    ("a range upside down", "[1, 4]", "[4, 1]",
     ", line 5: dimensions.k: found [4, 1], expected the smallest size first"),
    ("a range of three", "[1, 4]", "[1, 2, 4]", ", line 5: dimensions.k: found 3 items, expected at most 2"),
    ("a word for a range", "[1, 4]", "many",
     ", line 5: dimensions.k: found 'many', expected a list such as [a, b]"),
    ("an empty dimension", "[1, 4]", "[0, 4]",
     ", line 5: dimensions.k[0]: found 0, expected a value greater than or equal to 1"),
    ("an unknown dimension", "{shape: [k]}", "{shape: [kk]}",
     ", line 7: inputs.x.shape: there is no dimension 'kk'; did you mean 'k'? Known are: k"),
    ("a label of any shape", "{shape: [k]}", "{shape: any, kind: label, classes: k}",
     ", line 7: inputs.x.shape: found 'any', expected the dimensions of a label, as in [n]"),
    ("a shape that is no list", "{shape: [k]}", "{shape: every}",
     ", line 7: inputs.x.shape: found 'every', expected a list such as [a, b]"),
    ("an unknown check", "{random shapes: 2}", "{random shape: 2}",
     ", line 17: criteria[1].points.random shape: there is no check 'random shape'; did you mean 'random shapes'? "
     "Known are: random shapes, repeatable, leaves its inputs alone"),
    ("no trials of a case", "small integers: 2", "small integers: 0",
     ", line 9: checks.random shapes.small integers: found 0, expected a value greater than or equal to 1"),
    ("points that do not add up", "points: 4", "points: 5",
     ", line 4: points: found 5, but the points of all criteria add up to 4"),
    ("brackets that do not close", "{k: [1, 4]}", "{k: [1, 4}",
     ", line 5: this is not YAML: expected ',' or ']', but got '}'"),
    ("a key twice", "criteria:", "title: again\ncriteria:",
     ", line 11: the key 'title' stands here a second time (first in line 2)"),
    ("a missing key", "homework: small\n", "", ", line 1: homework: the key 'homework' is missing"),
    ("a function twice", "function: total", "function: double",
     ", line 12: criteria[0].function: 'double' has more than one criterion"),
    ("a label without classes", "{shape: [k]}", "{kind: label}",
     ", line 7: inputs.x: a label needs the key 'classes': the dimension that counts them"),
    ("a name that is none", "function: total", "function: 3x",
     ", line 15: criteria[1].function: found '3x', expected a name: a letter first, then letters, digits and underscores"),
    ("a criterion without points", "{random shapes: 2}", "{random shapes: 0}",
     ", line 17: criteria[1].points: no check with trials gives 'total' any points"),
    ("an alias of two quantities", "criteria:", "aliases: {x: [a], double: [a]}\ncriteria:",
     ", line 11: aliases.double: 'a' is an alias of 'x' already; a name may stand for one quantity only"),
    ("a package by another name than that of its import", "criteria:", "packages: [scipy, scikit-learn]\ncriteria:",
     ", line 11: packages[1]: found 'scikit-learn', expected a name: a letter first, then letters, digits and "
     "underscores"),
    ("an unknown kind", "criteria:", "activations: [{kind: rely, of: double, moved_by: x}]\ncriteria:",
     ", line 11: activations[0].kind: found 'rely', expected 'relu' or 'softmax'"),
    # what only the reference can tell
    ("a quantity that the reference lacks", "function: double", "function: dubble",
     ", line 12: criteria[0].function: the reference ../reference/small.py has no quantity 'dubble'; "
     "did you mean 'double'? It has: double, total"),
    ("a parameter that comes after", "parameters: [x]", "parameters: [total]",
     ", line 13: criteria[0].parameters: 'double' does not depend on 'total' in the reference; it may ask for: k, x"),
    ("a missing reference", "small.py", "smal.py",
     ", line 3: reference: rubrics/../reference/smal.py: there is no such reference file; "
     "the rubric's key 'reference' names it"),
    ("an input that nobody gives", "  x: {shape: [k]}", "  z: {shape: [k]}",
     ", line 6: inputs: the reference needs 'x' (for double, total), and the rubric does not give it; "
     "declare it under 'inputs', 'dimensions' or in the convention"),
    ("an alias of nothing", "criteria:", "aliases: {y: [a]}\ncriteria:",
     ", line 11: aliases.y: the reference ../reference/small.py has no quantity 'y'. It has: double, k, total, x"),
    ("a constant that nobody needs", "criteria:", "conventions: {a: {w: 1}}\ncriteria:",
     ", line 11: conventions.a: the constant 'w' is no parameter of any function of the reference"),
    ("a quantity that is drawn and computed", "  x: {shape: [k]}", "  x: {shape: [k]}\n  double: {shape: [k]}",
     ", line 8: inputs.double: 'double' is computed by the reference, so it can not be drawn too"),
    ("a case that needs a label", "small integers: 2", "first class: 2",
     ", line 9: checks.random shapes.first class: the case 'first class' needs an input of kind label, "
     "and the rubric has none"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_wrong_rubric_says_where_and_what(course: Path, old: str, new: str, message: str):
    path = Path("rubrics/small.yaml")
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(RubricError) as error:
        read_homework(path, 0)
    assert str(error.value) == f"rubrics/small.yaml{message}"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"",
            ": the rubric is empty; it needs at least: homework, title, reference, dimensions, inputs, checks, criteria",
        ),
        (b"- a\n", ", line 1: found a list, expected keys such as 'homework: hw3'"),
        (b"homework: \xff\n", ": the rubric is not UTF-8 (byte 10); save it as UTF-8"),
        (b"a: " + b"[" * 3000, ": the rubric is nested too deeply"),
        (b"a: &x [*x]\n", ", line 1: the anchor refers to itself"),
    ],
)
def test_a_file_that_is_no_rubric(course: Path, content: bytes, message: str):
    path = Path("rubrics/small.yaml")
    path.write_bytes(content)
    with pytest.raises(RubricError) as error:
        read_rubric(path)
    assert str(error.value) == f"rubrics/small.yaml{message}"


def test_a_missing_rubric(course: Path):
    with pytest.raises(RubricError) as error:
        read_rubric(Path("rubrics/none.yaml"))
    assert str(error.value) == "rubrics/none.yaml: the rubric can not be read: No such file or directory"


def test_a_reference_that_fails_on_its_own_trials_is_the_rubrics_fault(course: Path):
    Path("reference/small.py").write_text("def double(x): return x[9]\ndef total(double): return 1.0\n")
    with pytest.raises(RubricError) as error:
        read_homework(Path("rubrics/small.yaml"), 0)
    assert str(error.value).startswith(
        "rubrics/small.yaml, line 12: criteria[0].function: the reference fails on the trials"
    )


def test_a_reference_that_is_not_finite_is_refused(course: Path):
    Path("reference/small.py").write_text("def double(x): return x\ndef total(double): return float('inf')\n")
    with pytest.raises(RubricError, match=r"criteria\[1\].function: no trial could be drawn"):
        read_homework(Path("rubrics/small.yaml"), 0)


def test_many_faults_are_told_five_at_a_time(course: Path):
    path = Path("rubrics/small.yaml")
    path.write_text(RUBRIC + "".join(f"wrong{i}: 1\n" for i in range(8)))
    with pytest.raises(RubricError) as error:
        read_rubric(path)
    lines = str(error.value).split("\n")
    assert len(lines) == 6
    assert lines[-1] == "rubrics/small.yaml: and 3 more faults"


def test_the_digest_covers_rubric_and_reference(course: Path):
    path = Path("rubrics/small.yaml")
    before = read_rubric(path).digest
    assert read_rubric(path).digest == before
    path.write_text(RUBRIC + "# a comment\n")
    commented = read_rubric(path).digest
    Path("reference/small.py").write_text("def double(x): return x\n")
    assert len({before, commented, read_rubric(path).digest}) == 3


def test_a_byte_order_mark_and_windows_lines_do_no_harm(course: Path):
    path = Path("rubrics/small.yaml")
    path.write_bytes(b"\xef\xbb\xbf" + RUBRIC.replace("\n", "\r\n").encode())
    assert read_rubric(path).rubric.homework == "small"


def test_the_schema_knows_every_key_and_forbids_others():
    schema = rubric_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert ", ".join(schema["properties"]) == KEYS
    assert schema["additionalProperties"] is False
    assert json.loads(json.dumps(schema)) == schema
    shape = schema["$defs"]["Input"]["properties"]["shape"]
    assert [each.get("type", each.get("const")) for each in shape["anyOf"]] == ["array", "any"]
    assert schema["oneOf"] == [{"required": ["reference"]}, {"required": ["trials"]}]


def test_the_rubrics_of_basic_functions_and_forwards_ask_for_these():
    folder = Path(__file__).parent.parent / "rubrics"
    basics, forward = (read_rubric(folder / f"hw3-{name}.yaml").rubric for name in ("basics", "forward"))
    asked = [
        "sigmoid",
        "softplus",
        "log_sigmoid",
        "dsigmoid",
        "dtanh",
        "sign",
        "dabs",
        "rect",
        "drect",
        "grad_sq_l2",
        "grad_l1",
    ]
    assert [criterion.function for criterion in basics.criteria] == asked
    assert {criterion.max_score for criterion in basics.criteria} == {2.0}
    assert basics.inputs["x"].any_shape
    asked = ["n_theta", "ha", "hs", "oa", "os", "loss", "penalty", "grad_W1_penalty", "grad_W2_penalty"]
    assert [criterion.function for criterion in forward.criteria] == asked
    assert (basics.max_score, forward.max_score) == (22, 18)


@pytest.mark.parametrize(("name", "points"), [("hw3-gradients", 20), ("hw3-minibatch", 24)])
def test_the_shipped_rubrics_ask_for_exactly_these_eight(name: str, points: float):
    rubric = read_rubric(Path(__file__).parent.parent / "rubrics" / f"{name}.yaml").rubric
    names = ["grad_oa", "grad_b2", "grad_W2", "grad_hs", "grad_ha", "grad_b1", "grad_W1", "grad_x"]
    assert [criterion.function for criterion in rubric.criteria] == names
    assert rubric.max_score == points
    assert (rubric.tolerance.rtol, rubric.tolerance.atol) == (1e-5, 1e-6)
