"""How fast is the same class graded by other tools?

    python benchmarks/others.py [--tools grade,fork,pytest] [--submissions 320] [--rounds 3] [--thirty]

One homework (rubrics/hw3-gradients.yaml), the same trials with the same expected numbers, the same submissions, half of
them wrong, the same machine and one run. Every tool judges eight functions, each in one test that calls the function on
all its trials and compares with `np.allclose` (benchmarks/others/trials.py); ours draws the trials itself, and writes
its results and pages. The other tools are installed into virtual environments under --cache when first used, of the
Python that runs this.

A round takes every tool in turn: first one process of it, then two side by side, each on half of the submissions
(ours: --jobs 1, then --jobs 2). The figures are medians over the rounds, of wall time per submission. What a tool needs
once for a homework (a release version, an archive of tests) and the folders that a submission is put into are not
timed, and neither are containers: every other tool runs here without one.

Times are of this machine at this moment: compare figures of one run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from throughput import ROOT, RUBRIC, make_class, thirty_trials

from grader import __version__
from grader.homework import Homework, read_homework
from grader.models import HandIn

HELPERS = Path(__file__).parent / "others"
PRAIRIELEARN = "https://github.com/PrairieLearn/PrairieLearn.git"
NUMPY = f"numpy=={np.__version__}"
TIMEOUT = 900
"""seconds that one command of a tool may take"""

Passed = Mapping[str, set[str]]
"""student -> the functions that passed"""


class ToolError(Exception):
    """A tool can not be had, or did not do its work: it is left out of the table, with this reason."""


FAILURES = (ToolError, OSError, KeyError, IndexError, ValueError, ElementTree.ParseError)
"""what a tool that fails, or whose results are not as they should be, comes to"""


@dataclass(frozen=True)
class Setting:
    """What all tools of a run share."""

    cache: Path
    work: Path
    functions: Mapping[str, float]
    """function -> points"""
    rubric: Path
    prairielearn: str

    @property
    def materials(self) -> Path:
        """The folder with trials.py and the numbers, on the path of every tool's Python."""
        return self.work / "materials"


@dataclass
class Tally:
    """What was measured of one tool."""

    serial: list[float] = field(default_factory=list)
    """milliseconds per submission, one a round"""
    double: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    """for each time that a right submission was graded: did it get full marks?"""
    wrong: list[bool] = field(default_factory=list)
    """for each time that a wrong submission was graded: did it get less?"""


