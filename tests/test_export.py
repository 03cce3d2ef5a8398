"""Results in the form of other systems, with files in those systems' own forms: what is filled, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
import xmlschema
from conftest import GOOD, REFERENCE, RUBRIC, WRONG, best, flags
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.cli import main
from grader.decisions import TIMES
from grader.errors import ExportError
from grader.export import classroom50_result
from grader.export.points import write_points
from grader.export.sheet import Sheet
from grader.export.students import match
from grader.grade import grade, judge_error
from grader.homework import read_homework
from grader.models import Decided, DecidedCriterion, Result, Submission
from grader.report import page_name
from grader.sandbox import run

FOLDER = Path(__file__).parent / "formats"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """Full marks, half of them, two and a half points, and a score that is not known."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "rubrics").mkdir()
    (folder / "reference").mkdir()
    (folder / "reference" / "small.py").write_text(REFERENCE)
    (folder / "rubrics" / "small.yaml").write_text(RUBRIC)
    homework = read_homework(folder / "rubrics" / "small.yaml", 0)

    def result(student: str, source: str) -> Result:
        def locked(*args, **more):
            return run(best(), *args, **more)

        return grade(homework, Submission(student, source.encode()), locked, best().level)

    half = result("s03", WRONG)
    criteria = (half.criteria[0].model_copy(update={"score": 0.5}), *half.criteria[1:])
    return {
        "s01": result("s01", GOOD),
        "s02": result("s02", WRONG),
        "s03": half.model_copy(update={"score": 2.5, "criteria": criteria}),
        "s04": judge_error(homework, Submission("s04", b"x"), best().level, "the disk is full"),
    }


@pytest.fixture
def stored(course: Path, graded: dict[str, Result]) -> Path:
    """The same in the folder of reports, beside their rubric."""
    for student, result in graded.items():
        put(result, student)
    return course / "reports" / "small"


def put(result: Result, student: str) -> None:
    path = Path("reports/small/results") / f"{page_name(student)}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(result.model_copy(update={"student": student}).model_dump_json())


def export(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    code = main(["export", *arguments])
    captured = capsys.readouterr()
    return code, captured.out.splitlines(), captured.err.strip()


def table(path: str) -> list[list[str]]:
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.reader(file))


# ---------------------------------------------------------------- a table of somebody else's


