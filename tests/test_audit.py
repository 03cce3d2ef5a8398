"""`grade audit`: a flaw is planted in a rubric or its reference, and the audit says what it is, where, and what to do."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import ROOT

from grader.audit import Audit, audit
from grader.audit.form import facts
from grader.audit.fresh import fresh_trials, many_of
from grader.audit.gradients import declared, proof_of
from grader.audit.kills import Bench, Caught, caught, compared, costs, equal, in_a_hurry
from grader.audit.mutants import mutants
from grader.audit.page import audit_page, verdict
from grader.audit.planted import Planted, everything, right_one
from grader.audit.worth import fewest, worths
from grader.cli import main
from grader.errors import SandboxError
from grader.homework import Homework, prepare, read_homework
from grader.sandbox import Setting

REFERENCE = """\
import numpy as np


def ha(W, x, b):
    return W @ x + b


def hs(ha):
    return np.maximum(0.0, ha)


def loss(hs, c):
    return np.sum(hs * c**3)


def grad_ha(c, ha):
    return c**3 * (ha > 0)


def grad_W(grad_ha, x):
    return np.outer(grad_ha, x)
"""

RUBRIC = """\
homework: small
title: A small homework
reference: ../reference/small.py
points: 4
dimensions: {k: [1, 4], d: [1, 4]}
inputs:
  x: {shape: [d]}
  W: {shape: [k, d]}
  b: {shape: [k]}
  c: {shape: [k]}
activations:
  - {kind: relu, of: ha, moved_by: b}
aliases:
  x: [features]
examples:
  by hand:
    {x: [1, 2], W: [[3, 4], [-5, 0]], b: [-1, 0], c: [2, 3], gives: {loss: 80}}
checks:
  random shapes: {small integers: 2, random shapes: 3, k = 1: 1, d = 1: 1, large shapes: 8, tiny values: 1}
  relu at 0: {pre-activation at zero: 2, pre-activation near zero: 2}
  layouts: {Fortran order: 1}
  repeatable: {same shapes: 1, one input changed: 4, same trial again: 1}
criteria:
  - function: grad_ha
    parameters: [c, ha]
    gradient: {of: loss, wrt: ha}
    points: {random shapes: 1, relu at 0: 1, layouts: 0, repeatable: 0.5}
  - function: grad_W
    parameters: [grad_ha, x]
    gradient: {of: loss, wrt: W}
    points: {random shapes: 1, layouts: 0, repeatable: 0.5}
"""


class Course:
    """A course of one small homework, in which flaws are planted by exchanging text."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.rubric_text, self.reference_text = folder, RUBRIC, REFERENCE

    def rubric(self, old: str, new: str) -> Course:
        assert old in self.rubric_text
        self.rubric_text = self.rubric_text.replace(old, new)
        return self

    def reference(self, old: str, new: str) -> Course:
        assert old in self.reference_text
        self.reference_text = self.reference_text.replace(old, new)
        return self

    def file(self, name: str, text: str) -> Course:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return self

    def written(self) -> Path:
        self.file("reference/small.py", self.reference_text)
        self.file("rubrics/small.yaml", self.rubric_text)
        return self.folder / "rubrics" / "small.yaml"

    def homework(self) -> Homework:
        return read_homework(self.written(), 0)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(tmp_path)


def messages(result: Audit, part: str) -> list[str]:
    return [finding.message for finding in result.findings if finding.part == part]


def test_a_rubric_without_flaws_is_clean(course: Course, setting: Setting):
    result = audit(course.homework(), setting, 1)
    assert result.findings == ()
    assert result.clean
    assert result.score() == 1.0
    assert [gradient.agrees for gradient in result.gradients] == [True, True]
    assert all(gradient.tested > 20 and gradient.error < 1e-8 for gradient in result.gradients)
    assert sum(gradient.at_kinks for gradient in result.gradients) > 0
    assert result.submissions[0].score == 4
    assert result.not_asked_for == ("hs", "loss")


# ---------------------------------------------------------------- 1: is the reference right?


def faults(course: Course) -> list[str]:
    homework = course.homework()
    return [fault for gradient in declared(homework) for fault in proof_of(homework, *gradient).faults[:1]]


def test_a_wrong_sign_in_a_gradient_is_found(course: Course):
    course.reference("return np.outer(grad_ha, x)", "return -np.outer(grad_ha, x)")
    (fault,) = faults(course)
    assert fault == "the reference gives -16 where differences of loss by W give 16"