class Tool(ABC):
    """A way to grade a class."""

    name: ClassVar[str]
    what: ClassVar[str]
    share: ClassVar[int] = 1
    """it gets the class's submissions divided by this, each round"""
    requirements: ClassVar[tuple[str, ...]] = ()
    """what its environment holds; without any it runs in ours"""
    splits: ClassVar[bool] = True
    """whether two workers are two commands, each on half of the submissions"""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    @property
    def environment(self) -> Path:
        """Its virtual environment."""
        return self.setting.cache / self.name

    @property
    def python(self) -> str:
        """The interpreter that it runs in."""
        return str(self.environment / "bin" / "python") if self.requirements else sys.executable

    @property
    def home(self) -> Path:
        """A folder of its own: for what it needs once for the homework."""
        return self.setting.work / self.name

    def install(self) -> None:
        """Make its virtual environment, unless it is there already."""
        if not self.requirements:
            return
        stamp = self.environment / "requirements.txt"
        wanted = "".join(f"{line}\n" for line in (*self.requirements, f"# {sys.base_prefix} {sys.version}"))
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
            return
        shutil.rmtree(self.environment, ignore_errors=True)
        print(f"installing {self.name} ...", file=sys.stderr)
        call([sys.executable, "-m", "venv", str(self.environment)], self.setting.work, dict(os.environ))
        pip = [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *self.requirements]
        call(pip, self.setting.work, dict(os.environ))
        stamp.write_text(wanted, encoding="utf-8")

    def version(self) -> str:
        """The version measured, of the first package it needs."""
        package = self.requirements[0].partition(">")[0]
        code = f"from importlib.metadata import version; print(version({package!r}))"
        return self.run([self.python, "-c", code], self.setting.work).strip()

    def ready(self) -> None:
        """Write what it needs once for the homework."""
        self.home.mkdir()

    @abstractmethod
    def prepare(self, hand_ins: Sequence[HandIn], folder: Path) -> None:
        """Put submissions where it looks for them. Not timed."""

    @abstractmethod
    def grade(self, folder: Path, jobs: int) -> None:
        """Grade what lies in the folder: what is timed."""

    @abstractmethod
    def passed(self, folder: Path) -> Passed:
        """What it found out. Not timed."""

    def variables(self) -> dict[str, str]:
        """The environment variables of its commands: nothing of the user's own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "XDG", "JUPYTER"))}
        path = os.pathsep.join([str(Path(self.python).parent), os.environ.get("PATH", "")])
        home = self.setting.work / "home"
        return {**kept, "PATH": path, "HOME": str(home), "PYTHONPATH": str(self.setting.materials)}

    def run(self, command: Sequence[str], folder: Path, fine: Sequence[int] = (0,)) -> str:
        """Run one of its commands and return what it printed."""
        return call(command, folder, self.variables(), fine)


def call(command: Sequence[str], folder: Path, variables: Mapping[str, str], fine: Sequence[int] = (0,)) -> str:
    """Run a command; an exit code that is not fine is a ToolError with the last that it said."""
    try:
        done = subprocess.run(
            command, cwd=folder, env=variables, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ToolError(f"{Path(command[0]).name}: {error}") from error
    if done.returncode not in fine:
        said = (done.stderr.decode(errors="replace").strip() or done.stdout.decode(errors="replace").strip()).split(
            "\n"
        )
        raise ToolError(f"{' '.join(command[:4])} ended with {done.returncode}: {' / '.join(said[-2:])[-400:]}")
    return done.stdout.decode(errors="replace")


class OneByOne(Tool):
    """A tool that is started once for each submission, in a folder that holds `submission.py`."""

    fine: ClassVar[tuple[int, ...]] = (0,)
    """the exit codes of a submission that was graded"""

    @abstractmethod
    def command(self) -> list[str]:
        """What is started in each folder."""

    @abstractmethod
    def read(self, folder: Path) -> set[str]:
        """The functions that passed, from the results in a submission's folder."""

    def place(self, hand_in: HandIn, folder: Path) -> None:
        """Fill the folder of one submission."""
        shutil.copy(hand_in.path, folder / "submission.py")

    def prepare(self, hand_ins: Sequence[HandIn], folder: Path) -> None:
        for hand_in in hand_ins:
            (folder / hand_in.student).mkdir()
            self.place(hand_in, folder / hand_in.student)

    def grade(self, folder: Path, jobs: int) -> None:
        command = self.command()
        for student in sorted(folder.iterdir()):
            self.run(command, student, self.fine)

    def passed(self, folder: Path) -> Passed:
        return {student.name: self.read(student) for student in folder.iterdir()}


class Ours(Tool):
    """This project's whole command: drawing, sandbox, judging, results and pages."""

    name = "grade"
    what = "the whole command, with results and pages"
    splits = False

    def version(self) -> str:
        return __version__

    def install(self) -> None:
        """Compile it, as pip does with the others; from then on every command finds that, as users' second one does."""
        call([self.python, "-m", "compileall", "-q", "grader"], ROOT, dict(os.environ))

    def prepare(self, hand_ins: Sequence[HandIn], folder: Path) -> None:
        (folder / "submissions").mkdir()
        for hand_in in hand_ins:
            shutil.copy(hand_in.path, folder / "submissions")

    def grade(self, folder: Path, jobs: int) -> None:
        command = [self.python, "-m", "grader", "submissions", "--rubric", str(self.setting.rubric)]
        call([*command, "--out", "reports", "--quiet", "--jobs", str(jobs)], folder, os.environ)

    def passed(self, folder: Path) -> Passed:
        found = {}
        for path in (folder / "reports").glob("*/results/*.json"):
            criteria = json.loads(path.read_text(encoding="utf-8"))["criteria"]
            found[path.stem] = {c["function"] for c in criteria if c["verdict"] == "accepted"}
        return found


