"""The autograder for Gradescope, run in a folder laid out like theirs, from its zip file alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import GOOD, ROOT, WRONG, best, flags

from grader.cli import main
from grader.errors import SandboxError
from grader.sandbox import Level


def command(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["bundle", *arguments])
    captured = capsys.readouterr()
    return code, captured.out.strip(), captured.err.strip()


@pytest.fixture
def autograder(course: Path, capsys) -> Path:
    """What Gradescope makes of the zip file, and one submission."""
    more = ["--accept-partial-sandbox"] if best().level is Level.PARTIAL else []
    assert command(capsys, "gradescope", "rubrics/small.yaml", *more) == (0, "Written: small-gradescope.zip", "")
    root = course / "autograder"
    with zipfile.ZipFile("small-gradescope.zip") as archive:
        archive.extractall(root / "source")
        modes = {entry.filename: entry.external_attr >> 16 for entry in archive.infolist()}
    assert (modes["run_autograder"], modes["setup.sh"], modes["requirements.txt"]) == (0o755, 0o755, 0o644)
    (root / "run_autograder").write_bytes((root / "source" / "run_autograder").read_bytes())
    (root / "run_autograder").chmod(0o755)
    (root / "submission").mkdir()
    (root / "results").mkdir()
    (root / "submission" / "hw3.py").write_text(WRONG)
    metadata = {
        "id": 1,
        "created_at": "2026-06-01T14:22:32-07:00",
        "users": [{"email": "s02@example.org", "name": "S"}],
    }
    (root / "submission_metadata.json").write_text(json.dumps(metadata))
    return root


def grade_there(root: Path) -> tuple[int, str]:
    """Run the script as Gradescope does; the grader is the one in the zip file."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/", "AUTOGRADER_ROOT": str(root), "PYTHON": sys.executable}
    done = subprocess.run(
        [root / "run_autograder"], env=environment, cwd="/", capture_output=True, text=True, timeout=100
    )
    return done.returncode, done.stdout + done.stderr


def test_a_submission_is_graded_there_by_the_grader_in_the_zip_file(autograder: Path):
    said = "What this very copy says."
    sentences = autograder / "source" / "grader" / "export" / "feedback.py"
    sentences.write_text(sentences.read_text().replace('_("{score} points")', f'_("{{score}} points. {said}")'))
    code, out = grade_there(autograder)
    assert (code, out) == (0, "s02@example.org: 2 of 4\n")
    results = json.loads((autograder / "results" / "results.json").read_text())
    assert results["score"] == 2.0
    assert said in results["output"]
    assert [(test["name"], test["score"], test["visibility"]) for test in results["tests"]] == [
        ("double: random shapes", 0.0, "visible"),
        ("double: repeatable", 0.0, "visible"),
        ("total: random shapes", 2.0, "visible"),
    ]


def test_what_is_in_the_zip_file(autograder: Path, capsys):
    source = autograder / "source"
    names = {str(path.relative_to(source)) for path in source.rglob("*") if path.is_file()}
    assert {name for name in names if not name.startswith("grader/")} == {
        "setup.sh",
        "run_autograder",
        "requirements.txt",
        "homework/rubrics/small.yaml",
        "homework/reference/small.py",
    }
    assert {"grader/cli/__init__.py", "grader/report/templates/student.html", "grader/sandbox/inside/child.py"} <= names
    assert not any("__pycache__" in name for name in names)
    requirements = (source / "requirements.txt").read_text()
    assert "numpy<3,>=1.26" in requirements.replace(" ", "")
    assert "jupytext<2,>=1.15" in requirements.replace(" ", "")  # students hand in notebooks there too
    assert "pytest" not in requirements
    assert " tzdata\n" in (source / "setup.sh").read_text()  # where there is none, no due date can be read
    for script in ("setup.sh", "run_autograder"):
        subprocess.run(["bash", "-n", source / script], check=True)
    before = Path("small-gradescope.zip").read_bytes()
    assert command(capsys, "gradescope", "rubrics/small.yaml")[2] == (
        "grade: small-gradescope.zip: this exists already; name another file with --out, or overwrite it with --force"
    )
    more = ["--accept-partial-sandbox"] if best().level is Level.PARTIAL else []
    command(capsys, "gradescope", "rubrics/small.yaml", "--force", *more)
    assert Path("small-gradescope.zip").read_bytes() == before


def here(capsys: pytest.CaptureFixture[str], root: Path) -> tuple[int, str, str]:
    rubric = root / "source" / "homework" / "rubrics" / "small.yaml"
    return command(capsys, "run", "--root", str(root), "--rubric", str(rubric), *flags())


def test_what_students_hand_in_there(autograder: Path, capsys):
    results, folder = autograder / "results" / "results.json", autograder / "submission"
    (folder / "hw3.py").write_text(GOOD)
    (autograder / "submission_metadata.json").write_text("nonsense")
    assert here(capsys, autograder) == (0, "submission: 4 of 4", "")
    (folder / "more.py").write_text("helper = 1\n")
    assert here(capsys, autograder) == (0, "submission: 4 of 4", "")
    (folder / "hw3.py").write_text("another = 2\n")
    assert here(capsys, autograder)[0] == 0
    content = json.loads(results.read_text())
    assert content["score"] == 0
    assert (
        "None of the 2 Python files in submission defines a function of the homework (hw3.py, more.py)."
        in content["output"]
    )
    for name in ("hw3.py", "more.py"):
        (folder / name).write_text(f"# {name}\n{GOOD}")
    code, out, _ = here(capsys, autograder)
    assert (code, results.exists()) == (3, False)
    assert out.startswith("This could not be graded, through no fault of the submission: Several files in submission ")


