"""Grading as checks of pytest, and what GitHub Actions shows: in processes of their own, as they run elsewhere."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from string import Template

import pytest
import yaml
from conftest import GOOD, ROOT, RUBRIC, WRONG, best, flags

from grader.ci import items, plugin
from grader.ci.actions import annotation, annotations_of, summary
from grader.cli import COMMANDS, main
from grader.grade import judge_error
from grader.homework import read_homework
from grader.models import Result, Submission
from grader.sandbox import Choice

PLUGIN = ("-p", "grader.ci.plugin", "-p", "no:cacheprovider")


def run_pytest(*arguments: str, **environment: str) -> tuple[int, str]:
    """pytest in a process of its own, in the current folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "PYTEST_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *PLUGIN, *arguments],
        env={**kept, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def run_here(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """pytest in this very process, which has loaded everything and knows the sandbox."""
    for name in [name for name in os.environ if name.startswith(("GITHUB_", "PYTEST_ADDOPTS"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setattr(items, "choose", lambda *_, **__: Choice(best(), ()))

    def here(*arguments: str) -> tuple[int, str]:
        code = pytest.main(["-p", "no:cacheprovider", "-W", "ignore", *arguments], plugins=[plugin])
        captured = capsys.readouterr()
        return int(code), captured.out + captured.err

    return here


@pytest.fixture
def repository(course: Path) -> Path:
    """A student's repository: the rubric, a file, and tests of their own."""
    Path("pytest.ini").write_text("[pytest]\n")
    Path("hw.py").write_text(f"print('imported by pytest')\n{WRONG}")
    Path("test_own.py").write_text("def test_own():\n    pass\n")
    return course


def test_one_item_a_check_and_the_reason_of_those_that_fail(repository: Path, run_here):
    code, out = run_here("--grade-rubric", "rubrics/small.yaml", "hw.py", "test_own.py", "-v", "-rs")
    assert code == 1
    found = re.findall(r"^(\S+::.*?) (PASSED|FAILED|SKIPPED)", out, re.MULTILINE)
    assert found == [
        ("hw.py::double: random shapes", "FAILED"),
        ("hw.py::double: repeatable", "SKIPPED"),
        ("hw.py::total: random shapes", "PASSED"),
        ("test_own.py::test_own", "PASSED"),
    ]
    assert "✗ double         0 of 2  wrong answer" in out
    assert "Something is mixed in" in out
    assert "you returned" in out
    assert "Not judged, because the function is not yet right on ordinary inputs." in out
    assert re.search(r"^small, hw.py: 2 of 4\. Sandbox: \w+$", out, re.MULTILINE)
    assert "imported by pytest" not in out
    assert "::error" not in out


def test_all_right_and_chosen_items(repository: Path, run_here):
    Path("hw.py").write_text(GOOD)
    code, out = run_here("--grade-rubric", "rubrics/small.yaml", "hw.py", "-k", "double")
    assert code == 0
    assert "2 passed, 1 deselected" in out
    assert "small, hw.py: 4 of 4." in out


def test_without_the_option_nothing_of_the_grader_is_loaded(repository: Path):
    Path("test_own.py").write_text(
        "import sys\n\n\ndef test_own():\n"
        "    loaded = [name for name in sys.modules if name.startswith('grader.')]\n"
        "    assert sorted(loaded) == ['grader.ci', 'grader.ci.plugin']\n"
        "    assert 'numpy' not in sys.modules\n"
    )
    code, out = run_pytest("test_own.py")
    assert (code, "1 passed" in out) == (0, True), out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("rubrics/missing.yaml", "hw.py"),
            "ERROR: rubrics/missing.yaml: the rubric can not be read: No such file or directory",
        ),
        (
            ("rubrics/small.yaml", "test_own.py"),
            "ERROR: --grade-rubric is given, but no file to grade: name a file that is no test, as in pytest "
            "--grade-rubric rubrics/hw3.yaml hw3.py",
        ),
    ],
)
def test_what_is_wrong_with_the_command_is_said(repository: Path, run_here, arguments: tuple[str, ...], message: str):
    code, out = run_here("--grade-rubric", *arguments)
    assert code == 4
    assert message in out.splitlines()


def test_a_notebook_is_graded_too_and_its_lines_are_not_those_of_the_file(
    repository: Path, run_here, capsys, monkeypatch
):
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": text}
        for text in ("1 / 0", WRONG)
    ]
    notebook = {"nbformat": 4, "nbformat_minor": 4, "metadata": {"language_info": {"name": "python"}}, "cells": cells}
    Path("hw.ipynb").write_text(json.dumps(notebook))
    code, out = run_here("--grade-rubric", "rubrics/small.yaml", "hw.ipynb", "-v")
    assert code == 1
    assert "hw.ipynb::double: random shapes FAILED" in out
    assert "small, hw.ipynb: 2 of 4." in out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    main(["hw.ipynb", *flags()])
    (said,) = heard(capsys.readouterr().out)
    assert said.startswith("::error file=hw.ipynb,title=double%3A 0 of 2::Something is mixed in")


def test_what_is_only_collected_is_not_graded(repository: Path, run_here):
    code, out = run_here("--grade-rubric", "rubrics/small.yaml", "hw.py", "--collect-only", "-q")
    assert code == 0
    assert out.splitlines()[:3] == [
        "hw.py::double: random shapes",
        "hw.py::double: repeatable",
        "hw.py::total: random shapes",
    ]
    assert "Sandbox" not in out


def test_hidden_checks_are_one_item_without_a_word(repository: Path, run_here):
    Path("rubrics/small.yaml").write_text(RUBRIC + "visibility: {random shapes: hidden}\n")
    code, out = run_here("--grade-rubric", "rubrics/small.yaml", "hw.py", "-v")
    assert code == 1
    assert "hw.py::double: hidden checks FAILED" in out
    assert "A hidden check fails." in out
    assert "random shapes" not in out
    assert "Something is mixed in" not in out


def test_a_file_that_can_not_be_read_fails_everywhere(repository: Path, run_here):
    Path("hw.py").write_text("def double(x:\n")
    code, out = run_here("--grade-rubric", "rubrics/small.yaml", "hw.py")
    assert (code, "3 failed" in out) == (1, True), out
    assert "Python can not read the file: line 1" in out


def test_under_github_actions_lines_are_annotated_and_the_job_gets_a_summary(repository: Path):
    environment = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(repository / "summary.md")}
    code, out = run_pytest("--grade-rubric", "rubrics/small.yaml", "hw.py", **environment)
    assert code == 1
    (line,) = heard(out)
    assert line.startswith("::error file=hw.py,line=2,title=double%3A 0 of 2::Something is mixed in")
    text = Path("summary.md").read_text()
    assert text.startswith(
        "### A small homework: 2 of 4\n\nhw.py\n\n| | function | points | reason |\n|---|---|---|---|\n| ✗ | double | 0 of 2 | Som"
    )
    assert "| ✓ | total | 2 of 2 |  |\n" in text