@given(
    st.lists(
        st.lists(st.text(st.sampled_from('aé ,;"\n\r0'), max_size=5), min_size=2, max_size=4), min_size=2, max_size=5
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\ufeff"]),
)
@settings(max_examples=60, deadline=None)
def test_a_sheet_reads_what_a_csv_reader_reads_and_gives_back_the_same_bytes(rows, end, mark):
    text = io.StringIO()
    csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([["a", "b"], *rows])
    data = (mark + text.getvalue()).encode()
    sheet = Sheet(Path("x.csv"), data)
    assert sheet.changed() == data
    assert [[cell.text for cell in row] for row in sheet.rows] == rows


def test_a_sheet_changes_one_cell_and_no_other_byte():
    data = '\ufeff"a";b;"c ""d"""\r\n"1";;x\r\n\r\n3;"4";\r\n'.encode()
    sheet = Sheet(Path("x.csv"), data)
    assert sheet.header == ("a", "b", 'c "d"')
    sheet.change(0, 1, "2,5")
    sheet.change(1, 1, 'say "it"; now')
    assert sheet.changed().decode() == '\ufeff"a";b;"c ""d"""\r\n"1";2,5;x\r\n\r\n3;"say ""it""; now";\r\n'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a,b\n1,\xff\n", "x.csv: this file is not UTF-8 (byte 6); download it again, or save it as CSV in UTF-8"),
        (b'a,b\n1,"2\n', "x.csv, line 2: a quotation mark is not closed, so this is no CSV file"),
        (b"a,b\n", "x.csv: this file holds no table: a header and a row for each student were expected"),
        (b"", "x.csv: this file holds no table: a header and a row for each student were expected"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, message: str):
    with pytest.raises(Exception, match="^" + re.escape(message) + "$"):
        Sheet(Path("x.csv"), data)


@pytest.mark.parametrize(
    ("score", "factor", "places", "comma", "text", "rounded"),
    [
        (11.5, 1, 5, False, "11.5", False),
        (11.5, 1, 5, True, "11,5", False),
        (20.0, 1, 5, True, "20", False),
        (100.0, 1, 0, False, "100", False),
        (11.5, Fraction(1, 3), 5, False, "3.83333", True),
        (11.5, Fraction(1, 2), 5, False, "5.75", False),
        (0.1, 3, 5, False, "0.3", False),
        (2.5, 1, 0, False, "2", True),
    ],
)
def test_points_are_written_as_they_are_or_called_rounded(score, factor, places, comma, text, rounded):
    written = write_points(score, Fraction(factor), places, comma=comma)
    assert (written.text, written.rounded) == (text, rounded)


@pytest.mark.parametrize(
    ("names", "row"),
    [
        (["s01"], 0),
        (["S02"], 1),
        (["amelie.muller"], 0),
        (["Amélie Müller"], 0),
        (["Müller, Amélie"], 0),
        (["müller_amélie"], 0),
        (["102"], 1),
        (["ben"], "2 rows could be this student's"),
        (["s09"], "no row is this student's"),
        (["s09", "s01"], 0),
    ],
)
def test_a_student_gets_the_one_row_that_is_theirs_or_none(names: list[str], row: int | str):
    rows = {
        0: ["101", "Participant 101", "Amélie Müller", "amelie.muller@example.org", "s01"],
        1: ["102", "Participant 102", "Ben Brown", "ben@example.org", "s02"],
        2: ["103", "Participant 103", "Ben Black", "ben@example.com", "s03"],
    }
    matched = match({"x": names}, rows)
    assert {**matched.rows, **matched.problems} == {"x": row}


def test_the_number_of_a_participant_is_not_taken_for_somebody_elses_id(
    stored: Path, graded: dict[str, Result], capsys
):
    for student in ("s01", "s02", "s03", "s04"):
        Path(f"reports/small/results/{student}.json").unlink()
    put(graded["s01"], "102")
    put(graded["s02"], "103")
    Path("worksheet.csv").write_bytes(MOODLE["de"].replace(",s01,", ",102,").encode())
    _code, out, _err = export(capsys, "moodle", "--into", "worksheet.csv", "--no-feedback")
    assert "not in the file: 102: 2 rows could be this student's" in out
    assert [row[5] for row in table("reports/small/moodle.csv")[1:]] == ["", "", "1,50"]
    assert "left as it was (--force overwrites it): 103: 1,50 stands there, not 2" in out


def test_a_number_of_another_kind_is_nobodys_id():
    students = {number: [number] for number in ("1001", "1002", "1003")}
    rows = {4: ["1002", "", "17"], 5: ["1003", "", "18"], 6: ["1500", "No Show", "1001"]}
    matched = match(students, rows)
    assert matched.rows == {"1002": 4, "1003": 5}
    assert matched.problems == {"1001": ELSEWHERE}


ELSEWHERE = (
    "the number stands in one row, but not where the numbers of the class do, so it may be somebody else's; say who it "
    "is with --roster"
)


def test_a_number_that_stands_in_another_column_by_chance_is_nobodys():
    rows = {0: ["101", "77"], 1: ["102", "103"]}
    matched = match({"101": ["101"], "103": ["103"]}, rows)
    assert (matched.rows, matched.problems) == ({"101": 0}, {"103": ELSEWHERE})
    matched = match({"103": ["103"]}, rows)
    assert (matched.rows, matched.problems) == ({}, {"103": ELSEWHERE})
    matched = match({"103": ["103", "102"]}, rows)  # as a roster says
    assert (matched.rows, matched.problems) == ({"103": 1}, {})


def test_numbers_of_the_whole_class_in_another_column_are_its_ids():
    rows = {0: ["11", "2001"], 1: ["12", "2002"], 2: ["13", "2003"], 3: ["14", "2004"]}
    matched = match({number: [number] for number in ("2001", "2002", "2004")}, rows)
    assert (matched.rows, matched.problems) == ({"2001": 0, "2002": 1, "2004": 3}, {})


def test_two_students_never_share_a_row():
    matched = match({"s01": ["s01"], "ana": ["Ana"], "bo": ["Bo"]}, {4: ["s01", "Ana"], 5: ["s02", "Bo"]})
    assert matched.rows == {"bo": 5}
    assert matched.problems == {"s01": "the row could be that of ana too", "ana": "the row could be that of s01 too"}


# ---------------------------------------------------------------- Canvas

CANVAS = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Warm-up (1001),A small homework (1002),Homework Current Score\r\n"
    "    Points Possible,,,,,10.00,4.00,(read only)\r\n"
    '"Müller, Amélie",501,U1,s01,"ML, 1",9.00,,90.0\r\n'
    '"Brown, ""Ben""",502,U2,s02,ML,,,\r\n'
    '"Black, Bo",503,U3,s03,ML,,,\r\n'
    '"Chen, Chi",504,U4,s04,ML,7,1,\r\n'
    '"Doe, Dee",505,U5,s05,ML,8,,\r\n'
    '"Student, Test",506,,e3b0c4,ML,,,\r\n'
)


