"""Hidden checks: a student sees their points, and nothing else of them; those that wait for the due date, from then on."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import partial
from html import unescape
from pathlib import Path

import pytest
from conftest import RUBRIC

from grader.batch import Job, grade_hand_in
from grader.cli import main
from grader.errors import RubricError
from grader.grade import grade
from grader.homework import read_homework
from grader.models import HandIn, Result, Rubric, Submission
from grader.reveal import published
from grader.rubric import read_rubric
from grader.sandbox import Setting, run

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
REMEMBERS = """\
seen = set()


def double(x):
    again = x.tobytes() in seen
    seen.add(x.tobytes())
    return 2.0 * x + again


def total(double):
    return double.sum()
"""
"""Wrong in the check `repeatable` only."""


def graded(source: str, setting: Setting, more: str = "") -> tuple[Result, Rubric]:
    Path("rubrics/small.yaml").write_text(RUBRIC + more)
    homework = read_homework(Path("rubrics/small.yaml"), 0)
    result = grade(homework, Submission("s01", source.encode()), partial(run, setting), setting.level)
    return result, homework.rubric


def test_only_hidden_checks_fail(course: Path, setting: Setting):
    result, rubric = graded(REMEMBERS, setting, "visibility: {repeatable: hidden}\n")
    double = result.criteria[0]
    assert (double.score, double.checks[1].failed > 0, double.counterexample is not None) == (1.0, True, True)
    shown = published(result, rubric, NOW)
    assert (shown.score, shown.max_score, shown.criteria[1]) == (result.score, 4.0, result.criteria[1])
    double = shown.criteria[0]
    assert double.message == "A hidden check fails."
    assert (double.diagnosis, double.difference, double.counterexample, double.notes) == (None, None, None, ())
    assert [(check.name, check.score, check.max_score, check.trials) for check in double.checks] == [
        ("random shapes", 1.0, 1.0, 5),
        ("hidden checks", 0.0, 1.0, 0),
    ]
    assert double.source is None or double.source.marked_line is None
    assert "repeatable" not in shown.model_dump_json()


def test_a_visible_reason_stays_and_a_hidden_one_goes(course: Path, setting: Setting):
    wrong = "def double(x):\n    return 3.0 * x\n\n\ndef total(double):\n    return 1\n"
    result, rubric = graded(wrong, setting, "visibility: {repeatable: hidden}\n")
    shown = published(result, rubric, NOW)
    assert shown.criteria[0].message == result.criteria[0].message
    assert shown.criteria[0].counterexample == result.criteria[0].counterexample
    hidden = published(result, rubric.model_copy(update={"visibility": {"random shapes": "hidden"}}), NOW)
    for criterion in hidden.criteria:
        assert criterion.message == "A hidden check fails."
        assert criterion.counterexample is None
    assert "random shapes" not in hidden.model_dump_json()


def test_a_note_about_a_hidden_check_without_points_goes(course: Path, setting: Setting):
    Path("rubrics/small.yaml").write_text(RUBRIC.replace("repeatable: 1}", "repeatable: 0}").replace("points: 4\n", ""))
    homework = read_homework(Path("rubrics/small.yaml"), 0)
    result = grade(homework, Submission("s01", REMEMBERS.encode()), partial(run, setting), setting.level)
    assert any("repeatable" in note for note in result.criteria[0].notes)
    rubric = homework.rubric.model_copy(update={"visibility": {"repeatable": "hidden"}})
    shown = published(result, rubric, NOW)
    assert not any("repeatable" in note for note in shown.criteria[0].notes)
    assert [check.name for check in shown.criteria[0].checks] == ["random shapes"]


def test_what_waits_for_the_due_date_is_shown_from_then_on(course: Path, setting: Setting):
    more = "due: 2026-06-01T14:00:00\ntimezone: Europe/Zurich\nvisibility: {repeatable: after_due}\n"
    result, rubric = graded(REMEMBERS, setting, more)
    assert rubric.due_at == NOW
    before, after = (published(result, rubric, NOW.replace(hour=hour)) for hour in (11, 12))
    assert before.criteria[0].message == "A hidden check fails."
    assert after == result


def test_pages_are_made_again_when_the_due_date_has_passed(course: Path, setting: Setting):
    more = "due: 2026-06-01T14:00:00+02:00\ntimezone: Europe/Zurich\nvisibility: {repeatable: after_due}\n"
    Path("rubrics/small.yaml").write_text(RUBRIC + more)
    Path("submissions/small/s01.py").write_text(REMEMBERS)
    homework = read_homework(Path("rubrics/small.yaml"), 0)
    hand_in = HandIn("s01", Path("submissions/small/s01.py"))

    def page(hour: int) -> str:
        grade_hand_in(Job(homework, Path("out"), setting, now=NOW.replace(hour=hour)), hand_in)
        text = re.sub(r"<(style|script)\b.*?</\1>|<[^>]+>", " ", Path("out/s01.html").read_text(), flags=re.DOTALL)
        return " ".join(unescape(text).split())

    before = page(11)
    record = Path("out/results/s01.json").read_bytes()
    assert "hidden checks" in before
    assert "repeatable" not in before
    assert "A hidden check fails." in before
    assert b"repeatable" in record
    after = page(13)
    assert "repeatable" in after
    assert "hidden check" not in after
    assert Path("out/results/s01.json").read_bytes() == record


def test_the_self_check_hides_it_too(course: Path, capsys):
    Path("rubrics/small.yaml").write_text(RUBRIC + "visibility: {repeatable: hidden}\n")
    Path("s01.py").write_text(REMEMBERS)
    main(["s01.py"])
    out = capsys.readouterr().out
    assert "✓ random shapes (5 of 5)   ✗ hidden checks\n" in out
    assert "A hidden check fails." in out
    assert "repeatable" not in out


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            "visibility: {repeatble: hidden}\n",
            "line 18: visibility.repeatble: there is no check 'repeatble'; did you mean 'repeatable'? Known are: random "
            "shapes, repeatable, leaves its inputs alone",
        ),
        (
            "visibility: {repeatable: secret}\n",
            "line 18: visibility.repeatable: found 'secret', expected 'public', 'hidden' or 'after_due'",
        ),
        ("visibility: {repeatable: after_due}\n", "line 18: visibility.repeatable: found 'after_due', but the rubric says no 'due'"),
        (
            "due: 2026-06-01T14:00:00\n",
            "line 18: due: a due date needs the key 'timezone' beside it, as in Europe/Zurich",
        ),
        (
            "due: 2026-06-01T14:00:00\ntimezone: Zurich\n",
            "line 19: timezone: found 'Zurich', expected a time zone such as Europe/Zurich; did you mean 'Europe/Zurich'?",
        ),
    ],
)  # fmt: skip
def test_a_wrong_key_is_refused(course: Path, more: str, message: str):
    Path("rubrics/small.yaml").write_text(RUBRIC + more)
    with pytest.raises(RubricError) as error:
        read_rubric(Path("rubrics/small.yaml"))
    assert str(error.value) == f"rubrics/small.yaml, {message}"
