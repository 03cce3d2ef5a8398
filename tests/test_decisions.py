"""A teacher's decisions: they apply on top of what was judged, are shown as the teacher's, survive every regrade, and
say so when what they were made on has changed. What is wrong with them is told with its line."""

from __future__ import annotations

import csv
import json
import re
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import GOOD, ROOT, RUBRIC, WRONG, flags

from grader.cli import main
from grader.decisions import TIMES, ground_of, names_path, overrides_schema, read_result, read_times
from grader.decisions.lateness import days_late, handed_in, lateness
from grader.errors import SubmissionError
from grader.models import Decided, DecidedCriterion, Late, Lateness, Override, instant
from grader.places import find_rubrics, is_rubric
from grader.rubric import read_rubric

DUE = "due: 2026-12-01T23:59:00\ntimezone: Europe/Zurich\n"
OVERRIDES = Path("rubrics/small.overrides.yaml")
WHO = "author: staff, reason: seen in the office"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main([*arguments, *flags()])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def override(*entries: str) -> None:
    OVERRIDES.write_text("overrides:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries))


def rows() -> dict[str, dict[str, str]]:
    with Path("reports/small/gradebook.csv").open(newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def page(student: str) -> str:
    """The text of a student's page."""
    text = Path(f"reports/small/{student}.html").read_text()
    body = text[text.index("<header") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body))


def refuse(*_: object) -> None:
    raise AssertionError("something was graded again")


# ---------------------------------------------------------------- overrides


def test_an_override_counts_is_shown_as_the_teachers_and_leaves_the_result_alone(course: Path, capsys):
    run(capsys, "submissions/")
    before = Path("reports/small/results/s02.json").read_bytes()
    override(f"student: s02, function: double, points: 1.5, comment: Half right., {WHO}")
    assert run(capsys, "submissions/")[0] == 0
    assert Path("reports/small/results/s02.json").read_bytes() == before
    row = rows()["s02"]
    assert (row["score"], row["judged"], row["double"], row["verdict"]) == ("3.5", "2", "1.5", "partial")
    assert row["decisions"] == "double: 1.5 of 2 in place of 0 (staff: seen in the office)"
    text = page("s02")
    assert "3.5 of 4" in text
    assert "double: 1.5 of 2, set by staff in place of 0." in text
    assert "Half right. (staff)" in text
    assert "seen in the office" not in text  # it may be personal
    assert "<s>0 of 2</s> <b>1.5 of 2</b>" in Path("reports/small/s02.html").read_text()
    assert "seen in the office" in Path("reports/small/index.html").read_text()
    assert rows()["s01"]["decisions"] == ""


def test_it_survives_a_regrade_and_goes_when_it_is_struck(course: Path, capsys):
    override(f"student: s02, points: 3.25, {WHO}")
    run(capsys, "submissions/")
    run(capsys, "submissions/", "--fresh")
    assert rows()["s02"]["score"] == "3.25"
    OVERRIDES.unlink()
    run(capsys, "submissions/")
    assert rows()["s02"]["score"] == "2"
    assert "judged" not in rows()["s02"]
    assert "set by" not in page("s02")
    assert not list(Path("reports/small/decisions").iterdir())


def test_what_is_decided_is_applied_without_judging_again(course: Path, capsys, monkeypatch):
    run(capsys, "submissions/")
    monkeypatch.setattr("grader.batch.grade", refuse)
    override(f"student: s02, function: double, points: 1, {WHO}")
    assert run(capsys, "submissions/")[0] == 0
    assert rows()["s02"]["score"] == "3"
    assert "double: 1 of 2, set by staff in place of 0." in page("s02")


def test_the_same_bytes_whatever_the_number_of_workers(course: Path, capsys):
    Path("rubrics/small.yaml").write_text(f"{RUBRIC}{DUE}late: {{points: 1}}\n")
    Path("submissions/small/submitted.csv").write_text("student,submitted_at\ns02,2026-12-02T12:00:00\n")
    override(f"student: s02, function: double, points: 1, {WHO}", f"student: s01, excused: true, {WHO}")
    run(capsys, "submissions/", "--jobs", "1", "--out", "one")
    run(capsys, "submissions/", "--jobs", "2", "--out", "two")
    one, two = ({path.relative_to(top): path.read_bytes() for path in Path(top).rglob("*.*")} for top in ("one", "two"))
    assert one == two
    assert Path("small/decisions/s02.json") in one


def test_an_excused_function_and_an_excused_student(course: Path, capsys):
    override(f"student: s02, function: double, excused: true, {WHO}", f"student: s01, excused: true, {WHO}")
    code, out, _ = run(capsys, "submissions/", "--fail-under", "1")
    assert code == 0
    assert re.search(r"^s01 +excused  ✓$", out, re.MULTILINE)
    assert (rows()["s02"]["score"], rows()["s02"]["max_score"], rows()["s02"]["double"]) == ("2", "2", "")
    assert (rows()["s01"]["score"], rows()["s01"]["judged"]) == ("", "4")
    assert "double does not count, neither for you nor against you. Decided by staff." in page("s02")
    assert "This work does not count, neither for you nor against you. Decided by staff." in page("s01")
    assert "Excused" in page("s01")
    assert "not known" not in page("s01")


def test_a_changed_ground_is_told_and_the_override_still_applies(course: Path, capsys):
    run(capsys, "submissions/")
    ground = ground_of(read_result(Path("reports/small/results/s02.json")), "double")
    override(f"student: s02, function: double, points: 1, ground: {ground}, {WHO}")
    assert "!" not in run(capsys, "submissions/")[1]
    Path("submissions/small/s02.py").write_text(f"{WRONG}\n# once more\n")
    _, out, _ = run(capsys, "submissions/")
    now = ground_of(read_result(Path("reports/small/results/s02.json")), "double")
    said = f"double: decided by staff, and the student's file has changed since. If it still holds, write ground: {now}"
    assert f"! s02  {said}\n" in out
    assert "Decided on something else" in Path("reports/small/index.html").read_text()
    assert rows()["s02"]["score"] == "3"
    Path("submissions/small/s02.py").write_text(GOOD)
    assert "the student's file and the grader's judgement have changed since" in run(capsys, "submissions/")[1]
    override(f"student: s02, function: double, points: 1, ground: {ground[:9]}00000000, {WHO}")
    Path("submissions/small/s02.py").write_text(WRONG)
    assert "the grader's judgement has changed since" in run(capsys, "submissions/")[1]


def test_a_student_without_a_hand_in_is_named(course: Path, capsys):
    override(f"student: s09, excused: true, {WHO}")
    code, _, err = run(capsys, "submissions/")
    assert code == 0
    assert err == (
        "rubrics/small.overrides.yaml: s09 has handed in nothing, so what is decided about this student applies to nothing\n"
    )


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("student: s02, points: 1", "overrides[0].author: the key 'author' is missing\nLINE: overrides[0].reason: the key 'reason' is missing"),
        (f"student: s02, {WHO}", "overrides[0]: nothing is decided; give it points, excused, extension or comment"),
        (f"student: s02, function: doubel, points: 1, {WHO}", "overrides[0].function: there is no function 'doubel'; did you mean 'double'? Known are: double, total"),
        (f"student: s02, function: double, points: 25, {WHO}", "overrides[0].points: found 25, expected at most 2, what double is worth"),
        (f"student: s02, points: 5, {WHO}", "overrides[0].points: found 5, expected at most 4, what the homework is worth"),
        (f"student: s02, points: 1.123456789, {WHO}", "overrides[0].points: found 1.123456789, expected at most 6 digits after the point; give it so"),
        (f"student: s02, points: 1, excused: true, {WHO}", "overrides[0].excused: points and excused rule each other out; keep one of them"),
        (f"student: 7, points: 1, {WHO}", "overrides[0].student: found 7, expected a student's id; put a number in quotes, as in '00123'"),
        (f"student: s02, point: 1, {WHO}", "overrides[0].point: unknown key 'point'; did you mean 'points'? Known keys: student, function, points, excused, extension, comment, author, reason, ground"),
        (f"student: s02, points: yes, {WHO}", "overrides[0].points: found true, expected a number; YAML reads yes, no, on and off as true and false"),
        (f"student: s02, excused: 1, {WHO}", "overrides[0].excused: found 1, expected true or false"),
        (f"student: s02, extension: 2026-11-31T23:59:00, {WHO}", "overrides[0].extension: found '2026-11-31T23:59:00', expected a date with a time, as in 2026-12-01T23:59:00"),
        (f"student: s02, extension: 0001-01-01T00:00:00, {WHO}", "overrides[0].extension: found the year 1, expected one from 1970 to 2999"),
        (f"student: s02, extension: 2026-12-05, {WHO}", "overrides[0].extension: found 2026-12-05, expected a date with a time, as in 2026-12-01T23:59:00"),
        (f"student: s02, extension: 2026-11-05T12:00:00, {WHO}", "overrides[0].extension: found 2026-11-05 12:00:00, which is before the homework is due (2026-12-01 23:59:00)"),
        (f"student: s02, function: double, extension: 2026-12-05T12:00:00, {WHO}", "overrides[0].extension: an extension is for the whole hand-in; strike the key 'function' here"),
        (f"student: s02, points: 1, excused: perhaps, {WHO}", "overrides[0].excused: found 'perhaps', expected true or false"),
    ],
)  # fmt: skip
def test_a_wrong_override_says_where_and_what(course: Path, capsys, entry: str, message: str):
    Path("rubrics/small.yaml").write_text(RUBRIC + DUE)
    override(entry)
    line = "rubrics/small.overrides.yaml, line 2"
    assert run(capsys, "submissions/") == (2, "", f"grade: {line}: {message.replace('LINE', line)}\n")
    assert not Path("reports").exists()


