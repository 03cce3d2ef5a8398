"""Judging and scoring: with a `run` of the test's own, so that every outcome can be planted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader.errors import SandboxError
from grader.grade import ONLY_ALONE, _lines, grade, judge_error
from grader.homework import Homework, prepare, read_homework
from grader.models import (
    Bound,
    Happened,
    LeftOut,
    Limits,
    Outcome,
    Outcomes,
    Program,
    Result,
    Submission,
    Verdict,
)
from grader.quantities import Graph
from grader.rubric import read_rubric

SUBMISSION = Submission("s01", b"def double(x):\n    return x + x\n", "s01.py")


class Planted:
    """A `run` that answers every call by a rule, and counts how it was asked."""

    def __init__(self, homework: Homework, rule: Callable[[str, int, np.ndarray], Outcome], **more) -> None:
        self.homework, self.rule, self.more = homework, rule, more
        self.asked: list[tuple[frozenset[str] | None, frozenset[int]]] = []

    def __call__(self, program: Program, calls, limits: Limits, *, functions=None) -> Outcomes:
        self.asked.append((functions, program.left_out))
        outcomes = {}
        for (function, _), numbers in self.homework.numbers.items():
            if functions is None or function in functions:
                for place, number in enumerate(numbers):
                    for key, expected in self.homework.expected.items():
                        if number in self.homework.numbers[key]:
                            outcomes[number] = self.rule(function, place, expected[place])
        bound = {name: Bound(name, (), ("x",) if name == "double" else ("double",)) for name in ("double", "total")}
        return Outcomes(outcomes, bound, **self.more)


def value(array) -> Outcome:
    return Outcome(Happened.VALUE, np.asarray(array, dtype=np.float64))


@pytest.fixture
def small(course: Path) -> Homework:
    return read_homework(Path("rubrics/small.yaml"), 0)


def result_for(homework: Homework, rule: Callable[[str, int, np.ndarray], Outcome], **more) -> Result:
    return grade(homework, SUBMISSION, Planted(homework, rule, **more), "test")


def by_name(result: Result):
    return {criterion.function: criterion for criterion in result.criteria}


def test_right_values_get_full_marks(small: Homework):
    result = result_for(small, lambda f, i, e: value(e))
    assert (result.verdict, result.score, result.max_score) == (Verdict.ACCEPTED, 4.0, 4.0)
    assert [(c.verdict, c.score, c.message) for c in result.criteria] == [
        (Verdict.ACCEPTED, 2.0, ""),
        (Verdict.ACCEPTED, 2.0, ""),
    ]
    assert result.notes == ()
    assert result.convention is None


def test_a_check_passes_only_if_all_its_trials_pass(small: Homework):
    result = result_for(small, lambda f, i, e: value(e + 1) if (f, i) == ("double", 4) else value(e))
    double = by_name(result)["double"]
    assert (double.verdict, double.score) == (Verdict.WRONG_ANSWER, 0.0)
    assert [(c.name, c.verdict, c.score, c.trials, c.failed) for c in double.checks] == [
        ("random shapes", Verdict.WRONG_ANSWER, 0.0, 5, 1),
        ("repeatable", Verdict.SKIPPED, 0.0, 2, 0),
    ]
    assert result.verdict == Verdict.PARTIAL


def test_a_wrong_function_earns_nothing_for_being_repeatable_and_is_not_called_unrepeatable(small: Homework):
    check = by_name(result_for(small, lambda f, i, e: value(e + 1)))["double"].checks[1]
    assert (check.verdict, check.score, check.failed) == (Verdict.SKIPPED, 0.0, 0)
    assert check.message == "Not judged, because the function is not yet right on ordinary inputs."


def test_a_function_that_is_wrong_only_the_second_time_is_partial(small: Homework):
    result = result_for(small, lambda f, i, e: value(e + 1) if (f, i) == ("double", 6) else value(e))
    double = by_name(result)["double"]
    assert (double.verdict, double.score) == (Verdict.PARTIAL, 1.0)
    assert double.message.startswith("repeatable, same trial again: expected ")
    assert double.counterexample is not None
    assert double.counterexample.case == "same trial again"


def test_the_first_failed_trial_is_the_counterexample(small: Homework):
    result = result_for(small, lambda f, i, e: value(e + 1) if f == "double" and i >= 1 else value(e))
    example = by_name(result)["double"].counterexample
    trial = small.trials["double"][1]
    assert example is not None
    assert example.inputs["x"].values == trial.leaves["x"].tolist()
    assert example.inputs["x"].letters == ("k",)
    assert example.expected is not None
    assert example.expected.values == (2 * trial.leaves["x"]).tolist()
    assert example.actual is not None
    assert example.actual.values == (2 * trial.leaves["x"] + 1).tolist()


OUTCOMES = [
    (Outcome(Happened.ODD, text="None"), Verdict.WRONG_ANSWER,
     "It returned None; expected an array of shape (k,) = (2,). Is there a return statement on every path?"),
    (Outcome(Happened.ODD, text="a generator"), Verdict.WRONG_ANSWER,
     "It returned a generator; expected an array of shape (k,) = (2,)."),
    (Outcome(Happened.RAISED, text="ValueError: no", line=3), Verdict.RUNTIME_ERROR, "ValueError: no (line 3)"),
    (Outcome(Happened.RAISED, text="ValueError: no"), Verdict.RUNTIME_ERROR, "ValueError: no"),
    (Outcome(Happened.UNBOUND, text="foo"), Verdict.RUNTIME_ERROR,
     "It asks for the parameter foo, which can not be supplied. It may ask for: x, k."),
    (Outcome(Happened.UNBOUND, text="foo\nbar"), Verdict.RUNTIME_ERROR,
     "It asks for the parameters foo, bar, which can not be supplied. It may ask for: x, k."),
    (Outcome(Happened.MISSING, text="There is no function double in the file."), Verdict.MISSING,
     "There is no function double in the file."),
    (Outcome(Happened.TIME_LIMIT, text="it computed for more than 2 s", line=7), Verdict.TIME_LIMIT,
     "It was stopped (line 7): it computed for more than 2 s."),
    (Outcome(Happened.MEMORY_LIMIT, line=9), Verdict.MEMORY_LIMIT,
     "It asked for more than 1024 MB of memory (line 9)."),
    (Outcome(Happened.CRASHED, text="Python crashed (Segmentation fault)", line=5), Verdict.RUNTIME_ERROR,
     "It ended the run (line 5): Python crashed (Segmentation fault)."),
    (Outcome(Happened.EXITED, text="it ended Python itself, with exit code 0"), Verdict.RUNTIME_ERROR,
     "It ended the run: it ended Python itself, with exit code 0."),
]  # fmt: skip


@pytest.mark.parametrize(("outcome", "verdict", "message"), OUTCOMES, ids=[row[2][:40] for row in OUTCOMES])
def test_an_outcome_that_is_no_value_has_its_verdict_and_sentence(small, outcome, verdict, message):
    result = result_for(small, lambda f, i, e: outcome if f == "double" else value(e))
    double = by_name(result)["double"]
    assert (double.verdict, double.score, double.message) == (verdict, 0.0, message)
    assert by_name(result)["total"].verdict == Verdict.ACCEPTED


@pytest.mark.parametrize("happened", list(Happened))
def test_every_outcome_but_a_value_scores_nothing(small: Homework, happened: Happened):
    if happened != Happened.VALUE:
        result = result_for(small, lambda f, i, e: Outcome(happened, text="x"))
        assert result.score == 0.0
        assert result.verdict not in (Verdict.ACCEPTED, Verdict.PARTIAL)


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf, 1e308, 0.0])
def test_no_strange_value_scores(small: Homework, odd: float):
    result = result_for(small, lambda f, i, e: value(np.full_like(e, odd)))
    assert result.score == 0.0


def test_checks_that_were_reached_before_the_end_keep_their_points(small: Homework):
    def rule(function: str, place: int, expected: np.ndarray) -> Outcome:
        if function == "double" and place == 5:
            return Outcome(Happened.TIME_LIMIT, text="it computed for more than 2 s", line=2)
        if function == "double" and place > 5:
            return Outcome(Happened.NOT_RUN)
        return value(expected)

    double = by_name(result_for(small, rule))["double"]
    assert (double.verdict, double.score) == (Verdict.PARTIAL, 1.0)
    assert double.checks[1].verdict == Verdict.TIME_LIMIT


def test_what_was_never_reached_is_not_judged(small: Homework):
    def rule(function: str, place: int, expected: np.ndarray) -> Outcome:
        return Outcome(Happened.CRASHED, text="x") if place == 0 else Outcome(Happened.NOT_RUN)

    double = by_name(result_for(small, rule))["double"]
    assert [check.verdict for check in double.checks] == [Verdict.RUNTIME_ERROR, Verdict.SKIPPED]
    first = double.checks[0]
    assert (first.trials, first.failed, first.not_run, first.passed) == (5, 1, 4, 0)


# ---------------------------------------------------------------- judged twice


def test_only_functions_that_fail_are_run_again_alone(small: Homework):
    run = Planted(small, lambda f, i, e: value(e + 1) if f == "double" else value(e))
    grade(small, SUBMISSION, run, "test")
    assert run.asked == [(None, frozenset()), (frozenset({"double"}), frozenset())]


def test_functions_that_can_not_have_disturbed_one_another_are_run_once(small: Homework):
    run = Planted(small, lambda f, i, e: value(e + 1) if f == "double" else value(e), in_one_go=True)
    result = grade(small, SUBMISSION, run, "test")
    assert run.asked == [(None, frozenset())]
    assert {name: criterion.score for name, criterion in by_name(result).items()} == {"double": 0.0, "total": 2.0}


@pytest.mark.parametrize("source", [b"n = 0\ndef double(x):\n    global n\n    return n\n", b"def double(x:\n", b""])
def test_functions_that_can_have_disturbed_one_another_are_run_again(small: Homework, source):
    run = Planted(small, lambda f, i, e: value(e + 1) if f == "double" else value(e), in_one_go=True)
    grade(small, replace(SUBMISSION, source=source), run, "test")
    assert run.asked == [(None, frozenset()), (frozenset({"double"}), frozenset())]


def test_each_source_has_its_own_lines():
    assert [_lines(source) for source in (b"a\r\nb\rc", b"d\ne")] == [["a", "b", "c"], ["d", "e"]]


def test_a_right_submission_is_run_once(small: Homework):
    run = Planted(small, lambda f, i, e: value(e))
    grade(small, SUBMISSION, run, "test")
    assert run.asked == [(None, frozenset())]


def test_what_another_function_left_behind_costs_nothing(small: Homework):
    def rule(function: str, place: int, expected: np.ndarray) -> Outcome:
        spoiled = function == "total" and len(run.asked) == 1
        return value(expected + 1) if spoiled else value(expected)

    run = Planted(small, rule)
    result = grade(small, SUBMISSION, run, "test")
    assert result.score == 4.0
    assert run.asked[1][0] == {"total"}
    assert by_name(result)["total"].notes == (ONLY_ALONE,)
    assert by_name(result)["double"].notes == ()


def test_statements_that_hang_are_left_out_of_the_second_run(small: Homework):
    left_out = (LeftOut(2, 7, "it computed for more than 10 s", True), LeftOut(3, 9, "ValueError: x", False))
    run = Planted(small, lambda f, i, e: value(e + 1), left_out=left_out)
    result = grade(small, SUBMISSION, run, "test")
    assert run.asked[1][1] == {2}
    assert result.notes == (
        "Line 7 could not be run: it computed for more than 10 s, so it was left out. The rest of the file was graded.",
        "Line 9 could not be run: ValueError: x. The rest of the file was graded.",
    )


# ---------------------------------------------------------------- the blame line


def test_a_failure_of_ours_is_tried_again_and_then_has_no_score(small: Homework):
    calls = []

    def run(program, asked, limits, *, functions=None):
        calls.append(1)
        raise SandboxError("no process could be started")

    result = grade(small, SUBMISSION, run, "test")
    assert len(calls) == 2
    assert (result.verdict, result.score, result.criteria) == (Verdict.JUDGE_ERROR, None, ())
    assert result.message == (
        "This could not be graded, through no fault of the submission: no process could be started"
    )


def test_a_failure_of_ours_that_passes_costs_nothing(small: Homework):
    good = Planted(small, lambda f, i, e: value(e))
    failures = iter([True, False])

    def run(*arguments, **more):
        if next(failures, False):
            raise SandboxError("once")
        return good(*arguments, **more)

    assert grade(small, SUBMISSION, run, "test").score == 4.0


def test_judge_error_says_nothing_about_any_function(small: Homework):
    assert judge_error(small, SUBMISSION, "test", "x").criteria == ()


def test_an_unreadable_file_has_a_verdict_for_each_function_and_one_sentence(small: Homework):
    result = grade(small, SUBMISSION, lambda *a, **k: Outcomes({}, {}, (), "Python can not read the file: x."), "test")
    assert (result.verdict, result.score) == (Verdict.RUNTIME_ERROR, 0.0)
    assert result.message == "Python can not read the file: x."
    assert [c.verdict for c in result.criteria] == [Verdict.RUNTIME_ERROR] * 2


def test_a_submission_with_a_problem_is_never_run(small: Homework):
    def run(*_: object, **__: object) -> Outcomes:
        raise AssertionError("it was run")

    result = grade(small, Submission("s", b"", "s.py", "s.py is empty."), run, "test")
    assert (result.verdict, result.score, result.message) == (Verdict.MISSING, 0.0, "s.py is empty.")


# ---------------------------------------------------------------- notes, inputs, conventions


def test_how_names_were_read_is_told(small: Homework):
    readings = (("X", "x", "case"), ("d", "x", "alias"), ("foo", "x", "position"))
    planted = Planted(small, lambda f, i, e: value(e))

    def run(*arguments, **more):
        outcomes = planted(*arguments, **more)
        return Outcomes(outcomes.outcomes, {"double": Bound("Double", readings, ("x",))}, ())

    assert by_name(grade(small, SUBMISSION, run, "test"))["double"].notes == (
        "The function Double was read as double.",
        "The parameter X was read as x: the names differ in case or underscores only.",
        "The parameter d was read as x, which the homework lists as another name for it.",
        "The parameter foo was read as x, by its position: the homework knows no quantity of that name.",
    )


def test_a_changed_input_is_a_note_and_costs_nothing(small: Homework):
    result = result_for(small, lambda f, i, e: Outcome(Happened.VALUE, e, changed=("x",) if f == "double" else ()))
    assert result.score == 4.0
    assert by_name(result)["double"].notes == (
        "double writes into its argument x: work on a copy, so that the caller's array stays as it was. "
        "This costs no points.",
    )


def with_points(course: Path, points: str) -> Homework:
    path = Path("rubrics/small.yaml")
    text = path.read_text().replace("points: {random shapes: 1, repeatable: 1}", points).replace("points: 4\n", "")
    path.write_text(text)
    return read_homework(path, 0)


def test_a_changed_input_costs_its_own_check_where_the_rubric_says_so(course: Path):
    homework = with_points(course, "points: {random shapes: 1, leaves its inputs alone: 1}")
    result = result_for(homework, lambda f, i, e: Outcome(Happened.VALUE, e, changed=("x",)))
    double = by_name(result)["double"]
    assert (double.score, double.verdict) == (1.0, Verdict.PARTIAL)
    assert double.checks[1].message.startswith("double writes into its argument x")
    clean = by_name(result_for(homework, lambda f, i, e: value(e)))["double"]
    assert clean.score == 2.0


def test_a_wrong_function_earns_nothing_for_leaving_its_inputs_alone(course: Path):
    homework = with_points(course, "points: {random shapes: 1, leaves its inputs alone: 1}")
    double = by_name(result_for(homework, lambda f, i, e: value(0 * e)))["double"]
    assert (double.score, double.checks[1].verdict) == (0.0, Verdict.SKIPPED)


def test_a_check_without_points_is_a_note(course: Path):
    homework = with_points(course, "points: {random shapes: 1, repeatable: 0}")
    result = result_for(homework, lambda f, i, e: value(e + 1) if (f, i) == ("double", 5) else value(e))
    double = by_name(result)["double"]
    assert (double.verdict, double.score, double.message) == (Verdict.ACCEPTED, 1.0, "")
    assert double.notes[0].startswith("With repeatable, which cost no points here: same shapes: expected ")


def test_a_check_without_points_is_not_judged_for_a_wrong_function(course: Path):
    homework = with_points(course, "points: {repeatable: 1, random shapes: 0}")
    double = by_name(result_for(homework, lambda f, i, e: value(e + 1)))["double"]
    assert double.checks[1].verdict == Verdict.SKIPPED
    assert double.notes == ()


def test_a_submission_is_judged_under_the_convention_with_the_fewest_failing_functions(course: Path):
    path = Path("rubrics/small.yaml")
    path.write_text(path.read_text() + "conventions: {one: {scale: 1.0}, two: {scale: 2.0}}\n")
    file = read_rubric(path)
    graph = Graph({"double": lambda x, scale: 2 * x * scale, "total": lambda double: double.sum()})
    homework = prepare(file, graph, 0)

    def rule_for(wrong: str):
        def rule(function: str, place: int, expected: np.ndarray) -> Outcome:
            trial = homework.trials[function][place]
            x = trial.leaves["x"]
            return value(4.0 * x) if function == "double" else value(expected)

        return rule

    planted = Planted(homework, rule_for("one"))
    result = grade(homework, SUBMISSION, planted, "test")
    assert (result.convention, result.score) == ("two", 4.0)
    tied = grade(homework, SUBMISSION, Planted(homework, lambda f, i, e: value(e)), "test")
    assert tied.convention == "one"


# ---------------------------------------------------------------- what a result never is


def test_scores_are_within_bounds_whatever_happens(small: Homework):
    rng = np.random.default_rng(0)
    for _ in range(50):
        kinds = rng.choice(list(Happened), 60)
        counter = iter(range(10**6))

        def rule(function: str, place: int, expected: np.ndarray, kinds=kinds, counter=counter) -> Outcome:
            kind = kinds[next(counter) % 60]
            array = expected if kind == Happened.VALUE else None
            return Outcome(Happened(str(kind)), array, "x")

        result = result_for(small, rule)
        assert result.score is not None
        assert 0.0 <= result.score <= result.max_score
        assert all(0.0 <= c.score <= c.max_score for c in result.criteria)


def test_a_result_survives_its_own_json(small: Homework):
    result = result_for(small, lambda f, i, e: value(np.full_like(e, np.nan)))
    text = result.model_dump_json(indent=1)
    assert Result.model_validate_json(text) == result
    assert '"nan"' in text
    assert "NaN" not in text
