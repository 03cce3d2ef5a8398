"""Names hidden: no page, file or line says whose work it is, ids stay, and one file outside of the reports says who is
who."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from pathlib import Path

import pytest
from conftest import GOOD, RUBRIC, WRONG, flags

from grader.cli import main

NAMES = Path("reports.names.json")
WHO = "author: staff, reason: seen"


@pytest.fixture
def named(course: Path) -> Path:
    """A course whose students go by their names."""
    folder = Path("submissions/small")
    for path in folder.iterdir():
        path.unlink()
    (folder / "zoe_quill.py").write_text(GOOD)
    (folder / "yann_quill.py").write_text(WRONG)
    (folder / "xavi_quill.py").write_text("")
    (folder / "walt_quill").mkdir()
    (folder / "walt_quill" / "walt_quill_1.py").write_text(GOOD)
    (folder / "walt_quill" / "walt_quill_2.py").write_text(GOOD)
    (folder / "vera_quill.txt").write_text("")
    (folder / "submitted.csv").write_text("student,submitted_at\nzoe_quill,2026-12-02T12:00:00\n")
    Path("rubrics/small.yaml").write_text(
        f"{RUBRIC}due: 2026-12-01T23:59:00\ntimezone: Europe/Zurich\nlate: {{points: 1}}\n"
    )
    Path("rubrics/small.overrides.yaml").write_text(
        f"overrides:\n  - {{student: yann_quill, points: 3, {WHO}}}\n  - {{student: vera_quill, points: 3, {WHO}}}\n"
    )
    return course


def blind(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    main(["submissions/", "--hide-names", *arguments, *flags()])
    captured = capsys.readouterr()
    return captured.out + captured.err


def ids() -> dict[str, str]:
    return {student: anonymous for anonymous, student in json.loads(NAMES.read_text()).items()}


def results() -> dict[str, float]:
    found = [json.loads(path.read_text()) for path in Path("reports/small/results").glob("*.json")]
    return {result["student"]: result["score"] for result in found}


def test_no_name_anywhere(named: Path, capsys):
    said = blind(capsys, "--jobs", "2")
    assert "quill" not in said
    assert "small: left aside, because only .py, .ipynb and .zip files are graded: 1 files\n" in said
    assert "somebody has handed in nothing" in said
    for path in Path("reports").rglob("*"):
        assert "quill" not in str(path)
        assert path.is_dir() or b"quill" not in path.read_bytes()
    assert set(results()) == set(ids().values())
    assert (
        "names a file. Grade it with its name to see it."
        in Path(f"reports/small/{ids()['xavi_quill']}.html").read_text()
    )


def test_who_is_who_is_for_the_teacher_alone(named: Path, capsys):
    blind(capsys)
    assert set(ids()) == {"walt_quill", "xavi_quill", "yann_quill", "zoe_quill"}
    assert all(len(anonymous) == 5 for anonymous in ids().values())
    if os.name == "posix":
        assert stat.S_IMODE(NAMES.stat().st_mode) == 0o600


def test_what_was_decided_about_a_student_applies(named: Path, capsys):
    blind(capsys)
    gradebook = Path("reports/small/gradebook.csv").read_text()
    assert f'"{ids()["yann_quill"]}",3,4,' in gradebook
    assert f'"{ids()["zoe_quill"]}",3,4,' in gradebook  # a day late


def test_ids_stay_and_nothing_is_graded_again(named: Path, capsys, monkeypatch):
    blind(capsys)
    before = ids()
    (Path("submissions/small") / "abel_quill.py").write_text(GOOD)
    said = blind(capsys)
    assert {student: ids()[student] for student in before} == before
    assert "abel_quill" in ids()
    assert "small: 3 of 5 stand" in said  # one can not be read, and one is new


def test_names_of_a_download_and_of_a_roster_are_nowhere(course: Path, capsys):
    folder = Path("submissions/small")
    for path in folder.iterdir():
        path.unlink()
    for place in ("Zoe Quill_12345_assignsubmission_file_", "Yann Quill_12346_assignsubmission_file_"):
        (folder / place).mkdir()
        (folder / place / "zoe_quill.py").write_text(GOOD)
    (folder / place / "yann_quill.py").write_text(WRONG + "import zoe_quill\n")
    Path("submissions/roster.csv").write_text("id,name,email\n12345,Zoe Quill,quill@example.edu\n9,Abel Quill,\n")
    said = blind(capsys)
    assert "small: 2 submissions" in said
    assert set(ids()) == {"12345", "12346"}
    written = [path.read_text() for path in Path("reports").rglob("*.*") if path.is_file()]
    assert not any(word in text for text in (said, *written) for word in ("Quill", "quill", "1234"))
    main(["submissions/", *flags()])
    assert "Zoe Quill" in Path("reports/small/gradebook.csv").read_text()


def test_ids_are_drawn_by_chance(named: Path, capsys):
    blind(capsys)
    blind(capsys, "--out", "others")
    others = json.loads(Path("others.names.json").read_text())
    assert set(others.values()) == set(ids())
    assert set(others) != set(ids().values())


def test_what_is_decided_while_names_are_hidden_holds_when_they_are_not(named: Path, capsys):
    blind(capsys)
    zoe = ids()["zoe_quill"]
    decide = ["override", "rubrics/small.yaml", zoe, "total", "--points", "1", "--reason", "x", "--author", "staff"]
    assert main(decide) == 0
    blind(capsys)
    assert f'"{zoe}",2,4,' in Path("reports/small/gradebook.csv").read_text()
    main(["submissions/", *flags()])
    gradebook = Path("reports/small/gradebook.csv").read_text()
    assert '"zoe_quill",2,4,' in gradebook
    assert zoe not in gradebook
    assert not list(Path("reports/small").rglob(f"{zoe}*"))


def test_no_export_with_names_stays_beside_pages_without(named: Path, capsys):
    main(["submissions/", *flags()])
    for format_ in ("csv", "junit", "gradescope"):
        assert main(["export", format_]) in (0, 3)
    Path("reports/small/canvas.csv").write_text("Student,ID\nQuill Zoe,17\n")
    Path("reports/small/mine.csv").write_text("my own notes\n")
    capsys.readouterr()
    before = sorted(Path("reports").rglob("*"))
    assert blind(capsys) == (
        "grade: reports/small/scores.csv, reports/small/canvas.csv, reports/small/gradescope, reports/small/junit.xml: "
        "this was exported with names, and must not lie beside pages without; move it away or remove it, or write the "
        "pages elsewhere with --out\n"
    )
    assert sorted(Path("reports").rglob("*")) == before
    assert "small: 4 submissions" in blind(capsys, "--out", "others")


def test_an_export_without_names_may_stay(named: Path, capsys):
    blind(capsys)
    for format_ in ("csv", "junit", "gradescope"):
        assert main(["export", format_]) in (0, 3)
    assert "small: 3 of 4 stand" in blind(capsys)
    assert Path("reports/small/scores.csv").is_file()


def test_a_decision_may_name_either_id_and_only_the_one_on_the_page_prints(named: Path, capsys):
    blind(capsys)
    zoe = ids()["zoe_quill"]
    command = ["override", "rubrics/small.yaml", "zoe_quill"]
    assert main(command) == 2
    assert capsys.readouterr().err == (
        "grade: zoe_quill: names are hidden in reports, so what the grader says is printed by the id on the page only; a "
        "decision may name either, and reports.names.json says who is who\n"
    )
    assert main(["override", "rubrics/small.yaml", zoe]) == 0
    (ground,) = [line.split()[-1] for line in capsys.readouterr().out.splitlines() if line.startswith("total")]
    assert main([*command, "total", "--points", "1", "--reason", "x", "--author", "staff"]) == 0
    assert (
        f"- student: zoe_quill\n    function: total\n    points: 1.0\n    author: staff\n    reason: x\n    ground: {ground}\n"
        in (Path("rubrics/small.overrides.yaml").read_text())
    )
    assert (
        main(["override", "rubrics/small.yaml", zoe, "total", "--points", "2", "--reason", "x", "--author", "y"]) == 2
    )
    assert "is decided a second time" in capsys.readouterr().err
    assert "quill" not in blind(capsys)
    assert f'"{zoe}",2,4,' in Path("reports/small/gradebook.csv").read_text()
    main(["submissions/", *flags()])
    capsys.readouterr()
    assert main(["override", "rubrics/small.yaml", zoe]) == 0  # names are back, and the note on the desk has the old id
    assert ground in capsys.readouterr().out


def test_a_file_of_names_that_is_none(named: Path, capsys):
    NAMES.write_text("[1]")
    assert blind(capsys) == (
        "grade: reports.names.json: this does not say who is who, as in {'x7k3f': 's01'}; mend it, or remove it for new "
        "ids\n"
    )


def test_the_folder_in_a_zip_file_is_not_told(named: Path, capsys):
    with zipfile.ZipFile("submissions/small/uma_quill.zip", "w") as archive:
        archive.writestr("uma_quill/hw.py", "from helper import *\n" + GOOD)
        archive.writestr("uma_quill/helper.py", "1 / 0\n")
    assert "quill" not in blind(capsys)
    texts = [path.read_text() for path in Path("reports/small").rglob("*") if path.is_file()]
    assert not any("uma" in text for text in texts)
    assert any("Line 1 of helper.py could not be run" in text for text in texts)