def test_two_overrides_that_contradict_each_other(course: Path, capsys):
    override(
        f"student: s02, function: double, points: 1, {WHO}", f"student: s02, function: double, excused: true, {WHO}"
    )
    assert run(capsys, "submissions/")[2] == (
        "grade: rubrics/small.overrides.yaml, line 3: overrides[1]: what s02's double gets is decided a second time "
        "(first in line 2); keep one of them\n"
    )


def test_a_file_of_overrides_that_is_none(course: Path, capsys):
    OVERRIDES.write_text("- s02\n")
    assert run(capsys, "submissions/")[2] == (
        "grade: rubrics/small.overrides.yaml, line 1: found a list, expected keys such as 'overrides: []'\n"
    )
    OVERRIDES.write_text("")
    assert run(capsys, "submissions/")[2] == (
        "grade: rubrics/small.overrides.yaml: the file of overrides is empty; it needs at least: overrides\n"
    )


def test_overrides_are_no_rubric(course: Path, capsys):
    override(f"student: s02, points: 1, {WHO}")
    Path("submissions/small.overrides").mkdir()
    assert "no rubric small.overrides.yaml" in run(capsys, "submissions/")[2]


def test_an_extension_needs_a_due_date(course: Path, capsys):
    override(f"student: s02, extension: 2026-12-05T12:00:00, {WHO}")
    assert run(capsys, "submissions/")[2] == (
        "grade: rubrics/small.overrides.yaml, line 2: overrides[0].extension: the rubric has no due date that could be "
        "extended; give it the key 'due'\n"
    )