def test_canvas_gets_its_own_gradebook_back_with_one_column_filled(stored: Path, capsys):
    Path("grades.csv").write_bytes(CANVAS.encode())
    code, out, err = export(capsys, "canvas", "--into", "grades.csv")
    assert (code, err) == (3, "")
    assert out == [
        "A small homework (1002): 3 scores filled",
        "not in the file: s04: the score is not known, because this could not be graded",
        "1 row of the file without a result: «Doe, Dee»",
        "Written: reports/small/canvas.csv",
    ]
    expected = CANVAS.replace('"ML, 1",9.00,,90.0', '"ML, 1",9.00,4,90.0')
    expected = expected.replace("s02,ML,,,", "s02,ML,,2,").replace("s03,ML,,,", "s03,ML,,2.5,")
    assert (stored / "canvas.csv").read_bytes().decode() == expected


def test_canvas_with_names_in_two_columns(stored: Path, capsys):
    Path("reports/small/results/s04.json").unlink()
    text = (
        "LastName,FirstName,ID,SIS Login ID,Section,A small homework (1002)\n    Points Possible,,,,,4.00\n"
        "Müller,Amélie,501,s01,ML,\nBrown,Ben,502,s02,ML,\nBlack,Bo,503,x,ML,\nDoe,Dee,505,s05,ML,\n"
        "Student,Test,506,e3b0c4,ML,\n"
    )
    Path("grades.csv").write_text(text)
    Path("roster.csv").write_text("id,name\ns03,Bo Black\n")
    _code, out, err = export(capsys, "canvas", "--into", "grades.csv", "--roster", "roster.csv")
    assert err == ""
    assert out[:2] == ["A small homework (1002): 3 scores filled", "1 row of the file without a result: «Doe, Dee»"]
    assert [row[5] for row in table("reports/small/canvas.csv")] == [
        "A small homework (1002)", "4.00", "4", "2", "2.5", "", "",
    ]  # fmt: skip


def test_canvas_with_semicolons_and_decimal_commas(stored: Path, capsys):
    text = "Student;ID;SIS Login ID;Section;A small homework (7)\n    Points Possible;;;;4,0\nMüller;1;s01;;\nBo;3;s03;;3,0\n"
    Path("grades.csv").write_text(text)
    code, out, _err = export(capsys, "canvas", "--into", "grades.csv")
    assert code == 3
    assert "left as it was (--force overwrites it): s03: 3,0 stands there, not 2,5" in out
    assert (stored / "canvas.csv").read_text() == text.replace("s01;;", "s01;;4")
    export(capsys, "canvas", "--into", "grades.csv", "--force")
    assert (stored / "canvas.csv").read_text() == text.replace("s01;;", "s01;;4").replace("s03;;3,0", "s03;;2,5")


def test_canvas_what_is_not_clear_is_refused(stored: Path, capsys):
    Path("grades.csv").write_text(CANVAS.replace("A small homework", "Third"))
    assert export(capsys, "canvas", "--into", "grades.csv") == (
        2,
        [],
        "grade: grades.csv: several columns could be the assignment: 'Warm-up (1001)', 'Third (1002)'; name one with "
        "--column",
    )
    assert export(capsys, "canvas", "--into", "grades.csv", "--column", "Fourth")[2] == (
        "grade: grades.csv: no column is called 'Fourth'; the columns are: '\\ufeffStudent', 'ID', 'SIS User ID', "
        "'SIS Login ID', 'Section', 'Warm-up (1001)', 'Third (1002)', 'Homework Current Score'"
    ).replace("\\ufeff", "")
    assert export(capsys, "canvas", "--into", "grades.csv", "--column", "1002")[0] == 3
    assert export(capsys, "canvas", "--into", "grades.csv", "--column", "1002")[2] == (
        "grade: reports/small/canvas.csv: this exists already; name another file with --out, or overwrite it with --force"
    )
    assert export(capsys, "canvas", "--into", "grades.csv", "--column", "1001", "--out", "x.csv")[2] == (
        "grade: grades.csv: full marks are 10 in this file, and 4 in the homework; change them there, or scale all points "
        "with --scale-to 10"
    )
    assert not Path("x.csv").exists()
    assert export(capsys, "canvas", "--into", "reports/small/results/s01.json", "--force")[0] == 2
    assert export(capsys, "canvas", "--force")[2] == (
        "grade: canvas needs the gradebook that you downloaded there: name it with --into FILE"
    )


def test_canvas_scaled_points_say_what_was_rounded(stored: Path, capsys):
    Path("grades.csv").write_text(CANVAS.replace(",4.00,", ",3.00,"))
    code, out, _err = export(capsys, "canvas", "--into", "grades.csv", "--scale-to", "3")
    assert code == 3
    assert [row[6] for row in table("reports/small/canvas.csv")[2:5]] == ["3", "1.5", "1.875"]
    assert not any(line.startswith("rounded") for line in out)
    Path("grades.csv").write_text(CANVAS.replace(",4.00,", ",0.7,").replace("1\r\n", "\r\n"))
    put(
        Result.model_validate_json(Path("reports/small/results/s02.json").read_bytes()).model_copy(
            update={"max_score": 3}
        ),
        "s02",
    )
    for student in ("s01", "s03", "s04"):
        Path(f"reports/small/results/{student}.json").unlink()
    _code, out, _err = export(capsys, "canvas", "--into", "grades.csv", "--scale-to", "0.7", "--force")
    assert "rounded: s02: 2 points are written as 0.466667" in out