def test_a_factor_in_a_gradient_is_found(course: Course):
    course.reference("return np.outer(grad_ha, x)", "return 1.0001 * np.outer(grad_ha, x)")
    (fault,) = faults(course)
    assert fault.startswith("the reference gives ")


def test_another_value_at_the_kink_than_the_declared_one_is_found(course: Course):
    course.reference("c**3 * (ha > 0)", "c**3 * (ha >= 0)")
    first = faults(course)[0]
    assert first == "where ha is 0, it does not give what the rubric declares (at_zero: 0)"


def test_the_other_convention_at_the_kink_can_be_declared(course: Course):
    course.reference("c**3 * (ha > 0)", "c**3 * (ha >= 0)").rubric("moved_by: b}", "moved_by: b, at_zero: 1}")
    assert faults(course) == []


def test_zero_over_zero_proves_nothing(course: Course):
    course.reference("return np.sum(hs * c**3)", "return np.sum(hs * c**3) * (0 if np.ndim(c) else 1)")
    course.rubric("{loss: 80}", "{loss: 0}")
    proof = proof_of(course.homework(), "grad_ha", 0)
    assert proof.faults[0].endswith("give 0")
    held = course.homework()
    graph = held.graph.with_functions(grad_ha=lambda c, ha: 0.0 * c * ha)
    proof = proof_of(held, "grad_ha", 0, graph)
    assert (proof.tested, proof.unproven) == (0, ["no derivative other than 0 was met, so nothing is proven"])
    assert not proof.agrees
    assert proof.zeros > 20


def test_a_gradient_of_another_shape_is_found(course: Course):
    course.reference("np.outer(grad_ha, x)", "np.outer(x, grad_ha)")
    assert any(fault.endswith("is not that of W, (1, 2)") or "its shape" in fault for fault in faults(course))


def test_a_gradient_that_is_wrong_close_to_the_kink_only_is_found(course: Course):
    course.reference("c**3 * (ha > 0)", "c**3 * ((ha > 0) | ((ha < 0) & (ha > -1e-4)))")
    assert faults(course)[0].startswith("the reference gives ")


def test_a_gradient_that_is_wrong_on_a_trial_of_the_rubric_is_found(course: Course):
    homework = course.homework()
    trial = next(t for t in homework.trials["grad_W"] if t.case == "one input changed")
    given = homework.graph.evaluate(("grad_ha",), trial.leaves)["grad_ha"]

    def grad_W(grad_ha, x):
        return np.outer(grad_ha, x) * (
            2 if np.array_equal(grad_ha, given) and np.array_equal(x, trial.leaves["x"]) else 1
        )

    assert given.any()
    assert proof_of(homework, "grad_W", 0).agrees
    assert not proof_of(homework, "grad_W", 0, homework.graph.with_functions(grad_W=grad_W)).agrees


def test_a_loss_that_is_infinite_proves_nothing(course: Course):
    course.reference("return np.sum(hs * c**3)", "return np.sum(hs * c**3) + (np.inf if len(c) == 1 else 0.0)")
    homework = course.homework()
    proof = proof_of(homework, "grad_ha", 0)
    assert proof.faults == []
    assert proof.unproven[0] == (
        "loss is inf on some trials where its gradient is finite; write it so that it stays finite (log-sum-exp)"
    )


def test_the_kink_of_an_absolute_value_is_no_fault(course: Course):
    course.reference("return np.sum(hs * c**3)", "return np.sum(hs * c**3) + 0.5 * np.sum(np.abs(W))")
    course.reference("def loss(hs, c)", "def loss(hs, c, W)").reference(
        "def grad_W(grad_ha, x)", "def grad_W(grad_ha, x, W)"
    )
    course.reference("return np.outer(grad_ha, x)", "return np.outer(grad_ha, x) + 0.5 * np.sign(W)")
    course.rubric("{loss: 80}", "{loss: 86}")
    assert faults(course) == []


# ---------------------------------------------------------------- 2: full marks


def test_a_file_that_must_get_full_marks_and_does_not_is_named(course: Course, setting: Setting):
    course.file("tests/submissions/small/accepted/other.py", "def grad_ha(c, ha):\n    return c\n")
    found = messages(audit(course.homework(), setting, 1), "full marks")
    assert len(found) == 1
    assert found[0].startswith("other.py gets 0 of 4, and must get full marks. grad_ha: ")


def test_the_folder_of_accepted_files_can_be_named(course: Course):
    course.rubric("points: 4", "accepted: ../right\npoints: 4")
    assert course.homework().file.accepted == course.folder / "rubrics" / ".." / "right"