def test_points_for_work_that_could_not_be_judged(course: Path, capsys, monkeypatch):
    def fail(*_: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("grader.batch.grade", fail)
    override(f"student: s01, points: 3, {WHO}", f"student: s02, function: double, points: 1, {WHO}")
    code, out, _ = run(capsys, "submissions/", "--jobs", "1")
    assert code == 3  # s02 is still not known
    assert rows()["s01"]["score"] == "3"
    assert "The whole: 3 of 4, set by staff in place of an unknown score." in page("s01")
    assert rows()["s02"]["score"] == ""
    assert "! s02  double: decided, but the grader has no judgement that it could apply to.\n" in out


def test_points_are_shown_with_all_their_digits(course: Path, capsys):
    override(f"student: s02, function: double, points: 1.123456, {WHO}")
    run(capsys, "submissions/")
    assert (rows()["s02"]["score"], rows()["s02"]["double"]) == ("3.123456", "1.123456")
    assert rows()["s02"]["decisions"].startswith("double: 1.123456 of 2 in place of 0 ")
    assert "double: 1.123456 of 2, set by staff in place of 0." in page("s02")
    assert "<b>1.123456 of 2</b>" in Path("reports/small/s02.html").read_text()


# ---------------------------------------------------------------- the command that writes them


def test_grade_override_prints_grounds_and_writes_a_decision(course: Path, capsys):
    run(capsys, "submissions/")
    code, out, _ = (main(["override", "rubrics/small.yaml", "s02"]), *capsys.readouterr())
    result = read_result(Path("reports/small/results/s02.json"))
    assert code == 0
    assert [line.split() for line in out.splitlines()[1:]] == [
        ["double", "0", "of", "2", ground_of(result, "double")],
        ["total", "2", "of", "2", ground_of(result, "total")],
        ["the", "whole", "2", "of", "4", ground_of(result, None)],
    ]
    decide = ["override", "rubrics/small.yaml", "s02", "--author", "staff", "--reason", "a: b # c"]
    assert main([*decide, "total", "--points", "1.5"]) == 0
    assert capsys.readouterr().out == "Written into rubrics/small.overrides.yaml; grade again to see it on the pages\n"
    assert main([*decide, "--comment", "Well done."]) == 0
    run(capsys, "submissions/")
    assert rows()["s02"]["score"] == "1.5"
    assert "Well done. (staff)" in page("s02")
    assert f"ground: {ground_of(result, 'total')}\n" in OVERRIDES.read_text()


def test_grade_override_leaves_the_file_alone_where_a_decision_can_not_stand(course: Path, capsys):
    run(capsys, "submissions/")
    text = f"# mine\noverrides:\n- {{student: s02, points: 1, {WHO}}}\n"
    OVERRIDES.write_text(text)
    command = ["override", "rubrics/small.yaml", "s02", "--points", "2", "--author", "staff"]
    assert main([*command, "--reason", "x"]) == 2
    assert OVERRIDES.read_text() == text
    assert capsys.readouterr().err == (
        "grade: rubrics/small.overrides.yaml: nothing was written: what s02's hand-in gets is decided a second time (first "
        "in line 3); keep one of them\n"
    )
    assert main(command) == 2
    assert capsys.readouterr().err == "grade: a decision needs a reason, for the course staff; give it with --reason\n"
    assert main(["override", "rubrics/small.yaml", "s01", "total", *command[3:], "--reason", "x"]) == 0
    assert OVERRIDES.read_text().startswith(text)
    OVERRIDES.unlink()
    assert main(["override", "rubrics/small.yaml", "s01", "--extend", "soon", "--reason", "x", "--author", "y"]) == 2
    assert "expected a date with a time, as in 2026-12-01T23:59:00" in capsys.readouterr().err
    assert not OVERRIDES.exists()
    assert main(["override", "rubrics/small.yaml", "s09"]) == 2
    assert "reports/small/results/s09.json: there is no such result" in capsys.readouterr().err


def test_a_decision_that_is_not_written_names_no_line_of_its_own(course: Path, capsys):
    run(capsys, "submissions/")
    command = ["override", "rubrics/small.yaml", "s02", "double", "--reason", "x", "--author", "staff", "--points"]
    assert main([*command, "3"]) == 2
    assert capsys.readouterr().err == (
        "grade: rubrics/small.overrides.yaml: nothing was written: points: found 3, expected at most 2, what double is "
        "worth\n"
    )
    assert not OVERRIDES.exists()
    text = f"overrides: [{{student: s01, points: 1, {WHO}}}]\n"
    OVERRIDES.write_text(text)
    assert main([*command, "1"]) == 2
    assert capsys.readouterr().err == (
        "grade: rubrics/small.overrides.yaml: nothing was written: an entry can not be added at the end of this file; "
        "write 'overrides:' last, and each entry below it, in lines that begin with '- '\n"
    )
    assert OVERRIDES.read_text() == text
    OVERRIDES.write_text(f"overrides:\n  - {{student: s01, points: 9, {WHO}}}\n")  # what is there already has its line
    assert main([*command, "1"]) == 2
    assert ".yaml, line 2: overrides[0].points: found 9, expected at most 4" in capsys.readouterr().err


# ---------------------------------------------------------------- lateness

ZURICH = "Europe/Zurich"


def utc(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=UTC)


@pytest.mark.parametrize(
    ("submitted", "grace", "days"),
    [
        (utc(2026, 12, 1, 22, 59, 0), 0, 0),  # 23:59 in Zurich, in winter
        (utc(2026, 12, 1, 22, 59, 1), 0, 1),
        (utc(2026, 12, 1, 23, 14, 0), 15, 0),
        (utc(2026, 12, 1, 23, 14, 1), 15, 1),
        (utc(2026, 12, 2, 22, 59, 0), 0, 1),
        (utc(2026, 12, 2, 22, 59, 1), 0, 2),
        (utc(2026, 12, 2, 23, 14, 0), 15, 1),
        (utc(2025, 1, 1), 0, 0),
    ],
)
def test_days_late(submitted: datetime, grace: int, days: int):
    assert days_late(submitted, datetime(2026, 12, 1, 23, 59), ZURICH, grace) == days


def test_a_day_late_has_25_hours_in_autumn_and_23_in_spring():
    autumn, spring = datetime(2026, 10, 24, 12), datetime(2026, 3, 28, 12)
    for due, hours in ((autumn, 25), (spring, 23)):
        end = instant(due, ZURICH) + timedelta(hours=hours)
        assert days_late(end, due, ZURICH, 0) == 1
        assert days_late(end + timedelta(seconds=1), due, ZURICH, 0) == 2


def test_a_due_date_that_clocks_show_twice_or_never_is_the_later_one():
    assert instant(datetime(2026, 10, 25, 2, 30), ZURICH) == utc(2026, 10, 25, 1, 30)
    assert instant(datetime(2026, 3, 29, 2, 30), ZURICH) == utc(2026, 3, 29, 1, 30)


def test_a_hand_in_without_an_offset_is_on_the_courses_clocks_and_the_earlier_one():
    due = datetime(2026, 10, 25, 2, 30)  # shown twice
    assert handed_in(due, ZURICH) == utc(2026, 10, 25, 0, 30)
    assert days_late(due, due, ZURICH, 0) == 0
    assert days_late(datetime(2026, 12, 1, 23, 59, 1), datetime(2026, 12, 1, 23, 59), ZURICH, 0) == 1


def late(policy: Late, hours: float, score: str = "11.5", extension: datetime | None = None) -> tuple[int, float, bool]:
    due = datetime(2026, 12, 1, 12)
    submitted = instant(due, ZURICH) + timedelta(hours=hours)
    found = lateness(submitted, due, extension, ZURICH, policy, Decimal(score), Decimal(20))
    return found.days, found.penalty, found.refused


def test_what_lateness_costs():
    assert late(Late(), 30) == (2, 0, False)
    assert late(Late(points=1.5), 30) == (2, 1.5, False)
    assert late(Late(percent_a_day=10), 30) == (2, 4.0, False)
    assert late(Late(percent_a_day=10, of="score"), 30) == (2, 2.3, False)
    assert late(Late(percent_a_day=10, free_days=1), 30) == (2, 2.0, False)
    assert late(Late(percent_a_day=10, free_days=2), 30) == (2, 0, False)
    assert late(Late(percent_a_day=100), 30) == (2, 11.5, False)  # never below 0
    assert late(Late(refuse_after_days=2), 48) == (2, 0, False)
    assert late(Late(refuse_after_days=2), 48.1) == (3, 11.5, True)
    assert late(Late(points=1), 30, extension=datetime(2026, 12, 2, 18)) == (0, 0, False)
    assert late(Late(percent_a_day=10), 31, extension=datetime(2026, 12, 2, 18)) == (1, 2.0, False)


def test_points_are_decimals():
    """In binary, 0.3 * 3 and 1.1 + 2.2 are a little more than they are."""
    assert late(Late(percent_a_day=0.3, of="score"), 60, "0.1") == (3, 0.0009, False)
    assert late(Late(percent_a_day=33.333, of="score"), 20, "0.1") == (1, 0.033333, False)


def test_half_points_are_kept(course: Path, capsys):
    Path("rubrics/small.yaml").write_text(f"{RUBRIC}{DUE}late: {{percent_a_day: 12.5, of: score}}\n")
    Path("submissions/small/submitted.csv").write_text("student,submitted_at\ns02,2026-12-02T12:00:00\n")
    override(f"student: s02, function: double, points: 0.5, {WHO}")
    _, out, _ = run(capsys, "submissions/")
    assert (rows()["s02"]["score"], rows()["s02"]["late_penalty"]) == ("2.1875", "0.3125")
    assert (
        "This work was due on 2026-12-01 23:59:00 (Europe/Zurich). It was handed in on 2026-12-02 12:00:00, 1 day late. "
        "Points off for lateness: 0.3125. Before: 2.5 of 4. After: 2.1875." in page("s02")
    )  # fmt: skip
    assert "2.1875 of 4" in page("s02")
    assert "2.188 of 4" in out


def test_lateness_on_the_pages(course: Path, capsys, monkeypatch):
    for student in ("s03", "s04", "s05"):
        Path(f"submissions/small/{student}.py").write_text(GOOD)
    Path("submissions/small/submitted.csv").write_text(
        "student,submitted_at\ns01,2026-12-01T23:30:00\ns02,2026-12-03T00:30:00+01:00\ns03,2026-12-09T12:00:00\n"
        "s04,2026-12-03T12:00:00\ns05,yesterday\n"
    )
    Path("rubrics/small.yaml").write_text(f"{RUBRIC}{DUE}late: {{points: 1, refuse_after_days: 3}}\n")
    override(f"student: s04, extension: 2026-12-05T23:59:00, {WHO}")
    code, _, err = run(capsys, "submissions/")
    assert (code, err) == (
        0,
        "submissions/small/submitted.csv, line 6: found 'yesterday', expected a date with a time, as in "
        "2026-12-01T23:59:00; this student counts as in time\n",
    )
    assert {student: row["score"] for student, row in rows().items()} == {
        "s01": "4", "s02": "1", "s03": "0", "s04": "4", "s05": "4",
    }  # fmt: skip
    assert "This work was due" not in page("s01")
    assert "2 days late. Points off for lateness: 1. Before: 2 of 4. After: 1." in page("s02")
    assert "8 days late. That is too late to be given points. Before: 4 of 4. After: 0." in page("s03")
    assert "This work was due on 2026-12-05 23:59:00 (Europe/Zurich), the extension included." in page("s04")
    assert "It is not known when this was handed in. Nothing is taken off for lateness." in page("s05")
    # Another policy is applied without judging anything again.
    monkeypatch.setattr("grader.batch.grade", refuse)
    Path("rubrics/small.yaml").write_text(f"{RUBRIC}{DUE}late:\n  points: 0.5\n  free_days: 5\n")
    run(capsys, "submissions/")
    assert {student: row["score"] for student, row in rows().items()} == {
        "s01": "4", "s02": "2", "s03": "3.5", "s04": "4", "s05": "4",
    }  # fmt: skip
    Path("rubrics/small.yaml").write_text(RUBRIC)
    OVERRIDES.unlink()
    run(capsys, "submissions/")
    assert rows()["s03"]["score"] == "4"


def test_what_judges_nothing_is_no_part_of_the_digest(course: Path):
    path = Path("rubrics/small.yaml")
    digest = read_rubric(path).digest
    head, tail = RUBRIC.split("points: 4\n")
    for text in (
        f"{RUBRIC}{DUE}",
        f"{RUBRIC}{DUE}late:\n  points: 1\n  free_days: 2\n",
        f"{head}points: 4\n{DUE}late: {{points: 1,\n  free_days: 2}}\n{tail}",
    ):
        path.write_text(text)
        assert read_rubric(path).digest == digest
    for text in (
        f"{RUBRIC}# a remark\n",
        RUBRIC.replace("random shapes: 3", "random shapes: 4"),
        f"{RUBRIC}{DUE}late: {{points: &points 1}}\n",
    ):
        path.write_text(text)
        assert read_rubric(path).digest != digest


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("due: 2026-12-01\ntimezone: Europe/Zurich\n", ", line 15: due: found 2026-12-01, expected a date with a time, as in 2026-12-01T23:59:00"),
        ("due: 2026-12-01T23:59:00\n", ", line 15: due: a due date needs the key 'timezone' beside it, as in Europe/Zurich"),
        ("due: 20261201\n", ", line 15: due: found 20261201, expected a date with a time, as in 2026-12-01T23:59:00"),
        ("timezone: Europe/Zurig\n", ", line 15: timezone: found 'Europe/Zurig', expected a time zone such as Europe/Zurich; did you mean 'Europe/Zurich'?"),
        ("late: {points: 1}\n", ", line 15: late: nothing can be late without the key 'due', as in 2026-12-01T23:59:00"),
        (f"{DUE}late: {{percent: 1}}\n", ", line 17: late.percent: unknown key 'percent'; did you mean 'percent_a_day'? Known keys: points, percent_a_day, of, free_days, grace_minutes, refuse_after_days"),
        (f"{DUE}late: {{percent_a_day: 110}}\n", ", line 17: late.percent_a_day: found 110, expected a value less than or equal to 100"),
    ],
)  # fmt: skip
def test_a_wrong_due_date_or_policy_says_where_and_what(course: Path, capsys, text: str, message: str):
    line = RUBRIC.count("\n") + 1
    Path("rubrics/small.yaml").write_text(RUBRIC + text)
    said = message.replace("line 15", f"line {line}").replace("line 17", f"line {line + 2}")
    assert run(capsys, "submissions/")[2] == f"grade: rubrics/small.yaml{said}\n"