# ---------------------------------------------------------------- Moodle

MOODLE = {
    "en": (
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (submission),"
        "Last modified (grade),Feedback comments\r\n"
        'Participant 101,Amélie Müller,s01@example.org,Submitted for grading,,4.00,Yes,"Monday, 1 June 2026, 10:00 AM",-,\r\n'
        'Participant 102,"Brown, ""Ben""",s02@example.org,Submitted for grading,,4.00,Yes,"Monday, 1 June 2026, 10:05 AM",-,\r\n'
        "Participant 103,Bo Black,s03@example.org,Submitted for grading,,4.00,Yes,-,-,\r\n"
        "Participant 104,Chi Chen,s04@example.org,No submission,1.00,4.00,Yes,-,-,earlier\r\n"
        "Participant 105,Dee Doe,s05@example.org,No submission,,4.00,Yes,-,-,\r\n"
    ),
    "de": (
        "\ufeffID,Vollständiger Name,ID-Nummer,E-Mail-Adresse,Status,Bewertung,Bestwertung,Bewertung kann geändert werden,"
        "Zuletzt geändert (Abgabe),Zuletzt geändert (Bewertung),Feedback als Kommentar\n"
        'Teilnehmer/in101,Amélie Müller,s01,a@example.org,Zur Bewertung abgegeben,,"4,00",Ja,-,-,\n'
        'Teilnehmer/in102,Ben Brown,s02,b@example.org,Zur Bewertung abgegeben,,"4,00",Ja,-,-,\n'
        'Teilnehmer/in103,Bo Black,s03,c@example.org,Zur Bewertung abgegeben,"1,50","4,00",Ja,-,"Mittwoch, 13. Mai 2026, 19:59",\n'
    ),
    "fr": (
        "Identifiant,Nom complet,Adresse de courriel,Statut,Note,Note maximale,La note peut être modifiée,"
        "Dernière modification (travail remis),Texte en ligne,Dernière modification (note)\n"
        'Participant 101,Amélie Müller,s01@example.org,Remis,,"4,00",Oui,-,,-\n'
        'Participant 103,Bo Black,s03@example.org,Remis,-,"4,00",Oui,-,,-\n'
    ),
}


def test_moodle_gets_its_own_worksheet_back_with_grades_and_feedback(stored: Path, capsys):
    Path("worksheet.csv").write_bytes(MOODLE["en"].encode())
    code, out, err = export(capsys, "moodle", "small", "--into", "worksheet.csv", "--out", "filled.csv")
    assert (code, err) == (3, "")
    assert out == [
        "Grade: 3 scores filled",
        "feedback: Feedback comments",
        "not in the file: s04: the score is not known, because this could not be graded",
        "1 row of the file without a result: «Participant 105, Dee Doe»",
        "Written: filled.csv",
    ]
    before, after = list(csv.reader(io.StringIO(MOODLE["en"]))), table("filled.csv")
    assert [row[4] for row in after] == ["Grade", "4", "2", "2.5", "1.00", ""]
    assert [row[:4] + row[5:9] for row in after] == [row[:4] + row[5:9] for row in before]
    assert after[1][9] == "<p>4 of 4 points</p>"
    assert after[2][9].startswith("<p>2 of 4 points</p><p>double, 0 of 2: ")
    assert (after[4][9], after[5][9]) == ("earlier", "")
    assert Path("filled.csv").read_bytes().count(b"\r\n") == 6


def test_moodle_in_german_with_a_mark_and_decimal_commas(stored: Path, capsys):
    Path("worksheet.csv").write_bytes(MOODLE["de"].encode())
    _code, out, _err = export(capsys, "moodle", "--into", "worksheet.csv", "--no-feedback")
    assert "left as it was (--force overwrites it): s03: 1,50 stands there, not 2,5" in out
    expected = MOODLE["de"].replace("abgegeben,,", "abgegeben,4,", 1).replace("abgegeben,,", "abgegeben,2,", 1)
    assert (stored / "moodle.csv").read_bytes().decode() == expected
    export(capsys, "moodle", "--into", "worksheet.csv", "--no-feedback", "--force")
    assert (stored / "moodle.csv").read_bytes().decode() == expected.replace('"1,50"', '"2,5"')


