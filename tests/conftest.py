"""What several tests share: how code is locked in, the shipped homeworks, read once, a course folder of one's own."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import pytest

from grader.homework import Homework, read_homework
from grader.sandbox import Level, Setting, choose, try_level

ROOT = Path(__file__).parent.parent

REFERENCE = """\
def double(x):
    return 2.0 * x


def total(double):
    return double.sum()
"""

RUBRIC = """\
homework: small
title: A small homework
reference: ../reference/small.py
points: 4
dimensions: {k: [1, 4]}
inputs:
  x: {shape: [k]}
checks:
  random shapes: {small integers: 2, random shapes: 3}
  repeatable: {same shapes: 1, same trial again: 1}
criteria:
  - function: double
    parameters: [x]
    points: {random shapes: 1, repeatable: 1}
  - function: total
    parameters: [double]
    points: {random shapes: 2}
"""

GOOD = "def double(x):\n    return x + x\n\n\ndef total(double):\n    return sum(double)\n"
WRONG = "def double(x):\n    return 3 * x\n\n\ndef total(double):\n    return sum(double)\n"


@lru_cache(maxsize=1)
def best() -> Setting:
    """How this machine can lock student code in, at its best."""
    return choose(own=True).setting


def flags() -> list[str]:
    """What the command needs to run where no level holds."""
    needed = {Level.PARTIAL: "--accept-partial-sandbox", Level.NONE: "--unsafe-run-without-sandbox"}
    return [needed[best().level]] if best().level in needed else []


def descendants() -> set[int]:
    """The processes that stem from this one."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found, latest = set(), {os.getpid()}
    while latest:
        latest = {pid for pid, parent in parents.items() if parent in latest}
        found |= latest
    return found


def at(*levels: Level | None) -> pytest.MarkDecorator:
    """Run a test at each of these levels; None is the best that this machine offers."""
    ids = [level or "best" for level in levels]
    return pytest.mark.parametrize("setting", levels, ids=ids, indirect=True)


@pytest.fixture(scope="session")
def setting(request: pytest.FixtureRequest) -> Setting:
    """How student code is locked in: as well as this machine can, where a test names no level."""
    level = getattr(request, "param", None)
    if level is None:
        return best()
    if level.locked and not try_level(Setting(level)).holds:
        pytest.skip(f"the level {level} does not hold on this machine")
    return Setting(level)


@pytest.fixture
def locked(setting: Setting) -> Setting:
    """A setting whose locks hold."""
    if not setting.level.locked:
        pytest.skip("no level that locks student code in holds on this machine")
    return setting


@pytest.fixture(scope="session")
def gradients() -> Homework:
    """The shipped homework on one example."""
    return read_homework(ROOT / "rubrics" / "hw3-gradients.yaml", 0)


@pytest.fixture(scope="session")
def minibatch() -> Homework:
    """The shipped homework on minibatches."""
    return read_homework(ROOT / "rubrics" / "hw3-minibatch.yaml", 0)


@pytest.fixture(scope="session")
def basics() -> Homework:
    """The shipped homework on functions that act entry by entry."""
    return read_homework(ROOT / "rubrics" / "hw3-basics.yaml", 0)


@pytest.fixture(scope="session")
def forward() -> Homework:
    """The shipped homework on a network forwards and its penalty."""
    return read_homework(ROOT / "rubrics" / "hw3-forward.yaml", 0)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course folder with one small homework and two submissions, as the current folder."""
    for folder, name, text in (
        ("rubrics", "small.yaml", RUBRIC),
        ("reference", "small.py", REFERENCE),
        ("submissions/small", "s01.py", GOOD),
        ("submissions/small", "s02.py", WRONG),
    ):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path