class Fork(Tool):
    """The floor: a warm process that forks for each submission, with no lock, no limit and no page."""

    name = "fork"
    what = "bare os.fork per submission, np.allclose, unsafe"

    def version(self) -> str:
        return f"numpy {np.__version__}"

    def prepare(self, hand_ins: Sequence[HandIn], folder: Path) -> None:
        for hand_in in hand_ins:
            shutil.copy(hand_in.path, folder)

    def grade(self, folder: Path, jobs: int) -> None:
        files = [path.name for path in sorted(folder.glob("*.py"))]
        self.run([self.python, str(self.setting.materials / "forks.py"), "results.json", *files], folder)

    def passed(self, folder: Path) -> Passed:
        results = json.loads((folder / "results.json").read_text())
        return {student: set(names) for student, names in results.items()}


class Alone(OneByOne):
    """A new Python process for each submission: import numpy, load, compare."""

    name = "python"
    what = "bare Python process per submission, np.allclose, unsafe"
    share = 8

    def version(self) -> str:
        return f"numpy {np.__version__}"

    def command(self) -> list[str]:
        return [self.python, str(self.setting.materials / "alone.py"), "results.json", "submission.py"]

    def read(self, folder: Path) -> set[str]:
        return set(json.loads((folder / "results.json").read_text()))


class Pytest(OneByOne):
    """One pytest process for each submission, a test for each function."""

    name = "pytest"
    what = "one process per submission"
    share = 8
    requirements = ("pytest>=8.4,<10", NUMPY)
    fine = (0, 1, 2)

    def place(self, hand_in: HandIn, folder: Path) -> None:
        super().place(hand_in, folder)
        (folder / "test_homework.py").write_text(
            "import pytest\n"
            "import submission\n"
            "from trials import check\n\n\n"
            f"@pytest.mark.parametrize('name', {list(self.setting.functions)})\n"
            "def test_function(name):\n"
            "    check(name, getattr(submission, name))\n"
        )

    def command(self) -> list[str]:
        return [self.python, "-m", "pytest", "-q", "--junitxml=results.xml", "-p", "no:cacheprovider"]

    def read(self, folder: Path) -> set[str]:
        cases = ElementTree.parse(folder / "results.xml").getroot().iter("testcase")
        return {case.get("name", "").partition("[")[2].rstrip("]") for case in cases if not len(case)}


class Gradescope(OneByOne):
    """The unittest runner that an autograder for Gradescope starts in its container; here without the container."""

    name = "gradescope-utils"
    what = "one process per submission, no container"
    share = 8
    requirements = ("gradescope-utils>=0.5,<0.6", NUMPY)

    def place(self, hand_in: HandIn, folder: Path) -> None:
        super().place(hand_in, folder)
        tests = folder / "tests"
        tests.mkdir()
        lines = [
            "import unittest",
            "import submission",
            "from gradescope_utils.autograder_utils.decorators import number, weight",
            "from trials import check",
            "",
            "class TestHomework(unittest.TestCase):",
        ]
        for place, (name, points) in enumerate(self.setting.functions.items(), start=1):
            lines += [
                f"    @weight({points})",
                f"    @number({str(place)!r})",
                f"    def test_{name}(self):",
                f'        """{name}"""',
                f"        check({name!r}, submission.{name})",
                "",
            ]
        (tests / "test_homework.py").write_text("\n".join(lines))
        (folder / "run_tests.py").write_text(
            "import unittest\n"
            "from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner\n\n"
            "suite = unittest.defaultTestLoader.discover('tests')\n"
            "with open('results.json', 'w') as file:\n"
            "    JSONTestRunner(visibility='visible', stream=file).run(suite)\n"
        )

    def command(self) -> list[str]:
        return [self.python, "run_tests.py"]

    def read(self, folder: Path) -> set[str]:
        tests = json.loads((folder / "results.json").read_text())["tests"]
        return {test["name"] for test in tests if test["status"] == "passed"}