def test_a_folder_of_accepted_files_that_holds_none_is_said(course: Course, setting: Setting):
    course.rubric("points: 4", "accepted: ../nowhere\npoints: 4")
    found = messages(audit(course.homework(), setting, 1), "full marks")
    assert found == ["there is no submission in the folder '../nowhere' that 'accepted' names"]


def test_a_submission_that_is_a_folder_must_get_full_marks_too(course: Course, setting: Setting):
    course.file("tests/submissions/small/accepted/other/hw.py", "def grad_ha(c, ha):\n    return c\n")
    (found,) = messages(audit(course.homework(), setting, 1), "full marks")
    assert found.startswith("other gets 0 of 4, and must get full marks. grad_ha: ")


def test_a_file_that_needs_most_of_its_time_to_load_gets_all_of_it(course: Course, setting: Setting):
    course.rubric("points: 4", "limits: {load_seconds: 1}\npoints: 4")
    slow = (
        "import time\n\n\ndef half_a_second():\n    while time.process_time() - began < 0.5:\n        pass\n"
        "    return True\n\n\nbegan = time.process_time()\nif half_a_second():\n"
        "    import numpy as np\n    def grad_ha(c, ha):\n        return c**3 * (ha > 0)\n"
        "    def grad_W(grad_ha, x):\n        return np.outer(grad_ha, x)\n"
    )
    course.file("tests/submissions/small/accepted/slow.py", slow)
    assert messages(audit(course.homework(), setting, 1), "full marks") == []
    course.file("tests/submissions/small/accepted/slow.py", slow.replace("0.5", "5"))
    (found,) = messages(audit(course.homework(), setting, 1), "full marks")
    assert found.startswith("slow.py gets 0 of 4, and must get full marks.")


def test_a_file_that_computes_for_ever_is_first_given_a_part_of_its_time(course: Course, setting: Setting):
    course.rubric("points: 4", "limits: {load_seconds: 500}\npoints: 4")
    homework = course.homework()
    assert in_a_hurry(homework).rubric.limits.load_seconds == 100
    assert in_a_hurry(homework).rubric.limits.seconds == homework.rubric.limits.seconds


def test_where_the_reference_can_not_be_handed_in_nothing_is_planted(course: Course, setting: Setting):
    course.reference("import numpy as np\n", "import numpy as np\n\nhere = __file__\n")
    result = audit(course.homework(), setting, 1)
    assert messages(result, "full marks")[0].startswith("the reference gets 0 of 4, and must get full marks.")
    assert messages(result, "mutants") == [
        "nothing could be planted, because the reference itself does not get full marks; mend that first"
    ]
    assert verdict(result) == "Nothing was planted."


# ---------------------------------------------------------------- 3: mutants


def test_a_wrong_loss_that_nothing_contradicts_is_said(course: Course, setting: Setting):
    course.rubric("gives: {loss: 80}", "gives: {}")
    assert messages(audit(course.homework(), setting, 1), "mutants") == [
        "nothing contradicts a wrong loss (line 13 of the reference, return np.sum(hs * c ** 3)  ->  "
        "return hs * c ** 3): its derivatives are the same; add an example to the rubric that says under 'gives' "
        "what loss is"
    ]


def test_lambdas_other_names_and_decorators_are_functions_too(course: Course, setting: Setting):
    course.reference(
        "def grad_W(grad_ha, x):\n    return np.outer(grad_ha, x)\n",
        "grad_W = lambda grad_ha, x: np.outer(grad_ha, x)\n",
    )
    course.reference("def hs(ha):", "def _positive(ha):").reference("def loss", "hs = _positive\n\n\ndef loss")
    course.reference(
        "import numpy as np\n",
        "import functools\n\nimport numpy as np\n\n\ndef _kept(f):\n"
        "    @functools.wraps(f)\n    def g(*a):\n        return f(*a)\n    return g\n",
    )
    course.reference("def grad_ha", "@_kept\ndef grad_ha")
    result = audit(course.homework(), setting, 1)
    assert result.findings == ()
    assert {"grad_W", "grad_ha"} <= {row.quantity for row in result.planted if row.kind == "mutant"}