def test_moodle_in_french_without_a_column_of_feedback(stored: Path, capsys):
    Path("worksheet.csv").write_bytes(MOODLE["fr"].encode())
    _code, out, _err = export(capsys, "moodle", "--into", "worksheet.csv")
    assert out[:2] == [
        "Note: 2 scores filled",
        "feedback: the worksheet has no column for it; name one with --feedback-column, or turn it on in Moodle",
    ]
    assert [row[4] for row in table("reports/small/moodle.csv")] == ["Note", "4", "2,5"]
    assert (stored / "moodle.csv").read_bytes().decode() == MOODLE["fr"].replace(
        'Remis,,"4,00"', 'Remis,4,"4,00"'
    ).replace('Remis,-,"4,00"', 'Remis,"2,5","4,00"')


def test_moodle_what_is_no_worksheet_is_refused(stored: Path, capsys):
    Path("worksheet.csv").write_text("Identifier,Full name,Grade,Maximum Grade\nParticipant 1,Ana,,Pass\n")
    assert export(capsys, "moodle", "--into", "worksheet.csv")[2] == (
        "grade: worksheet.csv: no column holds the maximum grade in every row, with the grades before it, so this is no "
        "grading worksheet, or the assignment is graded by a scale; name the column of grades with --column. The columns "
        "are: 'Identifier', 'Full name', 'Grade', 'Maximum Grade'"
    )
    Path("worksheet.csv").write_text(MOODLE["en"].replace(",4.00,", ",100.00,"))
    assert export(capsys, "moodle", "--into", "worksheet.csv")[2] == (
        "grade: worksheet.csv: full marks are 100 in this file, and 4 in the homework; change them there, or scale all "
        "points with --scale-to 100"
    )
    export(capsys, "moodle", "--into", "worksheet.csv", "--scale-to", "100", "--no-feedback")
    assert [row[4] for row in table("reports/small/moodle.csv")[1:4]] == ["100", "50", "62.5"]
    assert export(capsys, "moodle", "--into", "missing.csv", "--force")[2] == (
        "grade: missing.csv: this file can not be read: No such file or directory"
    )


def test_a_roster_says_who_is_who(stored: Path, capsys):
    Path("worksheet.csv").write_bytes(MOODLE["en"].replace("s01@example.org", "amelie@example.org").encode())
    _code, out, _err = export(capsys, "moodle", "--into", "worksheet.csv", "--no-feedback")
    assert "not in the file: s01: no row is this student's" in out
    assert "2 rows of the file without a result: «Participant 101, Amélie Müller», «Participant 105, Dee Doe»" in out
    Path("roster.csv").write_text("student,name,email\ns01,A. Müller,amelie@example.org\n")
    _code, out, _err = export(capsys, "moodle", "--into", "worksheet.csv", "--roster", "roster.csv", "--force")
    assert out[0] == "Grade: 3 scores filled"
    Path("roster.csv").write_text("who,email\ns01,x\n")
    assert export(capsys, "moodle", "--into", "worksheet.csv", "--roster", "roster.csv", "--force")[2] == (
        "grade: roster.csv, line 1: no column of the roster is called 'id' (or sid, username, github_username, student); "
        "found: who, email"
    )


def test_feedback_is_no_formula_and_no_html_of_a_student(stored: Path, graded: dict[str, Result], capsys):
    evil = '=HYPERLINK("http://x.invalid","<b>y</b>")'
    for student, text in (("s01", evil), ("s02", "+1"), ("s03", "@SUM(1)")):
        put(graded[student].model_copy(update={"message": text}), student)
    Path("worksheet.csv").write_bytes(MOODLE["en"].encode())
    export(capsys, "moodle", "--into", "worksheet.csv")
    cells = [row[9] for row in table("reports/small/moodle.csv")[1:4]]
    assert all(cell.startswith("<p>") for cell in cells)
    assert "&lt;b&gt;y&lt;/b&gt;" in cells[0]
    export(capsys, "csv")
    for row in table("reports/small/scores.csv"):
        assert not any(cell[:1] in tuple("=+-@") for cell in row), row


# ---------------------------------------------------------------- Gradescope