class Check50(OneByOne):
    """check50 with checks from a folder (--dev); it runs its checks in forks, here one at a time in each process."""

    name = "check50"
    what = "one process per submission, checks from a folder"
    share = 20
    requirements = ("check50>=3.5,<4", NUMPY)
    fine = (0, 1)

    def ready(self) -> None:
        super().ready()
        (self.home / ".cs50.yaml").write_text("check50:\n  checks: __init__.py\n")
        lines = [
            "import check50",
            "import check50.py",
            "from trials import fault",
            "",
            "@check50.check()",
            "def exists():",
            '    """submission.py exists"""',
            "    check50.exists('submission.py')",
            "",
        ]
        for name in self.setting.functions:
            lines += [
                "@check50.check(exists)",
                f"def {name}():",
                f'    """{name}"""',
                "    module = check50.py.import_('submission.py')",
                f"    reason = fault({name!r}, module.{name})",
                "    if reason:",
                "        raise check50.Failure(reason)",
                "",
            ]
        (self.home / "__init__.py").write_text("\n".join(lines))

    def command(self) -> list[str]:
        command = [str(self.environment / "bin" / "check50"), "--dev", "--log-level", "warning"]
        return [*command, "--output", "json", "--output-file", "results.json", "--", str(self.home)]

    def variables(self) -> dict[str, str]:
        return {**super().variables(), "CHECK50_WORKERS": "1"}

    def read(self, folder: Path) -> set[str]:
        results = json.loads((folder / "results.json").read_text())
        if "results" not in results:
            raise ToolError(f"check50: {str(results)[:300]}")
        return {result["name"] for result in results["results"] if result["passed"]} - {"exists"}


class PrairieLearn(OneByOne):
    """PrairieLearn's Python autograder: what its container starts, in a folder laid out as its run.sh does it."""

    name = "prairielearn"
    what = "its Python autograder, one process per submission, no container"
    share = 20
    requirements = (
        "faker>=37,<41",
        "ipython>=9,<10",
        "matplotlib>=3.10,<4",
        "nbformat>=5.10,<6",
        "pandas>=2.3,<3",
        "pygments>=2.19,<3",
        NUMPY,
    )
    commit = "88fb8556a7a1768e2082736be9095241b11238d7"
    code = "graders/python/python_autograder"

    @property
    def checkout(self) -> Path:
        """Its source."""
        return self.setting.cache / f"{self.name}-{self.commit[:12]}"

    def install(self) -> None:
        if not (self.checkout / self.code).is_dir():
            shutil.rmtree(self.checkout, ignore_errors=True)
            self.checkout.mkdir(parents=True)
            fetch = ["fetch", "--quiet", "--depth", "1", "--filter=blob:none", "origin", self.commit]
            quiet = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
            try:
                call(["git", "init", "--quiet", "."], self.checkout, quiet)
                call(["git", "remote", "add", "origin", self.setting.prairielearn], self.checkout, quiet)
                call(["git", *fetch], self.checkout, quiet)
                call(["git", "checkout", "--quiet", self.commit, "--", self.code], self.checkout, quiet)
            except ToolError as error:
                shutil.rmtree(self.checkout)
                raise ToolError(f"its source can not be had from {self.setting.prairielearn}: {error}") from error
        super().install()

    def version(self) -> str:
        return self.commit[:8]

    def place(self, hand_in: HandIn, folder: Path) -> None:
        for path in (self.checkout / self.code).glob("*.py"):
            text = path.read_text(encoding="utf-8").replace('"/grade/run/"', repr(f"{folder}/"))
            (folder / path.name).write_text(text, encoding="utf-8")
        shutil.copy(hand_in.path, folder / "user_code.py")
        tests = folder / "filenames"
        tests.mkdir()
        for name in ("__init__.py", "ans.py", "setup_code.py"):
            (tests / name).touch()
        names = [{"name": name, "description": "", "type": "function"} for name in self.setting.functions]
        (tests / "data.json").write_text(json.dumps({"params": {"names_for_user": [], "names_from_user": names}}))
        (tests / "leading_code.py").write_text("__file__ = 'user_code.py'\n")
        (tests / "output-fname.txt").write_text(str(folder / "results.json"))
        lines = [
            "from code_feedback import Feedback",
            "from pl_helpers import name, points",
            "from pl_unit_test import PLTestCase",
            "from trials import fault",
            "",
            "class Test(PLTestCase):",
        ]
        for place, (name, worth) in enumerate(self.setting.functions.items()):
            lines += [
                f"    @points({worth})",
                f"    @name({name!r})",
                f"    def test_{place}(self):",
                f"        reason = fault({name!r}, self.st.{name})",
                "        Feedback.add_feedback(reason)",
                "        Feedback.set_score(0 if reason else 1)",
                "",
            ]
        (tests / "test.py").write_text("\n".join(lines))

    def command(self) -> list[str]:
        return [self.python, "-c", _IN_ITS_FOLDER]

    def read(self, folder: Path) -> set[str]:
        results = json.loads((folder / "results.json").read_text())
        if not results["succeeded"]:
            raise ToolError(f"prairielearn: {results.get('output', '')[-300:]}")
        return {test["name"] for test in results["tests"] if test["points"] == test["max_points"]}