def test_mistakes_that_nobody_can_make_are_said(course: Course, setting: Setting, monkeypatch):
    monkeypatch.setattr("grader.audit.limit.SECONDS", 0.2)
    course.rubric("points: 4", "points: 4\nlimits: {seconds: 0.5}")
    course.file(
        "reference/small_misconceptions.py",
        "def grad_ha__right(c, ha):\n    '''It is right.'''\n    return (ha > 0) * c * c * c\n\n\n"
        "def grad_ha__slip(c, ha):\n    '''It has a slip.'''\n    return cc * ha\n\n\n"
        "def grad_ha__endless(c, ha):\n    '''It never ends.'''\n    while True:\n        pass\n",
    )
    found = messages(audit(course.homework(), setting, 1), "mistakes")
    assert found == [
        "the known mistake grad_ha__right is the right function on 1000 fresh trials; strike it or correct it",
        "the known mistake grad_ha__slip fails in every trial: NameError: name 'cc' is not defined",
        "the known mistake grad_ha__endless fails in every trial: it computed for more than 0.5 s",
    ]


def test_an_edge_case_that_is_missing_is_named_with_the_mutant_that_passes(course: Course, setting: Setting):
    course.rubric("{pre-activation at zero: 2, pre-activation near zero: 2}", "{pre-activation near zero: 2}")
    found = messages(audit(course.homework(), setting, 1), "mutants")
    assert any(
        f.startswith(
            "grad_ha passes although it is wrong (line 17 of the reference, "
            "return c ** 3 * (ha > 0)  ->  return c ** 3 * (ha >= 0)); the case 'pre-activation at zero' would catch it, "
            "for instance with c = "
        )
        for f in found
    )


def test_a_range_that_is_too_narrow_lets_faults_pass(course: Course, setting: Setting):
    course.rubric("{k: [1, 4], d: [1, 4]}", "{k: [2, 3], d: [2, 3]}").rubric(
        ", k = 1: 1, d = 1: 1, large shapes: 8", ""
    )
    found = messages(audit(course.homework(), setting, 1), "mutants")
    assert any("the first ten rows only" in f and "the case 'large shapes' would catch it" in f for f in found)


def test_mutants_change_one_thing_each():
    source = "def f(a, b):\n    '''Not this.'''\n    if a > 0:\n        raise ValueError(b - 1)\n    return a @ b.T\n"
    changes = {(each.before, each.after) for each in mutants(source, {"f": {"a": ["c"]}})}
    assert changes == {
        ("if a > 0:", "if a >= 0:"), ("if a > 0:", "if a < 0:"), ("if a > 0:", "if a != 0:"),
        ("if a > 0:", "if a > 1:"), ("if a > 0:", "if a > -1:"), ("if a > 0:", "if c > 0:"),
        ("return a @ b.T", "return a * b.T"), ("return a @ b.T", "return a"), ("return a @ b.T", "return b.T"),
        ("return a @ b.T", "return b.T @ a"), ("return a @ b.T", "return a.T @ b.T"), ("return a @ b.T", "return a @ b"),
        ("return a @ b.T", "return c @ b.T"), ("return a @ b.T", "return -(a @ b.T)"),
    }  # fmt: skip


def test_of_a_long_statement_what_is_around_the_change_is_said():
    terms = " + ".join(f"np.outer(a, b{place})" for place in range(8))
    said = [each.said for each in mutants(f"def f(a, **b):\n    return {terms}\n", {})]
    assert (
        "return np.outer(a, b0) + np.outer(a, b1) + np.outer(a, b2) + np. ...  ->  "
        "return np.outer(a, b0) - np.outer(a, b1) + np.outer(a, b2) + np. ..."
    ) in said
    assert (
        "... b2) + np.outer(a, b3) + np.outer(a, b4) + np.outer(a, b5) + np.outer(a, b6) + np. ...  ->  "
        "... b2) + np.outer(a, b3) + np.outer(a, b4) - np.outer(a, b5) + np.outer(a, b6) + np. ..."
    ) in said


def test_a_mutant_takes_along_what_uses_it():
    source = "def half(x):\n    return x / 2\n\nTABLE = [half(1)]\n\ndef f(x):\n    return x + TABLE[0]\n"
    first = mutants(source, {})[0]
    space: dict[str, Any] = {}
    exec(source, space)
    assert space["f"](0) == 0.5
    exec(first.source, space)
    assert (first.said, space["f"](0)) == ("return x / 2  ->  return x * 2", 2)


# ---------------------------------------------------------------- 4: each check earns its place


def told(homework: Homework, setting: Setting, jobs: int) -> tuple[list[Planted], dict[int, Caught]]:
    planted = everything(homework)
    return planted, dict(caught(Bench(homework, setting, jobs), planted))