def test_gradescope_gets_a_file_a_submission_with_the_rubrics_visibility(stored: Path, capsys):
    rubric = Path("rubrics/small.yaml")
    rubric.write_text(
        RUBRIC + "due: 2026-12-01T23:59:00\ntimezone: Europe/Zurich\nvisibility: {repeatable: after_due}\n"
    )
    code, out, _err = export(capsys, "gradescope")
    assert code == 3
    assert out == ["not written: s04: the score is not known", "Written: reports/small/gradescope"]
    found = {path.parent.name: json.loads(path.read_text()) for path in (stored / "gradescope").glob("*/results.json")}
    assert sorted(found) == ["s01", "s02", "s03"]
    assert found["s03"]["score"] == 2.5
    tests = found["s02"]["tests"]
    assert [(test["name"], test["score"], test.get("max_score"), test["status"]) for test in tests] == [
        ("double: random shapes", 0.0, 1.0, "failed"),
        ("double: repeatable", 0.0, 1.0, "failed"),
        ("total: random shapes", 2.0, 2.0, "passed"),
    ]
    assert [test["visibility"] for test in tests] == ["visible", "after_due_date", "visible"]
    assert tests[0]["output"].startswith("Something is mixed in")
    assert {test["output_format"] for test in tests} == {"text"} == {found["s02"]["output_format"]}
    rubric.write_text(RUBRIC + "visibility: {random shapes: hidden}\n")
    export(capsys, "gradescope", "--force")
    shown = json.loads((stored / "gradescope" / "s02" / "results.json").read_text())
    assert [test["visibility"] for test in shown["tests"]] == ["hidden", "visible", "hidden"]
    assert shown["output"] == "2 of 4 points\ndouble, 0 of 2: A hidden check fails."


def test_gradescope_needs_the_rubric(stored: Path, capsys):
    Path("rubrics/small.yaml").rename("other.yaml")
    assert export(capsys, "gradescope")[2] == (
        "grade: reports/small: there is no rubric small.yaml beside it, which says what students may see; name it with "
        "--rubric FILE"
    )
    assert export(capsys, "gradescope", "--rubric", "other.yaml")[0] == 3
    Path("other.yaml").write_text(RUBRIC.replace("homework: small", "homework: large"))
    assert export(capsys, "gradescope", "--rubric", "other.yaml", "--force")[2] == (
        "grade: other.yaml: this is the rubric of large, and the results are of small"
    )


# ---------------------------------------------------------------- Classroom 50

RUNNER = {
    "CLASSROOM": "ml-2026",
    "ASSIGNMENT": "small",
    "OWNER": "s02",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://example.org/commit/a1b2c3d",
    "RELEASE_URL": "https://example.org/releases/tag/submit",
}


def runner(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in RUNNER.items():
        monkeypatch.setenv(name, value)
    for name in ("REVIEW_URL", "ASSIGNMENT_TYPE"):
        monkeypatch.delenv(name, raising=False)


def test_classroom50_gets_the_result_that_its_contract_asks_for(stored: Path, capsys, monkeypatch):
    runner(monkeypatch)
    code, out, err = export(capsys, "classroom50", "--student", "s02")
    assert (code, out, err) == (3, ["Written: reports/small/result.json"], "")
    result = json.loads((stored / "result.json").read_text())
    moment = datetime.strptime(result.pop("datetime"), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - moment).total_seconds()) < 60
    said = result["tests"][0].pop("output")
    assert said.startswith("double: random shapes\nSomething is mixed in")
    assert result == {
        "schema": "classroom50/result/v1",
        "classroom": "ml-2026",
        "assignment": "small",
        "owner": "s02",
        "submission": "submit/2026-06-01T14-32-05Z-a1b2c3d",
        "commit": "https://example.org/commit/a1b2c3d",
        "release": "https://example.org/releases/tag/submit",
        "review": "https://example.org/commit/a1b2c3d",
        "assignment_type": "individual",
        "score": 2,
        "max-score": 4,
        "tests": [
            {"test-name": "double", "passed": False, "score": 0, "max-score": 2},
            {"test-name": "total", "passed": True, "score": 2, "max-score": 2},
        ],
    }
    assert all(type(result[key]) is int for key in ("score", "max-score"))


def test_classroom50_takes_whole_points_only_and_nothing_is_rounded(stored: Path, capsys, monkeypatch):
    runner(monkeypatch)
    assert export(capsys, "classroom50", "--student", "s03") == (
        2,
        [],
        "grade: s03: Classroom 50 takes whole points only, and here 0.5 would go there; --scale-to 8 multiplies all points "
        "by 2 and loses nothing",
    )
    export(capsys, "classroom50", "--student", "s03", "--scale-to", "8")
    result = json.loads((stored / "result.json").read_text())
    assert (result["score"], result["max-score"]) == (5, 8)
    assert [test["score"] for test in result["tests"]] == [1, 4]


def test_classroom50_knows_what_lateness_leaves(stored: Path, graded: dict[str, Result], capsys, monkeypatch):
    runner(monkeypatch)
    late = graded["s02"].model_copy(update={"score": 3.2})
    with pytest.raises(ExportError, match="--scale-to 20 multiplies all points by 5 and loses nothing"):
        classroom50_result(late, late, dict(os.environ), datetime.now(UTC))
    content = classroom50_result(late, late, dict(os.environ), datetime.now(UTC), 20)
    assert (content["score"], content["max-score"]) == (16, 20)