_IN_ITS_FOLDER = """\
import os, runpy, sys
sys.path.insert(0, os.getcwd())
os.environ.update(MERGE_DIR=os.getcwd(), FILENAMES_DIR=os.path.join(os.getcwd(), "filenames"))
runpy.run_path("pl_main.py", run_name="__main__")
"""


class NbGrader(Tool):
    """`nbgrader autograde` for the whole class in one command, a kernel for each notebook, a gradebook each time."""

    name = "nbgrader"
    what = "one command for the class, no feedback pages"
    share = 40
    requirements = ("nbgrader>=0.9.5,<0.10", "ipykernel>=6.29,<8", NUMPY)

    def ready(self) -> None:
        source = self.home / "source" / "homework"
        source.mkdir(parents=True)
        cells = [cell("solution", "### BEGIN SOLUTION\n### END SOLUTION", {"solution": True})]
        for name, points in self.setting.functions.items():
            text = f"from trials import check\ncheck({name!r}, {name})"
            cells.append(cell(name, text, {"grade": True, "locked": True, "points": points}))
        write_notebook(source / "homework.ipynb", cells)
        self.run([self.program, "generate_assignment", "homework", f"--course-dir={self.home}"], self.home)

    @property
    def program(self) -> str:
        """The command."""
        return str(self.environment / "bin" / "nbgrader")

    def prepare(self, hand_ins: Sequence[HandIn], folder: Path) -> None:
        shutil.copytree(self.home, folder, dirs_exist_ok=True)
        released = json.loads((self.home / "release" / "homework" / "homework.ipynb").read_text(encoding="utf-8"))
        for hand_in in hand_ins:
            place = folder / "submitted" / hand_in.student / "homework"
            place.mkdir(parents=True)
            released["cells"][0]["source"] = cell_text(hand_in)
            (place / "homework.ipynb").write_text(json.dumps(released), encoding="utf-8")

    def grade(self, folder: Path, jobs: int) -> None:
        self.run([self.program, "autograde", "homework", f"--course-dir={folder}"], folder)

    def passed(self, folder: Path) -> Passed:
        found: dict[str, list[str]] = json.loads(self.run([self.python, "-c", _READ_GRADEBOOK], folder))
        return {student: set(names) for student, names in found.items()}


_READ_GRADEBOOK = """\
import json
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as gradebook:
    print(json.dumps({
        submission.student.id: [g.name for g in submission.notebooks[0].grades if g.score == g.max_score]
        for submission in gradebook.assignment_submissions("homework")
    }))
"""