def of_a_pack(homework: Homework, setting: Setting, *sources: str) -> list[bool]:
    """Of versions of grad_W, whether each passes all trials of the rubric: handed in together."""
    right = right_one(homework, "grad_W")
    pack = [replace(right, source=f"{right.source}\n{source}") for source in sources]
    found = dict(caught(Bench(homework, setting, 1), pack))
    return [not found[place].trials for place in range(len(pack))]


def test_what_a_version_does_to_the_reference_it_does_to_its_own(course: Course, setting: Setting):
    spoils = "_right['grad_W'] = lambda grad_ha, x: 0"
    assert of_a_pack(course.homework(), setting, "", spoils, "") == [True, False, True]


def keeping(when: str, size: str) -> str:
    """A version that keeps so many numbers, from when it is defined or called on."""
    kept = f"_right.setdefault('kept', np.ones({size}))"
    at_once, later = (kept, "") if when == "defined" else ("", kept)
    head = "_inner = grad_W\n\ndef grad_W(grad_ha, x):\n"
    return f"{at_once}\n{head}    {later}\n    return _inner(grad_ha, x)"


@pytest.mark.parametrize("when", ["defined", "called"])
def test_memory_that_versions_keep_is_not_taken_from_the_next_one(course: Course, setting: Setting, when: str):
    course.rubric("points: 4\n", "points: 4\nlimits: {memory_mb: 256}\n")
    hundred, far_too_much = keeping(when, "12 * 2**20"), keeping(when, "2**30")
    found = of_a_pack(course.homework(), setting, hundred, hundred, hundred, far_too_much, "")
    assert found == [True, True, True, False, True]


def test_a_loss_that_works_in_place_on_what_does_not_move_is_proven(course: Course):
    course.reference("def loss(hs, c):", "def loss(hs, c, weight):\n    weight *= 0.5\n    c = c * weight")
    course.reference("def ha(", "def weight(c):\n    return 2 * np.ones(len(c))\n\n\ndef ha(")
    assert faults(course) == []


def test_a_check_that_sees_nothing_of_its_own_is_said_to(course: Course, setting: Setting):
    course.rubric("  layouts:", "  again: {random shapes: 2}\n  layouts:")
    course.rubric("{random shapes: 1, relu at 0: 1,", "{random shapes: 0.5, again: 0.5, relu at 0: 1,")
    result = audit(course.homework(), setting, 1)
    rows = {(row.check, row.case): row for row in result.checks}
    assert rows["again", ""].only == 0
    assert rows["relu at 0", "pre-activation at zero"].only > 0
    assert "again" in audit_page(result)
    assert result.fewest_trials < result.trials / 3


LONG = ("hw3-basics", "hw3-forward", "hw3-minibatch", "hw3-network", "two-layer-net")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(path.stem, marks=pytest.mark.thorough if path.stem in LONG else ())
        for path in sorted((ROOT / "rubrics").glob("*.yaml"))
    ],
)
def test_what_a_shipped_rubric_can_not_do_without_is_missed_when_it_is_gone(name: str, setting: Setting):
    homework = read_homework(ROOT / "rubrics" / f"{name}.yaml", 0)
    planted, known = told(homework, setting, 2)
    kills = {p: [(planted[p].function, i) for i in found.trials] for p, found in known.items()}
    rows = worths(homework, kills, [])
    assert len(fewest(kills)) < sum(map(len, homework.trials.values())) / 4
    needed = [row for row in rows if row.only]
    assert len(needed) >= 10
    for row in needed:
        lesser = _without(homework, row.check, row.case)
        if lesser is None:
            continue
        some = [planted[p] for p in row.only[:3]]
        bench = Bench(lesser, setting, 1)
        for place, found in caught(bench, some):
            assert not costs(lesser, some[place], found), (row.check, row.case, some[place].name)
    # One of what was lost last is shown to be another function by fresh trials, with a case that would see it.
    (answer,) = compared(bench, some[:1])
    assert answer.trials == many_of(homework)
    assert answer.different > 0
    assert answer.separating is not None


def _without(homework: Homework, check: str, case: str) -> Homework | None:
    """The homework without a check, or without one case of it; None for the first check, which others build upon."""
    rubric = homework.rubric
    checks = {name: dict(cases) for name, cases in rubric.checks.items()}
    if case:
        del checks[check][case]
        criteria = rubric.criteria
    else:
        if check == next(iter(checks)):
            return None
        del checks[check]
        criteria = tuple(
            each.model_copy(update={"points": {name: p for name, p in each.points.items() if name != check}})
            for each in rubric.criteria
        )
    lesser = rubric.model_copy(update={"checks": checks, "criteria": criteria, "points": None})
    made = prepare(homework.file.with_rubric(lesser), homework.graph, homework.seed)
    return replace(made, misconceptions=homework.misconceptions)