def test_a_file_of_times_without_its_columns(tmp_path: Path):
    path = tmp_path / "submitted.csv"
    path.write_text("name;time\n")
    with pytest.raises(SubmissionError) as caught:
        read_times(tmp_path, ZURICH)
    assert str(caught.value) == f"{path}, line 1: found name, time, expected the columns student,submitted_at"


def test_times_may_have_semicolons_and_one_beyond_the_calendar_costs_its_line(tmp_path: Path):
    path = tmp_path / "submitted.csv"
    path.write_text("student;submitted_at\ns01;2026-12-01 10:00\ns02;0001-01-01T00:00\n")
    times, faults = read_times(tmp_path, ZURICH)
    assert times == {"s01": utc(2026, 12, 1, 9)}
    assert faults == [
        f"{path}, line 3: found '0001-01-01T00:00', expected a date with a time, as in 2026-12-01T23:59:00; "
        "this student counts as in time"
    ]


def test_an_accent_may_be_a_letter_of_its_own_and_case_does_not_count(course: Path, capsys):
    composed, decomposed = "Zo\u00eb", "Zoe\u0308"
    Path(f"submissions/small/{decomposed}.py").write_text(GOOD)
    Path("submissions/small/submitted.csv").write_text(
        f"student,submitted_at\n{composed.lower()},2026-12-02T12:00:00\nghost,2026-12-02T12:00:00\n"
    )
    Path("rubrics/small.yaml").write_text(f"{RUBRIC}{DUE}late: {{points: 1}}\n")
    override(f"student: {decomposed}, function: double, points: 1, {WHO}")
    code, _, err = run(capsys, "submissions/")
    assert (code, err) == (
        0,
        "submissions/small/submitted.csv: nobody here has handed in as ghost; these lines count for nothing\n",
    )
    assert rows()[composed]["late_penalty"] == "1"
    assert "points 1" in rows()[composed]["decisions"] or rows()[composed]["judged"] == "4"