def test_classroom50_says_whose_result_and_where(stored: Path, capsys, monkeypatch):
    assert export(capsys, "classroom50", "--student", "s02")[2] == (
        "grade: the variable CLASSROOM is not set: a result for Classroom 50 is written where its runner runs, which says "
        "in variables whose work it is; for a whole class, export another format"
    )
    runner(monkeypatch)
    assert export(capsys, "classroom50")[2] == "grade: reports/small: there are 4 results; say whose with --student"
    assert export(capsys, "classroom50", "--student", "s9")[2] == (
        "grade: reports/small: there is no result of 's9'; there are: s01, s02, s03, s04"
    )
    assert export(capsys, "classroom50", "--student", "s04")[2] == (
        "grade: s04: the score is not known, because this could not be graded"
    )


# ---------------------------------------------------------------- JUnit


def test_junit_holds_to_its_schema(stored: Path, graded: dict[str, Result], capsys):
    put(graded["s02"].model_copy(update={"message": 'a "<b>" & \x00 \ufffe \x1b[31m'}), "<s&05>")
    code, out, _err = export(capsys, "junit")
    assert (code, out) == (3, ["Written: reports/small/junit.xml"])
    schema = xmlschema.XMLSchema(str(FOLDER / "junit.xsd"))
    path = stored / "junit.xml"
    schema.validate(str(path))
    (root, errors) = schema.decode(str(path), validation="lax")
    assert errors == []
    suites = {suite["@name"]: suite for suite in root["testsuite"]}
    assert sorted(suites) == ["<s&05>", "s01", "s02", "s03", "s04"]
    counts = {
        name: [suite[f"@{key}"] for key in ("tests", "failures", "errors", "skipped")] for name, suite in suites.items()
    }
    assert counts["s01"] == [3, 0, 0, 0]
    assert counts["s02"] == [3, 1, 0, 1]
    assert counts["s04"] == [1, 0, 1, 0]
    failure = suites["s02"]["testcase"][0]["failure"]
    assert failure["@type"] == "wrong_answer"
    assert failure["@message"].startswith("Something is mixed in")
    assert suites["s04"]["testcase"][0]["error"]["@message"] == (
        "This could not be graded, through no fault of the submission: the disk is full"
    )


def test_the_schema_refuses_what_is_wrong():
    schema = xmlschema.XMLSchema(str(FOLDER / "junit.xsd"))
    assert not schema.is_valid("<testsuites><testsuite name='x'/></testsuites>")


# ---------------------------------------------------------------- what is exported at all


def test_results_that_are_not_there_or_not_readable(course: Path, graded: dict[str, Result], capsys):
    assert export(capsys, "csv")[2] == (
        "grade: reports: there are no results; run grade on the submissions first, or name the folder of reports"
    )
    put(graded["s01"], "s01")
    Path("reports/small/results/s02.json").write_text("{}")
    assert export(capsys, "csv") == (
        3,
        ["left aside, because it is no result: reports/small/results/s02.json", "Written: reports/small/scores.csv"],
        "",
    )
    Path("reports/other/results").mkdir(parents=True)
    assert export(capsys, "csv")[2] == (
        "grade: reports: there are results of several homeworks; name one of: other, small"
    )
    assert export(capsys, "csv", "other")[2] == (
        "grade: reports/other: no result of this folder can be read; grade the submissions again"
    )
    assert export(capsys, "junit", "reports/small", "--into", "x")[2] == (
        "grade: --into is for canvas and moodle; junit is written anew"
    )


def test_what_the_course_decided_counts(stored: Path, capsys):
    def decided(student: str, score: float | None, max_score: float, **more: object) -> None:
        path = stored / "decisions" / f"{student}.json"
        path.parent.mkdir(exist_ok=True)
        half = DecidedCriterion(function="total", judged=2.0, score=1.5, max_score=2.0)
        content = Decided(student=student, judged=4.0, score=score, max_score=max_score, criteria=(half,), **more)
        path.write_text(content.model_dump_json())

    decided("s01", 3.5, 4.0)
    decided("s02", None, 4.0, excused=True)
    (stored / "results" / "s04.json").unlink()
    Path("grades.csv").write_text(CANVAS)
    code, out, _err = export(capsys, "canvas", "--into", "grades.csv")
    assert code == 0
    assert "not in the file: s02: excused" in out
    assert [row[6] for row in table("reports/small/canvas.csv")[2:5]] == ["3.5", "", "2.5"]
    _code, _out, err = export(capsys, "classroom50", "--student", "s02")
    assert err == "grade: s02: excused, so there is no score to be written"
    decided("s01", 1.5, 2.0)
    code, out, _err = export(capsys, "canvas", "--into", "grades.csv", "--force")
    assert "not in the file: s01: part of it is excused, 1.5 of 2; --scale-to counts that as a whole" in out
    assert table("reports/small/canvas.csv")[2][6] == ""
    export(capsys, "canvas", "--into", "grades.csv", "--force", "--scale-to", "4")
    assert [row[6] for row in table("reports/small/canvas.csv")[2:5]] == ["3", "", "2.5"]
    (stored / "decisions" / "s03.json").write_text("{}")
    code, out, _err = export(capsys, "junit")
    assert (code, out[0]) == (3, "left aside, because it is no result: reports/small/results/s03.json")