def test_workers_of_xdist_say_everything_once(repository: Path):
    Path("right.py").write_text(GOOD)
    environment = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(repository / "summary.md")}
    workers = ("-p", "xdist.plugin", "-n", "2", "--grade-rubric", "rubrics/small.yaml")
    code, out = run_pytest(*workers, "right.py", "hw.py", "test_own.py", **environment)
    assert (code, "1 failed, 5 passed, 1 skipped" in out) == (1, True), out
    said = [line for line in out.splitlines() if line.startswith("small, ") or line in heard(out)]
    assert [line[:60] for line in said] == [
        f"small, hw.py: 2 of 4. Sandbox: {best().level}"[:60],
        "::error file=hw.py,line=2,title=double%3A 0 of 2::Something is mixed in"[:60],
        f"small, right.py: 4 of 4. Sandbox: {best().level}"[:60],
    ]
    text = Path("summary.md").read_text()
    assert [line for line in text.splitlines() if line.startswith("### ")] == [
        "### A small homework: 2 of 4",
        "### A small homework: 4 of 4",
    ]
    code, out = run_pytest(*workers, "test_own.py")
    assert code == 4
    assert "ERROR: --grade-rubric is given, but no file to grade: name a file that is no test" in out
    assert "INTERNALERROR" not in out