def test_of_several_times_the_latest_counts(tmp_path: Path):
    (tmp_path / "submitted.csv").write_text("student,submitted_at\ns01,2026-12-01 10:00\ns01,2026-12-01T08:30:00Z\n")
    times, faults = read_times(tmp_path, ZURICH)
    assert (times, faults) == ({"s01": utc(2026, 12, 1, 9)}, [])


def test_a_decision_is_format_1(course: Path, capsys):
    override(f"student: s02, points: 3, {WHO}")
    run(capsys, "submissions/")
    decided = json.loads(Path("reports/small/decisions/s02.json").read_text())
    assert (decided["format"], decided["judged"], decided["score"]) == (1, 2.0, 3.0)
    assert not Path("reports/small/decisions/s01.json").exists()


def test_every_key_of_a_decision_is_documented():
    text = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    for model in (Override, Late, Decided, DecidedCriterion, Lateness):
        assert [name for name in model.model_fields if f"`{name}`" not in text] == []
    assert str(names_path(Path("reports"))) in text
    assert TIMES in text


def test_the_schema_knows_every_key_of_an_override_and_forbids_others():
    schema = overrides_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert (list(schema["properties"]), schema["additionalProperties"]) == (["overrides"], False)
    entry = schema["$defs"]["Override"]
    assert (list(entry["properties"]), entry["additionalProperties"]) == (list(Override.model_fields), False)
    assert entry["required"] == ["student", "author", "reason"]
    assert [choice["required"] for choice in entry["anyOf"]] == [["points"], ["excused"], ["extension"], ["comment"]]
    assert entry["not"] == {"required": ["function", "extension"]}
    assert all(about["description"] for about in entry["properties"].values())
    assert json.loads(json.dumps(schema)) == schema