def test_where_nothing_can_be_judged_there_are_no_results(autograder: Path, capsys, monkeypatch: pytest.MonkeyPatch):
    results = autograder / "results" / "results.json"
    results.write_text("of another run")

    def broken(*_: object, **__: object) -> None:
        raise SandboxError("no room")

    monkeypatch.setattr("grader.cli.bundle.run", broken)
    assert here(capsys, autograder) == (
        3,
        "This could not be graded, through no fault of the submission: no room",
        "",
    )
    assert not results.exists()
    assert command(capsys, "run", "--root", "nowhere", "--rubric", "rubrics/small.yaml")[2] == (
        "grade: nowhere/submission: there is no such folder; --root names the one that holds submission/"
    )


POLICY = "due: 2026-06-01T23:00:00\ntimezone: Europe/Zurich\nlate: {points: 1, refuse_after_days: 2}\n"
THERE = "2026-06-01T14:22:32-07:00"  # 23:22:32 in Zurich


@pytest.mark.parametrize(
    ("policy", "created", "due", "own", "score", "said"),
    [
        (POLICY, THERE, None, None, 1.0, [
            "1 of 4 points",
            "This work was due on 2026-06-01 23:00:00 (Europe/Zurich). It was handed in on 2026-06-01 23:22:32, 1 day "
            "late. Points off for lateness: 1. Before: 2 of 4. After: 1.",
        ]),
        (POLICY, "2026-06-05T14:22:32-07:00", None, None, 0.0, [
            "0 of 4 points",
            "This work was due on 2026-06-01 23:00:00 (Europe/Zurich). It was handed in on 2026-06-05 23:22:32, 5 days "
            "late. That is too late to be given points. Before: 2 of 4. After: 0.",
        ]),
        (POLICY, "2026-06-01T13:00:00-07:00", None, None, 2.0, ["2 of 4 points"]),
        # The due date of the rubric goes before that of the assignment there, which is the same for all;
        (POLICY, THERE, "2026-06-02T23:00:00+02:00", "2026-06-02T23:00:00+02:00", 1.0, [
            "1 of 4 points",
            "This work was due on 2026-06-01 23:00:00 (Europe/Zurich). It was handed in on 2026-06-01 23:22:32, 1 day "
            "late. Points off for lateness: 1. Before: 2 of 4. After: 1.",
        ]),
        # a later one for this student is an extension.
        (POLICY, THERE, "2026-06-01T23:00:00+02:00", "2026-06-02T23:00:00+02:00", 2.0, [
            "2 of 4 points",
            "This work was due on 2026-06-02 23:00:00 (Europe/Zurich), the extension included.",
        ]),
        (POLICY, None, None, None, 2.0, [
            "2 of 4 points",
            "It is not known when this was handed in. Nothing is taken off for lateness.",
        ]),
        ("", THERE, "2026-06-01T14:00:00-07:00", None, 2.0, [
            "2 of 4 points",
            "This work was due on 2026-06-01 21:00:00 (UTC). It was handed in on 2026-06-01 21:22:32, 1 day late. That "
            "costs nothing.",
        ]),
        ("", THERE, None, None, 2.0, ["2 of 4 points"]),
    ],
)  # fmt: skip
def test_lateness_there(autograder: Path, capsys, policy, created, due, own, score, said):
    rubric = autograder / "source" / "homework" / "rubrics" / "small.yaml"
    rubric.write_text(rubric.read_text() + policy)
    user = {"email": "s02@example.org", "id": 7, **({"assignment": {"due_date": own}} if own else {})}
    metadata = {"created_at": created, "assignment": {"due_date": due, "late_due_date": None}, "users": [user]}
    (autograder / "submission_metadata.json").write_text(json.dumps(metadata))
    assert here(capsys, autograder) == (0, f"s02@example.org: {score:g} of 4", "")
    content = json.loads((autograder / "results" / "results.json").read_text())
    assert content["score"] == score
    assert [line for line in content["output"].splitlines() if not line.startswith("double, ")] == said


@pytest.mark.parametrize("name", ["matrix-backprop"])
def test_the_shipped_homeworks_need_nothing_that_is_not_in_the_zip_file(name: str, tmp_path: Path, capsys):
    path = tmp_path / "x.zip"
    command(capsys, "gradescope", str(ROOT / "rubrics" / f"{name}.yaml"), "--out", str(path))
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "source")
    (rubric,) = (tmp_path / "source" / "homework" / "rubrics").iterdir()
    code = f"from pathlib import Path; from grader.homework import read_homework; h = read_homework(Path({str(rubric)!r}), 0); print(len(h.misconceptions) > 5)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "source")},
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == ("True\n", "")