# ---------------------------------------------------------------- 5: mistakes


def test_two_mistakes_that_a_case_would_tell_apart_are_named(course: Course, setting: Setting):
    course.file(
        "reference/small_misconceptions.py",
        "def grad_ha__wrong_side(c, ha):\n    '''The mask is the wrong way round.'''\n    return c * (ha < 0)\n\n\n"
        "def grad_ha__wrong_side_too(c, ha):\n    '''The mask is the wrong way round, and at 0.'''\n    return c * (ha <= 0)\n",
    )
    course.rubric("{pre-activation at zero: 2, pre-activation near zero: 2}", "{pre-activation near zero: 2}")
    found = messages(audit(course.homework(), setting, 1), "mistakes")
    assert found == [
        "no trial of grad_ha tells wrong-side from wrong-side-too; the case 'pre-activation at zero' would"
    ]


def test_a_case_that_hardly_ever_tells_two_mistakes_apart_is_not_advised(course: Course, setting: Setting):
    course.file(
        "reference/small_misconceptions.py",
        "def grad_ha__wrong_side(c, ha):\n    '''The mask is the wrong way round.'''\n    return c * (ha <= 0)\n\n\n"
        "def grad_ha__wrong_at_times(c, ha):\n    '''The mask is the wrong way round, and c is.'''\n"
        "    return c * (ha <= 0) * (2 if c[0] == 1.375 else 1)\n",
    )
    homework = course.homework()
    fresh = fresh_trials(homework, "grad_ha", 0)
    assert any(np.atleast_1d(call.values["c"])[0] == 1.375 for call in fresh.calls.calls)
    result = audit(homework, setting, 1)
    assert messages(result, "mistakes") == []
    assert [(pair.names, pair.case) for pair in result.alike] == [(("wrong-side", "wrong-at-times"), "")]


# ---------------------------------------------------------------- 6: form

FLAWS = [
    ("points: 4\n", "", "the rubric does not say what its points add up to; add 'points: 4'"),
    ("  layouts:", "  unused: {random shapes: 1}\n  layouts:",
     "no criterion gives points for it; strike the check 'unused'"),
    ("{k: [1, 4], d: [1, 4]}", "{k: [2, 2], d: [2, 2]}",
     "k and d are always 2, so a transposed W has the right shape; widen a range under 'dimensions'"),
    ("x: [features]", "x: [y_true]", "'y_true' is an alias of 'x', and everybody reads it as the label; swap it or strike it"),
    ("x: [features]", "x: [w]", "'w' is an alias of 'x', and reads like 'W'; strike it"),
    ("x: [features]", "x: [ha]", "'ha' is an alias of 'x', and a quantity itself: the alias never counts; strike it"),
    ("points: 4\n", "points: 4\ntolerance: {rtol: 0.1}\n",
     "grad_ha may be off by 0.001 of its value in every trial; set a smaller rtol"),
    ("title: A small homework\n", "title: A small homework\nlanguage: fr\n",
     "not translated into fr: 'relu at zero', and 1 more"),
    ("title: A small homework\n", "title: A small homework\nlimits: {seconds: 0.00001}\n", "the reference's grad_"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "fault"), FLAWS, ids=[fault[:40] for _, _, fault in FLAWS])
def test_what_is_not_in_order_is_said(course: Course, old: str, new: str, fault: str):
    if "language" in new:
        course.rubric("relu at 0", "relu at zero").rubric("layouts", "memory")
    found = [fact.fault for fact in facts(course.rubric(old, new).homework()) if fact.fault]
    assert [text for text in found if text.startswith(fault)], found


def test_a_tolerance_that_rounding_breaks_is_said(course: Course):
    course.rubric("points: 4\n", "points: 4\ntolerance: {rtol: 0, atol: 1.0e-17}\n")
    course.reference("return np.outer(grad_ha, x)", "return np.outer(grad_ha, np.exp(np.sin(x)))")
    found = [fact.fault for fact in facts(course.homework()) if fact.fault]
    assert any("through rounding; set a larger rtol or atol" in text for text in found)


# ---------------------------------------------------------------- the command