def test_the_command_annotates_too(repository: Path, capsys, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    assert main(["hw.py", *flags()]) == 1
    (line,) = heard(capsys.readouterr().out)
    assert line.startswith("::error file=hw.py,line=2,title=double%3A 0 of 2::Something is mixed in")
    assert Path("summary.md").read_text().count("### ") == 1


SHOUTING = """
class Shout(Exception):
    pass

Shout.__name__ = "::error title=x"

def double(x):
    raise Shout("##[error]y ##[add-mask]e " + "so long that it is wrapped " * 9 + "::add-mask::x " * 9)

def total(double):
    return double.sum()
"""


def heard(out: str) -> list[str]:
    """What the runner takes for commands, which it looks for in every line."""
    word, found = "", []
    for line in out.splitlines():
        text = line.strip()
        if word:
            word = "" if text == f"::{word}::" else word
        elif text.startswith("::stop-commands::"):
            word = text.removeprefix("::stop-commands::")
        elif text.startswith("::") or "##[" in text:
            found.append(text)
    assert word == ""
    return found


def test_whatever_is_printed_the_runner_hears_us_alone(repository: Path, capsys, monkeypatch: pytest.MonkeyPatch):
    Path("hw.py").write_text(SHOUTING)
    Path("small").mkdir()
    Path("small/s01.py").write_text(SHOUTING)
    for given in ("hw.py", "small"):
        main([given, *flags()])
        assert len(heard(capsys.readouterr().out)) > 0  # this is how it would go
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    main(["hw.py", *flags()])
    (line,) = heard(capsys.readouterr().out)
    assert line.startswith("::error file=hw.py,line=8,title=double%3A 0 of 2::")
    main(["small", *flags()])
    assert heard(capsys.readouterr().out) == []
    main(["schema"])
    json.loads(capsys.readouterr().out)
    _, out = run_pytest("--grade-rubric", "rubrics/small.yaml", "hw.py", GITHUB_ACTIONS="true")
    (line,) = heard(out)
    assert line.startswith("::error file=hw.py,line=8,title=double%3A 0 of 2::")


def test_words_of_a_student_command_nobody(repository: Path):
    assert annotation("error", "a:b,c", "50 %\n::warning::x", "d,e.py", 3) == (
        "::error file=d%2Ce.py,line=3,title=a%3Ab%2Cc::50 %25%0A::warning::x"
    )
    homework = read_homework(Path("rubrics/small.yaml"), 0)
    evil = "![x](http://x.invalid) <img> | a\n::stop-commands::y"
    failed: Result = judge_error(homework, Submission("s01", b""), "full", evil)
    (line,) = annotations_of(failed, "hw.py")
    assert "\n" not in line
    text = summary(failed, "a|b`.py")
    assert not re.search(r"[<>|`\[\]]", text)
    assert "### A small homework: unknown" in text


def test_the_plugin_is_an_entry_point():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["entry-points"]["pytest11"] == {"grader.ci.plugin": "grader.ci.plugin"}


# ---------------------------------------------------------------- the workflows and the pages about all this

WORKFLOWS = sorted((ROOT / "docs" / "workflows").glob("*.yml"))
PAGES = {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("ci", "export")}


def steps(path: Path) -> tuple[dict[str, str], list[str]]:
    """The variables of a workflow, and the commands of its steps."""
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(workflow) <= {"name", True, "permissions", "env", "jobs"}  # YAML reads `on` as true
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    assert job["runs-on"] == "ubuntu-latest"
    assert job["timeout-minutes"] <= 30
    for step in job["steps"]:
        assert set(step) <= {"name", "uses", "with", "run", "if"}
        assert ("uses" in step) != ("run" in step)
        assert re.fullmatch(
            r"actions/(checkout|setup-python|upload-artifact)@v\d+", step.get("uses", "actions/checkout@v4")
        )
    return workflow["env"], [step["run"] for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_the_commands_of_a_workflow_run(path: Path, repository: Path, run_here, capsys):
    """Each `grade` and `pytest` of it, as a shell reads it, in a repository as the page says; the rest is parsed."""
    variables, commands = steps(path)
    names = {**variables, "RUBRIC": "rubrics/small.yaml", "FILE": "hw.py"}
    assert any(re.match("grade|pytest", command) for command in commands)
    for command in commands:
        subprocess.run(["bash", "-n", "-c", command], check=True)
        words = [Template(word).substitute(names) for word in shlex.split(command)]
        if words[0] == "pytest":
            assert run_here(*words[1:])[0] == 1
            assert Path("tests.xml").is_file()
        elif words[0] == "grade" and words[1] != "doctor":
            assert main([*words[1:], *(flags() if words[1] != "audit" else [])]) in (0, 1), command
    if path.stem == "course":
        assert Path("reports/small/audit.html").is_file()
        assert Path("reports/small/index.html").is_file()


def test_every_workflow_is_on_the_page():
    assert sorted(re.findall(r"\(workflows/(\S+)\)", PAGES["ci"])) == [path.name for path in WORKFLOWS]


@pytest.mark.parametrize("command", ["export", "kit", "bundle gradescope"])
def test_every_option_is_documented(command: str, capsys):
    with pytest.raises(SystemExit):
        main([*command.split(), "--help"])
    options = set(re.findall(r"^  (--[a-z-]+)", capsys.readouterr().out, re.MULTILINE))
    assert len(options) > 2
    assert {option for option in options if f"`{option}" not in PAGES["export"]} == set()


def test_the_options_of_pytest_are_documented():
    source = (ROOT / "grader" / "ci" / "plugin.py").read_text(encoding="utf-8")
    options = set(re.findall(r'"(--grade-[a-z]+)"', source))
    assert options == set(re.findall(r"^\| `(--grade-[a-z]+)", PAGES["ci"], re.MULTILINE))


def test_the_manual_names_every_command(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    for name in COMMANDS:
        assert f"  grade {name} " in out