class Otter(OneByOne):
    """`otter run`: grading without a container, a process and a kernel for each notebook."""

    name = "otter"
    what = "otter run, one process per submission, no container"
    share = 40
    requirements = ("otter-grader>=6.1,<8", "ipykernel>=6.29,<8", NUMPY)

    def ready(self) -> None:
        tests = self.home / "tests"
        tests.mkdir(parents=True)
        for name, points in self.setting.functions.items():
            (tests / f"{name}.py").write_text(
                "from otter.test_files import test_case\n"
                "from trials import check\n\n"
                "OK_FORMAT = False\n"
                f"name = {name!r}\n"
                f"points = {points}\n\n\n"
                "@test_case()\n"
                "def test_trials(env):\n"
                f"    check({name!r}, env[{name!r}])\n"
            )
        self.run([self.program, "generate", "--tests-dir", "tests", "--no-requirements"], self.home)

    @property
    def program(self) -> str:
        """The command."""
        return str(self.environment / "bin" / "otter")

    def place(self, hand_in: HandIn, folder: Path) -> None:
        write_notebook(folder / "submission.ipynb", [cell("solution", cell_text(hand_in))])

    def command(self) -> list[str]:
        archive = str(self.home / "autograder.zip")
        return [self.program, "run", "--autograder", archive, "--no-logo", "submission.ipynb"]

    def read(self, folder: Path) -> set[str]:
        return scored(json.loads((folder / "results.json").read_text()))


class OtterClass(Otter):
    """otter's own function for grading without a container, called for one submission after the other."""

    name = "otter-api"
    what = "otter.api.grade_submission, one process for the class, no container"

    @property
    def environment(self) -> Path:
        return self.setting.cache / Otter.name

    def grade(self, folder: Path, jobs: int) -> None:
        self.run([self.python, "-c", _GRADE_CLASS, str(self.home / "autograder.zip")], folder)


_GRADE_CLASS = """\
import json, pathlib, sys
from otter.api import grade_submission
for path in sorted(pathlib.Path().glob("*/submission.ipynb")):
    results = grade_submission(str(path), sys.argv[1], quiet=True)
    tests = [{"name": t.name, "score": t.score, "max_score": t.possible} for t in results.results.values()]
    path.with_name("results.json").write_text(json.dumps({"tests": tests}))
"""


def scored(results: Mapping[str, Any]) -> set[str]:
    """The tests with full marks in results as otter writes them."""
    return {test["name"] for test in results["tests"] if "score" in test and test["score"] == test["max_score"]}


def cell_text(hand_in: HandIn) -> str:
    """A submission as the text of a notebook's cell, where `__file__` has no meaning by itself."""
    return f"__file__ = 'submission.py'\n{hand_in.path.read_text(encoding='utf-8')}"