def decide_late(student: str) -> None:
    """The student is a day late, and has more points for double, with a comment."""
    Path("rubrics/small.yaml").write_text(
        f"{RUBRIC}due: 2026-12-01T23:59:00\ntimezone: Europe/Zurich\nlate: {{points: 1}}\n"
    )
    who = f"student: {student}, author: staff, reason: seen"
    Path("rubrics/small.overrides.yaml").write_text(
        f"overrides:\n  - {{{who}, function: double, points: 1.5, comment: Nearly.}}\n"
        f"  - {{{who}, comment: 'See me, <b>please</b>.'}}\n"
    )
    Path(f"submissions/small/{TIMES}").write_text(f"student,submitted_at\n{student},2026-12-02T12:00:00\n")
    main(["submissions/", "--quiet", *flags()])


LATE = (
    "This work was due on 2026-12-01 23:59:00 (Europe/Zurich). It was handed in on 2026-12-02 12:00:00, 1 day late. "
    "Points off for lateness: {off}. Before: {before} of {whole}. After: {after}."
)


def test_feedback_says_what_was_decided_and_what_lateness_cost(course: Path, capsys):
    decide_late("s02")
    Path("worksheet.csv").write_bytes(MOODLE["en"].encode())
    assert export(capsys, "moodle", "--into", "worksheet.csv")[0] == 0
    row = table("reports/small/moodle.csv")[2]
    assert row[4] == "2.5"
    assert row[9].startswith(
        "<p>2.5 of 4 points</p><p>double: 1.5 of 2, set by staff in place of 0.</p>"
        f"<p>{LATE.format(off=1, before=3.5, whole=4, after=2.5)}</p>"
        "<p>See me, &lt;b&gt;please&lt;/b&gt;. (staff)</p><p>double, 1.5 of 2: "
    )
    assert row[9].endswith("<p>double: Nearly. (staff)</p>")
    assert export(capsys, "gradescope")[0] == 0
    content = json.loads(Path("reports/small/gradescope/s02/results.json").read_text())
    assert content["score"] == 2.5
    lines = content["output"].splitlines()
    assert lines[0] == "2.5 of 4 points"
    assert LATE.format(off=1, before=3.5, whole=4, after=2.5) in lines
    assert "See me, <b>please</b>. (staff)" in lines
    assert "double: Nearly. (staff)" in lines


def test_feedback_has_the_points_of_the_scale(course: Path, capsys):
    decide_late("s02")
    Path("worksheet.csv").write_bytes(MOODLE["en"].replace(",4.00,", ",100.00,").encode())
    assert export(capsys, "moodle", "--into", "worksheet.csv", "--scale-to", "100")[0] == 0
    row = table("reports/small/moodle.csv")[2]
    assert row[4] == "62.5"
    assert row[9].startswith(
        "<p>62.5 of 100 points</p><p>double: 37.5 of 50, set by staff in place of 0.</p>"
        f"<p>{LATE.format(off=25, before=87.5, whole=100, after=62.5)}</p>"
    )
    assert "<p>double, 37.5 of 50: " in row[9]
    assert export(capsys, "gradescope", "--scale-to", "100")[0] == 0
    content = json.loads(Path("reports/small/gradescope/s02/results.json").read_text())
    assert (content["score"], content["output"].splitlines()[0]) == (62.5, "62.5 of 100 points")
    assert [(test["score"], test.get("max_score")) for test in content["tests"]] == [
        (0.0, 25.0),
        (0.0, 25.0),
        (37.5, None),
        (50.0, 50.0),
    ]
    assert export(capsys, "csv", "--scale-to", "100")[2] == (
        "grade: --scale-to is not for csv, which keeps the points of the rubric; leave it out"
    )


def test_gradescope_says_whose_points_are_more_than_those_of_the_checks(
    stored: Path, graded: dict[str, Result], capsys
):
    double, total = graded["s02"].criteria
    for carried, name in ((True, "double: an error counts once"), (False, "double: decided by the course")):
        more = double.model_copy(update={"score": 1.5, "carried_forward": carried})
        put(graded["s02"].model_copy(update={"score": 3.5, "criteria": (more, total)}), "s02")
        export(capsys, "gradescope", "--force")
        content = json.loads((stored / "gradescope" / "s02" / "results.json").read_text())
        (test,) = [test for test in content["tests"] if test["name"] == name]
        assert (test["score"], content["score"]) == (1.5, 3.5)
