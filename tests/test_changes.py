"""What a regrade does to whom: only what changed is graded again, and `grade diff` says who gains or loses, by which
check, and why."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from conftest import GOOD, REFERENCE, RUBRIC, WRONG, flags

from grader import batch
from grader.cli import main

DIFF = ["diff", "before", "reports"]


@pytest.fixture
def graded(course: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A course that was graded, and the record of it."""
    grade(capsys)
    shutil.copytree("reports", "before")
    return course


def grade(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    main(["submissions/", "--jobs", "1", *arguments, *flags()])
    return capsys.readouterr().out


def diff(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    return main(DIFF), capsys.readouterr().out


def graded_again(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Who is graded by the next run."""
    seen: list[str] = []
    real = batch.grade

    def watched(homework: object, submission: object, *rest: object) -> object:
        seen.append(submission.student)
        return real(homework, submission, *rest)

    monkeypatch.setattr(batch, "grade", watched)
    grade(capsys)
    monkeypatch.setattr(batch, "grade", real)
    return seen


def test_nothing_changed(graded: Path, capsys):
    assert "small: 2 of 2 stand, because nothing that they rest on has changed\n" in grade(capsys)
    assert diff(capsys) == (0, "small: 0 gain, 0 lose, 2 of 2 stay the same\n")


def test_only_what_changed_is_graded_again(graded: Path, capsys, monkeypatch):
    assert graded_again(capsys, monkeypatch) == []
    Path("submissions/small/s02.py").write_text(GOOD)
    assert graded_again(capsys, monkeypatch) == ["s02"]
    Path("reference/small.py").write_text(f"{REFERENCE}\n# more\n")
    assert graded_again(capsys, monkeypatch) == ["s01", "s02"]
    Path("reference/small_misconceptions.py").write_text('"""None yet."""\n')
    assert graded_again(capsys, monkeypatch) == ["s01", "s02"]
    Path("rubrics/small.yaml").write_text(f"{RUBRIC}# more\n")
    assert graded_again(capsys, monkeypatch) == ["s01", "s02"]
    monkeypatch.setattr(batch, "__version__", "9.9")
    assert graded_again(capsys, monkeypatch) == ["s01", "s02"]


def test_another_submission(graded: Path, capsys):
    Path("submissions/small/s02.py").write_text(GOOD)
    grade(capsys)
    assert diff(capsys) == (
        1,
        "small: 1 gain, 0 lose, 1 of 2 stay the same\n"
        "  s02  2 -> 4 (+2)  because of: submission\n"
        "         double, random shapes: 0 -> 1\n"
        "         double, repeatable: 0 -> 1\n"
        "  all points together: 6 -> 8\n",
    )


def test_another_rubric(graded: Path, capsys):
    text = RUBRIC.replace("points: 4\n", "points: 3.5\n").replace("repeatable: 1}", "repeatable: 0.5}")
    Path("rubrics/small.yaml").write_text(text)
    grade(capsys)
    code, out = diff(capsys)
    assert code == 1
    assert "small: 0 gain, 1 lose, 0 of 2 stay the same\n" in out
    assert "  s01  4 of 4 -> 3.5 of 3.5 (-0.5)  because of: rubric\n         double, repeatable: 1 -> 0.5\n" in out
    assert "  s02  2 of 4 -> 2 of 3.5 (+0)  because of: rubric\n" in out


def test_another_reference(graded: Path, capsys):
    Path("reference/small.py").write_text(REFERENCE.replace("2.0 * x", "3.0 * x"))
    grade(capsys)
    _, out = diff(capsys)
    assert "small: 1 gain, 1 lose, 0 of 2 stay the same\n" in out
    assert "  s01  4 -> 2 (-2)  because of: reference\n" in out
    assert "  s02  2 -> 4 (+2)  because of: reference\n" in out
    assert "  all points together: 6 -> 6\n" in out


def test_decisions(graded: Path, capsys):
    Path("rubrics/small.overrides.yaml").write_text(
        "overrides:\n  - {student: s02, function: double, points: 1.5, author: staff, reason: seen}\n"
    )
    Path("rubrics/small.yaml").write_text(
        f"{RUBRIC}due: 2026-12-01T23:59:00\ntimezone: Europe/Zurich\nlate: {{points: 0.25}}\n"
    )
    Path("submissions/small/submitted.csv").write_text("student,submitted_at\ns01,2026-12-02T12:00:00\n")
    grade(capsys)
    assert diff(capsys)[1] == (
        "small: 1 gain, 1 lose, 0 of 2 stay the same\n"
        "  s01  4 -> 3.75 (-0.25)  because of: lateness\n"
        "         lateness: 0 -> -0.25\n"
        "  s02  2 -> 3.5 (+1.5)  because of: override\n"
        "         double, as a whole: 0 -> 1.5\n"
        "  all points together: 6 -> 7.25\n"
    )


def test_somebody_new_and_somebody_gone(graded: Path, capsys):
    Path("submissions/small/s02.py").rename("submissions/small/s03.py")
    grade(capsys)
    assert diff(capsys) == (
        1,
        "small: 0 gain, 0 lose, 1 of 3 stay the same\n"
        "  s02  2 -> none  because of: no longer here\n"
        "  s03  none -> 2  because of: new here\n"
        "  all points together: 6 -> 6\n",
    )


def test_a_score_that_changed_by_itself_is_told(graded: Path, capsys):
    path = Path("reports/small/results/s01.json")
    result = json.loads(path.read_text())
    path.write_text(json.dumps({**result, "score": 3.0}))
    assert "  s01  4 -> 3 (-1)  because of: nothing that is recorded has changed\n" in diff(capsys)[1]


def test_a_result_of_before_knows_its_reference_or_says_so(graded: Path, capsys):
    path = Path("before/small/results/s02.json")
    result = json.loads(path.read_text())
    del result["reference_digest"]
    path.write_text(json.dumps({**result, "rubric_digest": "sha256:0", "score": 1.0}))
    assert "  s02  1 -> 2 (+1)  because of: rubric or reference\n" in diff(capsys)[1]


def test_as_json_and_of_two_folders_of_a_homework(graded: Path, capsys):
    Path("submissions/small/s02.py").write_text(WRONG.replace("3 * x", "x * 2"))
    grade(capsys)
    assert main(["diff", "before/small", "reports/small", "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["homework"], found["gain"], found["lose"]) == ("small", 1, 0)
    assert found["changes"][0] == {
        "student": "s02", "before": 2.0, "after": 4.0, "max_before": 4.0, "max_after": 4.0, "why": ["submission"],
        "parts": [
            {"function": "double", "check": "random shapes", "before": 0.0, "after": 1.0},
            {"function": "double", "check": "repeatable", "before": 0.0, "after": 1.0},
        ],
    }  # fmt: skip


def test_folders_that_can_not_be_compared(graded: Path, capsys):
    capsys.readouterr()
    assert main(["diff", "before", "submissions"]) == 2
    assert capsys.readouterr().err == (
        "grade: submissions: there are no results in this folder; name a folder that `grade` wrote\n"
    )
    Path("reports/small").rename("reports/other")
    assert main(DIFF) == 2
    assert capsys.readouterr().err == "grade: before (small) and reports (other) have no homework in common\n"
    Path("reports/other").rename("reports/small")


def test_a_result_that_can_not_be_read_costs_one_row(graded: Path, capsys):
    capsys.readouterr()
    Path("reports/small/results/s01.json").write_text("{}")
    assert main(DIFF) == 2
    out, err = capsys.readouterr()
    assert re.fullmatch(
        r"grade: reports/small/results/s01\.json: this is no result of format 1 \(\d+ faults\); it is left out, as if it "
        r"were not there; grade again to write it anew\n",
        err,
    )
    assert out.startswith("small: 0 gain, 0 lose, ")
    assert "s01" in out


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("before/small", "reports", "before/small holds the results of one homework, and reports a folder for each of other, small; name the homework in both, as in reports/small"),
        ("before", "reports/small", "reports/small holds the results of one homework, and before a folder for each of small; name the homework in both, as in before/small"),
        ("published", "reports", "published holds the results of one homework, and reports a folder for each of other, small; name the homework in both, as in reports/other"),
    ],
)  # fmt: skip
def test_one_homework_is_not_compared_with_several(graded: Path, capsys, old: str, new: str, message: str):
    shutil.copytree("reports/small", "reports/other")
    shutil.copytree("reports/small", "published")
    assert main(["diff", old, new]) == 2
    assert capsys.readouterr().err == f"grade: {message}\n"