def cell(name: str, text: str, role: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A code cell; with a role, nbgrader's metadata for it."""
    metadata: dict[str, Any] = {}
    if role is not None:
        plain = {"grade": False, "solution": False, "locked": False, "task": False}
        kind = {"schema_version": 3, "grade_id": name, "cell_type": "code"}
        metadata["nbgrader"] = {**plain, **kind, **role}
    cell_id = name.replace("_", "-")
    return {
        "cell_type": "code",
        "id": cell_id,
        "metadata": metadata,
        "source": text,
        "outputs": [],
        "execution_count": None,
    }


def write_notebook(path: Path, cells: list[dict[str, Any]]) -> None:
    """A notebook for a Python kernel."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}
    path.write_text(json.dumps(notebook), encoding="utf-8")


TOOLS: dict[str, type[Tool]] = {
    tool.name: tool
    for tool in (Ours, Fork, Alone, Pytest, Gradescope, Check50, PrairieLearn, NbGrader, Otter, OtterClass)
}


# ---------------------------------------------------------------- the run


def main() -> None:
    """Install, check, measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--tools", default=",".join(TOOLS), metavar="A,B", help=f"which, besides grade: {', '.join(TOOLS)}"
    )
    shares = "; ".join(f"{tool.name} 1/{tool.share}" for tool in TOOLS.values() if tool.share > 1)
    parser.add_argument(
        "--submissions", type=int, default=320, metavar="N", help=f"the class (slow tools get a part of it: {shares})"
    )
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--thirty", action="store_true", help="30 trials of each function, instead of 41 to 43")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "grader-benchmarks"
    parser.add_argument("--cache", type=Path, default=cache, metavar="DIR", help="where the other tools are installed")
    parser.add_argument(
        "--prairielearn", default=PRAIRIELEARN, metavar="GIT", help="where to fetch PrairieLearn's source from"
    )
    args = parser.parse_args()
    names = list(dict.fromkeys([Ours.name, *args.tools.split(",")]))
    if unknown := [name for name in names if name not in TOOLS]:
        parser.error(f"there is no tool {unknown[0]!r}; the tools are: {', '.join(TOOLS)}")
    if args.submissions < 4 or args.rounds < 1:
        parser.error("at least 4 submissions and 1 round, please")

    started, load = time.perf_counter(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        rubric = thirty_trials(Path(folder)) if args.thirty else RUBRIC
        homework = read_homework(rubric, 0)
        points = {c.function: sum(c.points.values()) for c in homework.rubric.criteria}
        setting = Setting(args.cache.resolve(), Path(folder).resolve(), points, rubric.resolve(), args.prairielearn)
        setting.cache.mkdir(parents=True, exist_ok=True)
        (setting.work / "home").mkdir()
        write_trials(homework, setting.materials)
        hand_ins = make_class(setting.work / "class", args.submissions)
        tools, versions, reasons = set_up([TOOLS[name](setting) for name in names], hand_ins)
        tallies = {tool.name: Tally() for tool in tools}
        for turn in range(args.rounds):
            for tool in tools if turn % 2 == 0 else tools[::-1]:
                if tool.name in reasons:
                    continue
                print(f"round {turn + 1} of {args.rounds}: {tool.name}", file=sys.stderr)
                batch = batch_of(tool, hand_ins, turn)
                try:
                    tallies[tool.name].serial.append(measure(tool, batch, 1, tallies[tool.name]))
                    tallies[tool.name].double.append(measure(tool, batch, 2, tallies[tool.name]))
                except FAILURES as error:
                    reasons[tool.name] = reason_of(error)
        measured = [tool for tool in tools if tool.name not in reasons]
        print_table(measured, versions, tallies, hand_ins)
    for name, reason in reasons.items():
        print(f"{name} was left out: {reason}")
    print(f"{args.rounds} rounds, {time.perf_counter() - started:.0f} s in all; Python {platform.python_version()}")
    print(f"{os.cpu_count()} processors, load of the machine before the run {load:.1f} (figures want it near 0)")


def set_up(tools: Sequence[Tool], hand_ins: Sequence[HandIn]) -> tuple[list[Tool], dict[str, str], dict[str, str]]:
    """The tools that work, tried on four submissions; their versions; and why the others can not be had."""
    working: list[Tool] = []
    versions: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for tool in tools:
        try:
            tool.install()
            tool.ready()
            versions[tool.name] = tool.version()
            measure(tool, hand_ins[:4], 1, Tally())
            working.append(tool)
        except FAILURES as error:
            reasons[tool.name] = reason_of(error)
    return working, versions, reasons


def reason_of(error: Exception) -> str:
    """Why a tool is left out."""
    return str(error) if isinstance(error, ToolError) else f"{type(error).__name__}: {error}"


def batch_of(tool: Tool, hand_ins: Sequence[HandIn], turn: int) -> list[HandIn]:
    """A tool's submissions of one round: other ones each round, as far as they go; half of them wrong in each half."""
    size = max(4, len(hand_ins) // tool.share // 4 * 4)
    return [hand_ins[(turn * size + place) % len(hand_ins)] for place in range(min(size, len(hand_ins)))]


def measure(tool: Tool, hand_ins: Sequence[HandIn], jobs: int, tally: Tally) -> float:
    """Milliseconds of wall time per submission; what the tool found out goes into the tally."""
    halves = [[h for place, h in enumerate(hand_ins) if place // 2 % 2 == half] for half in (0, 1)]
    parts = halves if jobs == 2 and tool.splits else [list(hand_ins)]
    area = Path(tempfile.mkdtemp(prefix=f"{tool.name}-", dir=tool.setting.work))
    try:
        folders = [area / str(number) for number in range(len(parts))]
        for part, folder in zip(parts, folders, strict=True):
            folder.mkdir()
            tool.prepare(part, folder)
        started = time.perf_counter()
        with ThreadPoolExecutor(len(folders)) as pool:
            list(pool.map(lambda folder: tool.grade(folder, jobs), folders))
        spent = time.perf_counter() - started
        found: dict[str, set[str]] = {}
        for folder in folders:
            found.update(tool.passed(folder))
    finally:
        shutil.rmtree(area, ignore_errors=True)
    everything = set(tool.setting.functions)
    for hand_in in hand_ins:
        if hand_in.student not in found:
            raise ToolError(f"it has no result for {hand_in.student}")
        full = found[hand_in.student] >= everything
        if is_right(hand_in):
            tally.right.append(full)
        else:
            tally.wrong.append(not full)
    return 1000 * spent / len(hand_ins)


def is_right(hand_in: HandIn) -> bool:
    """make_class takes right and wrong ones in turn."""
    return int(hand_in.student[1:]) % 2 == 0


def write_trials(homework: Homework, folder: Path) -> None:
    """The helpers, and beside them trials.npz: every call with its values, and the numbers expected of it."""
    numbers: list[float] = []

    def entry(value: Any) -> list[Any]:
        start, array = len(numbers), np.asarray(value)
        numbers.extend(float(number) for number in array.reshape(-1))
        if isinstance(value, np.int64):
            return [start, "int64"]
        if isinstance(value, int | float):
            return [start, type(value).__name__]
        return [start, "integers" if array.dtype.kind == "i" else "array", *array.shape]

    functions = {}
    for want in homework.calls.wanted:
        key = want.name, 0
        calls = []
        for number, expected in zip(homework.numbers[key], homework.expected[key], strict=True):
            made = homework.calls.calls[number]
            calls.append([made.layout, [entry(made.values[q]) for q in want.offered], entry(expected)])
        functions[want.name] = {
            "declared": want.declared,
            "offered": want.offered,
            "aliases": dict(want.aliases),
            "calls": calls,
        }
    shutil.copytree(HELPERS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    index = np.frombuffer(json.dumps(functions).encode(), dtype=np.uint8)
    np.savez(folder / "trials.npz", numbers=np.array(numbers), index=index)


def print_table(
    tools: Sequence[Tool], versions: Mapping[str, str], tallies: Mapping[str, Tally], hand_ins: Sequence[HandIn]
) -> None:
    """A line for each tool; the ratios are to ours."""
    print("milliseconds of wall time per submission: medians over the rounds, with one worker and with two")
    head = f"{'tool':<17} {'version':<12} {'a round':>7} {'one':>8} {'× ours':>7} {'two':>8} {'× ours':>7}"
    print(f"{head} {'right: all marks':>18} {'wrong: fewer':>14}")
    ours = next((tallies[tool.name] for tool in tools if isinstance(tool, Ours)), None)
    for tool in tools:
        tally = tallies[tool.name]
        cells = []
        for times, base in ((tally.serial, ours and ours.serial), (tally.double, ours and ours.double)):
            middle = statistics.median(times)
            cells.append(f"{middle:8.1f} {middle / statistics.median(base) if base else float('nan'):7.2f}")
        right = f"{sum(tally.right)} of {len(tally.right)}"
        wrong = f"{sum(tally.wrong)} of {len(tally.wrong)}"
        size = len(batch_of(tool, hand_ins, 0))
        line = f"{tool.name:<17} {versions[tool.name]:<12} {size:>7} {' '.join(cells)}"
        print(f"{line} {right:>18} {wrong:>14}")
    for tool in tools:
        print(f"{tool.name}: {tool.what}")


if __name__ == "__main__":
    main()