def test_in_french(course: Path, capsys):
    Path("rubrics/small.yaml").write_text(f"{RUBRIC}{DUE}late: {{points: 1}}\nlanguage: fr\n")
    Path("submissions/small/submitted.csv").write_text("student,submitted_at\ns02,2026-12-02T12:00:00\n")
    override(f"student: s02, function: double, points: 1.5, {WHO}")
    run(capsys, "submissions/")
    text = page("s02")
    assert "double : 1.5 sur 2, fixé par staff à la place de 0." in text
    assert "avec 1 jour de retard. Points retirés pour le retard : 1. Avant : 3.5 sur 4. Après : 2.5." in text
    assert "On ne sait pas quand ce travail a été remis." in page("s01")


def test_who_lost_points_for_lateness_has_no_full_marks(course: Path, capsys):
    Path("rubrics/small.yaml").write_text(f"{RUBRIC}{DUE}late: {{points: 1}}\n")
    Path("submissions/small/submitted.csv").write_text("student,submitted_at\ns01,2026-12-02T12:00:00\n")
    run(capsys, "submissions/")
    text = Path("reports/small/index.html").read_text()
    assert "<div><dt>full marks</dt><dd>0</dd></div>" in text
    assert '<td class="p t">3</td>' in text


@pytest.mark.parametrize(("command", "page"), [("override", "decisions"), ("diff", "decisions"), ("new", "tutorial")])
def test_every_option_of_a_command_is_documented(capsys, command: str, page: str):
    with pytest.raises(SystemExit):
        main([command, "--help"])
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    options = set(re.findall(r"--[a-z]+", capsys.readouterr().out)) - {"--help"}
    assert f"grade {command}" in text
    assert [option for option in sorted(options) if option not in text] == []


