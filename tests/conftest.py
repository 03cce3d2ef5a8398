"""What several tests share: the shipped homeworks, read once, and a course folder of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.homework import Homework, read_homework

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


@pytest.fixture(scope="session")
def gradients() -> Homework:
    """The shipped homework on one example."""
    return read_homework(ROOT / "rubrics" / "hw3-gradients.yaml", 0)


@pytest.fixture(scope="session")
def minibatch() -> Homework:
    """The shipped homework on minibatches."""
    return read_homework(ROOT / "rubrics" / "hw3-minibatch.yaml", 0)


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
