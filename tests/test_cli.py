"""The command line, as a teacher and a student meet it: what it says, what it writes, and how it ends."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import GOOD, RUBRIC, WRONG, flags

from grader import __version__
from grader.cli import main
from grader.errors import UnsafeError
from grader.sandbox import Choice, Setting, choose, start


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main([*arguments, *flags()])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


# ---------------------------------------------------------------- a folder


def test_a_folder_is_graded_and_told(course: Path, capsys, setting: Setting):
    code, out, err = run(capsys, "submissions/")
    assert (code, err) == (0, "")
    assert out.startswith(f"Sandbox: {setting.level.words}.")
    assert "small: 2 submissions" in out
    assert "s01      4 of 4  ✓" in out
    assert "s02      2 of 4  ✗ double: Something is mixed in" in out
    assert "The pages are in reports; open reports/index.html" in out
    assert "\x1b" not in out


def test_what_is_written(course: Path, capsys):
    run(capsys, "submissions/")
    files = sorted(str(path.relative_to("reports")) for path in Path("reports").rglob("*") if path.is_file())
    assert files == [
        "index.html",
        "small/gradebook.csv",
        "small/index.html",
        "small/results/s01.json",
        "small/results/s02.json",
        "small/s01.html",
        "small/s02.html",
    ]
    with Path("reports/small/gradebook.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["student"], row["score"], row["max_score"], row["verdict"]) for row in rows] == [
        ("s01", "4", "4", "accepted"),
        ("s02", "2", "4", "partial"),
    ]


def test_a_page_of_a_student_who_left_is_removed(course: Path, capsys):
    run(capsys, "submissions/")
    Path("submissions/small/s02.py").unlink()
    run(capsys, "submissions/")
    assert sorted(path.name for path in Path("reports/small").glob("*.html")) == ["index.html", "s01.html"]
    assert [path.name for path in Path("reports/small/results").iterdir()] == ["s01.json"]


def test_the_folder_of_one_homework_a_named_rubric_and_another_place(course: Path, capsys):
    assert run(capsys, "submissions/small", "--out", "elsewhere")[0] == 0
    assert Path("elsewhere/small/s01.html").is_file()
    Path("inbox").mkdir()
    Path("inbox/s09.py").write_text(GOOD)
    assert run(capsys, "inbox", "--rubric", "rubrics/small.yaml", "--out", "third")[0] == 0
    assert [path.name for path in Path("third/small/results").iterdir()] == ["s09.json"]
    assert run(capsys, "submissions", "--rubric", "rubrics/small.yaml", "--out", "fourth")[0] == 0
    assert len(list(Path("fourth/small/results").iterdir())) == 2


def test_quiet_prints_nothing(course: Path, capsys):
    assert run(capsys, "submissions/", "--quiet") == (0, "", "")


def test_fail_under(course: Path, capsys):
    assert run(capsys, "submissions/", "--fail-under", "3")[0] == 1
    assert run(capsys, "submissions/", "--fail-under", "2")[0] == 0


def test_the_seed_and_the_number_of_jobs_are_used(course: Path, capsys):
    run(capsys, "submissions/", "--seed", "7", "--jobs", "1")
    assert json.loads(Path("reports/small/results/s01.json").read_text())["seed"] == 7


def test_a_judge_error_ends_with_three(course: Path, capsys, monkeypatch: pytest.MonkeyPatch):
    choice = choose(own=True)
    monkeypatch.setattr("grader.cli.choose", lambda *_, **__: choice)  # so far, it holds
    start.end_zygotes()
    monkeypatch.setattr(start, "_BOOT", "raise SystemExit(9)")
    code, out, _ = run(capsys, "submissions/", "--jobs", "1")
    assert code == 3
    assert "unknown" in out
    assert run(capsys, "submissions/small/s01.py")[0] == 3


def test_where_no_sandbox_holds_nothing_is_run_and_nothing_written(course: Path, capsys, monkeypatch):
    def refuse(*_: object, **__: object) -> Choice:
        raise UnsafeError("Nothing was run.\nTo mend it: a command")

    monkeypatch.setattr("grader.cli.choose", refuse)
    for path in ("submissions/", "submissions/small/s01.py"):
        assert run(capsys, path) == (3, "", "grade: Nothing was run.\nTo mend it: a command\n")
    assert not Path("reports").exists()


def test_a_package_that_is_not_there_is_told_before_any_submission_is_opened(course: Path, capsys, monkeypatch):
    def refuse(*_: object) -> None:
        raise AssertionError("a submission was opened")

    monkeypatch.setattr("grader.batch.read_submission", refuse)
    Path("rubrics/small.yaml").write_text(f"{RUBRIC}packages: [not_there.parts]\n")
    assert run(capsys, "submissions/") == (
        2,
        "",
        "grade: rubrics/small.yaml: packages: not_there.parts can not be imported (ModuleNotFoundError: No module named "
        "'not_there'). Install it where the grader is (pip install not_there), or strike it from the rubric\n",
    )
    assert not Path("reports").exists()


def test_several_homeworks_and_folders_without_a_rubric(course: Path, capsys):
    Path("rubrics/other.yaml").write_text(RUBRIC.replace("homework: small", "homework: other"))
    Path("submissions/other").mkdir()
    Path("submissions/other/s01.py").write_text(GOOD)
    Path("submissions/hw9").mkdir()
    code, out, err = run(capsys, "submissions/")
    assert code == 0
    assert "small: 2 submissions" in out
    assert "other: 1 submission\n" in out
    assert err == "submissions/hw9: left aside, because there is no rubric hw9.yaml\n"
    page = Path("reports/index.html").read_text()
    assert "small/index.html" in page
    assert "other/index.html" in page


def test_files_that_can_not_be_graded_are_named(course: Path, capsys):
    Path("submissions/small/s03.R").write_text("{}")
    _, _, err = run(capsys, "submissions/")
    assert err == "small: left aside, because only .py, .ipynb and .zip files are graded: s03.R\n"


# ---------------------------------------------------------------- what bad input gets: exit 2, one sentence


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "grade: nowhere: there is no such file or folder; name a folder or a download of submissions, or one file (.py, .ipynb or .zip)"),
        (["empty"], "grade: empty: no rubric matches this folder or one in it. Name one with --rubric; there are: "
                    "rubrics/small.yaml."),
        (["empty", "--rubric", "rubrics/small.yaml"],
         "grade: empty: there is no submission in this folder; one is a file <student>.py, .ipynb or .zip, or "
         "a folder <student>/ with such files in it"),
        (["submissions", "--rubric", "rubrics/none.yaml"],
         "grade: rubrics/none.yaml: the rubric can not be read: No such file or directory"),
        (["rubrics/small.yaml"], "grade: rubrics/small.yaml: only .py, .ipynb and .zip files can be graded"),
    ],
)  # fmt: skip
def test_a_wrong_folder(course: Path, capsys, arguments: list[str], message: str):
    Path("empty").mkdir()
    code, out, err = run(capsys, *arguments)
    assert (code, out, err) == (2, "", message + "\n")


def test_a_wrong_rubric_ends_before_any_submission_is_opened(course: Path, capsys, monkeypatch: pytest.MonkeyPatch):
    Path("rubrics/small.yaml").write_text(RUBRIC.replace("function: total", "function: totl"))

    def refuse(*_: object) -> None:
        raise AssertionError("a submission was opened")

    monkeypatch.setattr("grader.batch.read_submission", refuse)
    code, out, err = run(capsys, "submissions/")
    assert (code, out) == (2, "")
    assert err == (
        "grade: rubrics/small.yaml, line 15: criteria[1].function: the reference ../reference/small.py has no quantity "
        "'totl'; did you mean 'total'? It has: double, total\n"
    )
    assert not Path("reports").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["submissions", "--jobs", "0"], "argument --jobs: found '0', expected a whole number from 1 on"),
        (["submissions", "--seed", "-3"], "argument --seed: found '-3', expected a whole number from 0 on"),
        (["submissions", "--seed", "x"], "argument --seed: found 'x', expected a whole number from 0 on"),
        ([], "the following arguments are required: PATH"),
        (["submissions", "--colour"], "unrecognized arguments: --colour"),
    ],
)
def test_wrong_arguments(course: Path, capsys, arguments: list[str], message: str):
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert message in capsys.readouterr().err


# ---------------------------------------------------------------- one file


def test_a_self_check_of_a_right_file(course: Path, capsys, setting: Setting):
    code, out, err = run(capsys, "submissions/small/s01.py")
    assert (code, err) == (0, "")
    assert [line.rstrip() for line in out.splitlines()] == [
        "small  submissions/small/s01.py",
        "✓ double         2 of 2  accepted",
        "    ✓ random shapes (5 of 5)   ✓ repeatable (2 of 2)",
        "✓ total          2 of 2  accepted",
        "    ✓ random shapes (5 of 5)",
        "",
        "4 of 4",
        f"Sandbox: {setting.level}",
    ]
    assert not Path("reports").exists()


def test_a_self_check_of_a_wrong_file_gives_the_reason_and_a_small_example(course: Path, capsys, setting: Setting):
    Path("mine.py").write_text(WRONG)
    code, out, _ = run(capsys, "mine.py")
    assert code == 1
    lines = [line.rstrip() for line in out.splitlines()]
    assert lines[1] == "✗ double         0 of 2  wrong answer"
    assert lines[2] == "    ✗ random shapes (0 of 5)   – repeatable"
    assert lines[3] == "    Something is mixed in that does not belong here: a factor, a power or an absolute value."
    assert lines[4].startswith("    expected ")
    assert lines[5].startswith("    x             (k,) = (2,)  [")
    assert lines[6].startswith("    you returned  (k,) = (2,)  [")
    assert lines[7].startswith("    expected      (k,) = (2,)  [")
    assert lines[-2:] == ["2 of 4", f"Sandbox: {setting.level}"]
    assert not Path("reports").exists()


def test_a_self_check_writes_a_page_where_it_is_told_to(course: Path, capsys):
    code, out, _ = run(capsys, "submissions/small/s02.py", "--out", "mine")
    assert code == 1
    assert "The page is mine/small/s02.html" in out
    assert Path("mine/small/s02.html").is_file()
    assert Path("mine/small/results/s02.json").is_file()


def test_a_file_that_could_be_for_several_homeworks_lists_the_rubrics(course: Path, capsys):
    Path("rubrics/other.yaml").write_text(RUBRIC)
    Path("mine.py").write_text(GOOD)
    code, _, err = run(capsys, "mine.py")
    assert code == 2
    assert err == (
        "grade: mine.py: it is not clear which homework this file is for. Name one with --rubric; there are: "
        "rubrics/other.yaml, rubrics/small.yaml.\n"
    )
    assert run(capsys, "mine.py", "--rubric", "rubrics/small.yaml")[0] == 0


UNREADABLE = [
    (b"def double(x:\n    return x\n", "Python can not read the file: line 1, column 11: '(' was never closed."),
    (b"print 'hello'\n", "Python can not read the file: line 1, column 1: Missing parentheses in call to 'print'. "
                         "Did you mean print(...)? The file looks like Python 2; write print(...) with parentheses."),
    (b"x = '\xe9'\n", "Python can not read the file: it is not UTF-8 (byte 0xe9 in line 1, column 6). Save it as UTF-8."),
    (b"", "mine.py is empty."),
    (b"#" * (10 * 2**20), "mine.py is 10.0 MB large; a file of at most 1 MB can be graded."),
]  # fmt: skip


@pytest.mark.parametrize(("content", "message"), UNREADABLE, ids=["syntax", "python 2", "latin-1", "empty", "large"])
def test_a_file_that_can_not_be_read_has_a_sentence(course: Path, capsys, content: bytes, message: str):
    Path("mine.py").write_bytes(content)
    code, out, _ = run(capsys, "mine.py")
    assert code == 1
    assert message in " ".join(out.split())


@pytest.mark.parametrize("source", [b"\xef\xbb\xbf" + GOOD.encode(), GOOD.replace("\n", "\r\n").encode()])
def test_a_byte_order_mark_and_windows_lines_cost_nothing(course: Path, capsys, source: bytes):
    Path("mine.py").write_bytes(source)
    assert run(capsys, "mine.py")[0] == 0


def test_what_a_student_wrote_is_harmless_in_the_terminal(course: Path, capsys):
    Path("mine.py").write_text(
        "def double(x):\n    raise ValueError('\\x1b]0;title\\x07 \\u202e [bold red]x[/] \\x9b31m')\n", encoding="utf-8"
    )
    _, out, _ = run(capsys, "mine.py")
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "\x9b" not in out
    assert "\\x1b]0;title\\x07 \\u202e [bold red]x[/] \\x9b31m" in out


def test_what_a_student_wrote_is_harmless_in_pages_and_gradebook(course: Path, capsys):
    text = "def double(x):\n    raise ValueError('<script>alert(1)</script>')\n"
    Path("submissions/small/=cmd|'calc'!A0.py").write_text(text)
    run(capsys, "submissions/")
    pages = [path.read_text() for path in Path("reports").rglob("*.html")]
    assert all("<script>alert" not in page for page in pages)
    with Path("reports/small/gradebook.csv").open(newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]
    assert any(cell.startswith("'=cmd") for cell in cells)


# ---------------------------------------------------------------- the rest


def test_schema(course: Path, capsys):
    for what, title in (([], "Rubric"), (["rubric"], "Rubric"), (["overrides"], "Overrides")):
        assert main(["schema", *what]) == 0
        assert json.loads(capsys.readouterr().out)["title"] == title


def test_help_is_a_page_to_read(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    out = capsys.readouterr().out
    for option in (
        "--rubric",
        "--out",
        "--jobs",
        "--seed",
        "--fail-under",
        "--fresh",
        "--sandbox",
        "--accept-partial-sandbox",
        "--unsafe-run-without-sandbox",
        "--quiet",
        "--version",
        "schema",
        "doctor",
    ):
        assert option in out
    assert max(len(line) for line in out.splitlines()) <= 100


def test_version(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"grade {__version__}\n"


def test_python_m_grader_is_grade(course: Path):
    done = subprocess.run([sys.executable, "-m", "grader", "submissions", *flags()], capture_output=True, text=True)
    assert done.returncode == 0
    assert "small: 2 submissions" in done.stdout


def test_an_interrupted_run_says_that_its_results_stand(course: Path, capsys, monkeypatch: pytest.MonkeyPatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("grader.cli.grade_all", interrupt)
    code, _, err = run(capsys, "submissions/")
    assert code == 130
    assert err == "grade: interrupted. The results so far stand; run the same command again for the rest.\n"


# ---------------------------------------------------------------- odd machines, odd references


def test_a_file_name_that_is_no_utf8_is_one_row(course: Path, capsys):
    try:
        Path(os.fsdecode(b"submissions/small/bad\xff.py")).write_text(GOOD)
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    code, out, _ = run(capsys, "submissions/")
    assert code == 0
    assert "bad\\udcff  4 of 4" in out
    assert Path("reports/index.html").is_file()


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_folder_that_can_not_be_written_is_told_before_any_work(course: Path, capsys, place: str):
    Path("file").touch()
    code, out, err = run(capsys, "submissions/", "--out", place)
    assert (code, out) == (2, "")
    assert err == f"grade: {place}: pages can not be written into this folder; name another with --out\n"


def test_a_terminal_that_knows_no_tick_stops_nothing(course: Path):
    command = [sys.executable, "-m", "grader", "submissions", *flags()]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert b"\\u2713" in done.stdout
    assert Path("reports/index.html").is_file()


def test_without_a_terminal_no_line_ends_in_blanks(course: Path, capsys):
    _, out, _ = run(capsys, "submissions/")
    assert [line for line in out.splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("import sys\nsys.exit(0)\n", "the reference can not be executed: SystemExit: 0"),
        ("def double(x): raise SystemExit(3)\ndef total(double): return 1.0\n",
         "the reference fails on the trials of 'double': SystemExit: 3"),
        ("def double(x): return 1j * x\ndef total(double): return abs(double).sum()\n",
         "the reference's 'double' gives ndarray (complex128), not real numbers"),
        ("import itertools\nN = itertools.count(1)\ndef double(x): return 2.0 * x + next(N)\n"
         "def total(double): return double.sum()\n", "the reference's 'double' gives other values when asked again"),
    ],
)  # fmt: skip
def test_a_reference_that_misbehaves_is_the_rubrics_fault(course: Path, capsys, reference: str, message: str):
    Path("reference/small.py").write_text(reference)
    code, out, err = run(capsys, "submissions/")
    assert (code, out) == (2, "")
    assert message in err


def test_what_comes_after_is_never_supplied_under_another_name(course: Path, capsys):
    Path("mine.py").write_text("def double(total):\n    return total\n\n\ndef total(total):\n    return total\n")
    code, out, _ = run(capsys, "mine.py")
    assert code == 1
    assert "It asks for the parameter total, which can not be supplied. It may ask for: x, k." in out
    assert "It asks for the parameter total, which can not be supplied. It may ask for: double, k, x." in out


def test_the_command_imports_without_collecting_garbage_and_collects_it_from_then_on():
    """What it has imported by then is left out for good."""
    look = "import gc, grader.__main__; print(gc.isenabled(), gc.get_freeze_count() > 10_000)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("True True\n", "")