def test_what_a_teacher_writes_is_shown_and_does_nothing(course: Path, capsys):
    text = json.dumps("<script>alert(1)</script> \x1b[31m {author} =1+1")
    OVERRIDES.write_text(
        f"overrides:\n  - {{student: s02, function: double, comment: {text}, author: {text}, reason: {text}}}\n"
        f"  - {{student: s02, points: 1, author: {text}, reason: {text}}}\n"
    )
    code, out, _ = run(capsys, "submissions/")
    assert code == 0
    assert "\x1b" not in out
    for page_of in ("s02", "index"):
        html = Path(f"reports/small/{page_of}.html").read_text()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt; \\x1b[31m {author} =1+1" in html
    assert "\x1b" not in Path("reports/small/gradebook.csv").read_text()


def test_the_audit_of_a_folder_takes_overrides_for_no_rubric(course: Path):
    override(f"student: s02, points: 1, {WHO}")
    assert [path for path in sorted(Path("rubrics").iterdir()) if is_rubric(path)] == [Path("rubrics/small.yaml")]
    assert find_rubrics(Path("submissions")) == [Path("rubrics/small.yaml")]


def test_a_download_that_says_late_and_not_when(course: Path, capsys):
    folder = Path("submissions/small")
    for path in folder.iterdir():
        path.unlink()
    (folder / "lastfirst_LATE_1234_567890_hw.py").write_text(GOOD)
    (folder / "firstlast_1235_567891_hw.py").write_text(GOOD)
    Path("rubrics/small.yaml").write_text(f"{RUBRIC}{DUE}late: {{points: 1}}\n")
    code, _, err = run(capsys, "submissions/")
    assert (code, err) == (
        0,
        "small: Canvas says late, and not when: 1234; nothing is taken off; write the times into "
        "submissions/small/submitted.csv\n",
    )
    assert {student: row["score"] for student, row in rows().items()} == {"1234": "4", "1235": "4"}
    said = "The learning platform says that this was handed in late, but not when. Nothing is taken off for lateness."
    assert (said in page("1234"), said in page("1235")) == (True, False)
    text = Path("reports/small/index.html").read_text()
    assert "<dt>Not known; the learning platform says: late</dt>" in text
    assert "<dt>Not known</dt>" in text
    (folder / TIMES).write_text("student,submitted_at\n1234,2026-12-02T12:00:00\n")
    assert run(capsys, "submissions/")[2] == ""
    assert rows()["1234"]["score"] == "3"
    (folder / TIMES).unlink()
    Path("rubrics/small.yaml").write_text(RUBRIC)
    assert run(capsys, "submissions/")[2] == (
        "small: Canvas says late, and not when: 1234; nothing is taken off; give the rubric 'due' and 'late' if it costs "
        "points\n"
    )


@pytest.mark.parametrize(
    "name", ["First Last_1234_assignsubmission_file_/hw.py", "lastfirst_1234_567890_hw.py"], ids=["Moodle", "Canvas"]
)
def test_the_times_in_a_zip_file_are_those_of_the_download(course: Path, capsys, name: str):
    shutil.rmtree("submissions/small")
    with zipfile.ZipFile("submissions/small.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo(name, (2026, 12, 24, 12, 0, 0)), GOOD)
    Path("rubrics/small.yaml").write_text(f"{RUBRIC}{DUE}late: {{points: 1}}\n")
    run(capsys, "submissions/")
    assert rows()["1234"]["score"] == "4"
    assert "It is not known when this was handed in. Nothing is taken off for lateness." in page("1234")