def test_the_command_prints_a_table_writes_a_page_and_says_by_its_code(course: Course, capsys, monkeypatch):
    course.rubric("x: [features]", "x: [w]").written()
    monkeypatch.chdir(course.folder)
    assert main(["audit", "rubrics/", "--jobs", "1"]) == 1
    out = capsys.readouterr().out
    assert "✗ small  100 % of " in out
    assert "    ✓ reference   " in out
    assert "    ! form: 'w' is an alias of 'x', and reads like 'W'; strike it" in out
    page = (course.folder / "reports" / "small" / "audit.html").read_text(encoding="utf-8")
    assert "reads like" in page
    assert main(["audit", "rubrics/small.yaml", "--jobs", "1", "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert found["homework"] == "small"
    assert [finding["part"] for finding in found["findings"]] == ["form"]
    assert Audit.model_validate(found).score() == 1.0


def test_what_the_reference_prints_is_not_in_the_json(course: Course, capsys, monkeypatch):
    course.reference("    return np.outer", "    print('here')\n    return np.outer").written()
    monkeypatch.chdir(course.folder)
    assert main(["audit", "rubrics/small.yaml", "--jobs", "1", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["homework"] == "small"


def test_a_folder_that_can_not_be_written_into_is_said_first(course: Course, capsys, monkeypatch):
    course.written()
    course.file("full", "")
    monkeypatch.chdir(course.folder)
    assert main(["audit", "rubrics/small.yaml", "--out", "full"]) == 2
    said = capsys.readouterr().err
    assert said == "grade: full/small: pages can not be written into this folder; name another with --out\n"


def test_a_broken_rubric_does_not_keep_the_others_from_being_audited(course: Course, capsys, monkeypatch):
    course.written()
    course.file("rubrics/broken.yaml", "homework: broken\n")
    course.file("rubrics/twin.yaml", course.rubric_text)
    monkeypatch.chdir(course.folder)
    assert main(["audit", "rubrics", "--jobs", "1", "--json"]) == 2
    said = capsys.readouterr()
    assert [found["homework"] for found in json.loads(said.out)] == ["small"]
    broken, twin = said.err.splitlines()
    assert broken.startswith("grade: rubrics/broken.yaml")
    assert twin == "grade: rubrics/twin.yaml: the homework 'small' has a rubric already, rubrics/small.yaml"


def test_homeworks_side_by_side_are_audited_as_one_after_the_other(course: Course, capsys, monkeypatch):
    course.written()
    course.file("rubrics/other.yaml", course.rubric_text.replace("small\n", "other\n", 1).replace("points: 4\n", ""))
    course.file("rubrics/third.yaml", course.rubric_text.replace("small\n", "third\n", 1).replace("small.py", "ill.py"))
    course.file("reference/ill.py", "def loss(x:\n")
    monkeypatch.chdir(course.folder)
    assert main(["audit", "rubrics", "--jobs", "1", "--json"]) == 2
    one = capsys.readouterr()
    assert main(["audit", "rubrics", "--jobs", "2", "--json"]) == 2
    two = capsys.readouterr()
    assert two == one
    assert [found["homework"] for found in json.loads(two.out)] == ["other", "small"]
    assert two.err.startswith("grade: rubrics/third.yaml, line 3: reference: rubrics/../reference/ill.py: ")
    assert main(["audit", "rubrics", "--jobs", "2"]) == 2
    said = capsys.readouterr().out.splitlines()
    assert sorted(line for line in said if line.endswith(": auditing")) == ["other: auditing", "small: auditing"]
    assert [line.split("  ")[0] for line in said if line.startswith(("✓", "✗"))] == ["✗ other", "✓ small"]


def test_side_by_side_no_sandbox_ends_all_of_it(course: Course, capsys, monkeypatch):
    course.written()
    course.file("rubrics/other.yaml", course.rubric_text.replace("small\n", "other\n", 1))
    monkeypatch.chdir(course.folder)

    def refused(*_: object) -> None:
        raise SandboxError("no process could be started")

    monkeypatch.setattr("grader.audit.several.audit", refused)  # forked workers have it too
    assert main(["audit", "rubrics", "--jobs", "2"]) == 3
    assert capsys.readouterr().err == "grade: no process could be started\n"
    assert not multiprocessing.active_children()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="there is no /proc to find processes in")
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_an_audit_that_is_ended_leaves_no_process(course: Course, sent: signal.Signals):
    course.written()
    course.file("rubrics/other.yaml", course.rubric_text.replace("small\n", "other\n", 1))
    mark = {**os.environ, "OF_THE_TEST": str(course.folder)}
    command = [sys.executable, "-m", "grader", "audit", "rubrics", "--jobs", "2"]
    running = subprocess.Popen(
        command, cwd=course.folder, env=mark, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # it is ignored where tests run in the background
    )  # fmt: skip
    assert running.stdout is not None
    assert running.stdout.readline().endswith(": auditing\n")
    assert len(processes_with(str(course.folder))) >= 3
    running.send_signal(sent)
    _, said = running.communicate(timeout=30)
    assert said == ("" if sent == signal.SIGKILL else "grade: interrupted.\n")
    until = time.monotonic() + 20
    while (left := processes_with(str(course.folder))) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == []


def processes_with(mark: str) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark.encode() in (process / "environ").read_bytes():
                found.append(process.name)
    return found


def test_a_worker_that_dies_is_said_in_a_sentence(course: Course, capsys, monkeypatch):
    course.written()
    course.file(
        "rubrics/deadly.yaml", course.rubric_text.replace("small\n", "deadly\n", 1).replace("small.py", "ill.py")
    )
    course.file("reference/ill.py", f"import os\nos._exit(7)\n{REFERENCE}")
    course.file("rubrics/wrong.yaml", "homework: wrong\n")
    monkeypatch.chdir(course.folder)
    assert main(["audit", "rubrics", "--jobs", "2"]) == 3
    wrong, died = [line for line in capsys.readouterr().err.splitlines() if line.startswith("grade: ")]
    assert wrong.startswith("grade: rubrics/wrong.yaml")
    assert died == (
        "grade: a process that audits ended without a word; does a reference end Python itself, or is memory short? "
        "--jobs 1 audits one homework after the other."
    )


def test_a_package_that_is_not_there_costs_its_own_homework_alone(course: Course, capsys, monkeypatch):
    course.written()
    text = course.rubric_text.replace("small\n", "lacking\n", 1)
    course.file("rubrics/lacking.yaml", text.replace("points: 4\n", "points: 4\npackages: [nopackagehere]\n"))
    monkeypatch.chdir(course.folder)
    assert main(["audit", "rubrics", "--jobs", "1", "--json"]) == 2
    said = capsys.readouterr()
    assert [found["homework"] for found in json.loads(said.out)] == ["small"]
    assert said.err.startswith("grade: rubrics/lacking.yaml: ")
    assert "nopackagehere" in said.err


def test_a_complex_value_is_not_the_same_as_a_real_one():
    assert equal(np.array([1.0, 2.0]), np.array([1.0, 2.0]))
    assert not equal(np.array([1.0 + 2j, 2.0]), np.array([1.0, 2.0]))


def test_a_function_that_fails_in_a_case_does_not_take_it_from_the_others(course: Course):
    """The first function of the rubric fails where k = 1, and is not tried there."""
    course.reference(
        "    return c**3 * (ha > 0)", "    if ha.size == 1:\n        raise ValueError\n    return c**3 * (ha > 0)"
    )
    course.reference("def grad_W(grad_ha, x):\n    return np.outer(grad_ha, x)", "def twice(c):\n    return 2 * c")
    course.rubric(
        "function: grad_W\n    parameters: [grad_ha, x]\n    gradient: {of: loss, wrt: W}",
        "function: twice\n    parameters: [c]",
    )
    course.rubric("k = 1: 1, ", "")
    homework = course.homework()
    assert any(trial.case == "k = 1" for trial in fresh_trials(homework, "twice", 0).trials)
    assert not any(trial.case == "k = 1" for trial in fresh_trials(homework, "grad_ha", 0).trials)


def test_a_rubric_that_is_not_there_is_said(tmp_path: Path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["audit", "rubrics/none.yaml"]) == 2
    assert "rubrics/none.yaml: there is no such rubric, and no such folder" in capsys.readouterr().err
    (tmp_path / "rubrics").mkdir()
    assert main(["audit", "rubrics"]) == 2
    assert "rubrics: there is no rubric (.yaml) in this folder" in capsys.readouterr().err


def test_fresh_trials_are_a_thousand_of_all_kinds(course: Course):
    homework = course.homework()
    fresh = fresh_trials(homework, "grad_ha", 0)
    assert len(fresh.trials) == 1000
    assert {"small integers", "pre-activation at zero", "Fortran order", "k = 1", "same trial again"} <= {
        trial.case for trial in fresh.trials
    }
    assert (ROOT / "rubrics").is_dir()
