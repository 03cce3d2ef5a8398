"""The options of pytest. Without them, nothing of the grader is loaded and nothing happens.

pytest --grade-rubric rubrics/hw3.yaml hw3.py
"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of grading."""
    group = parser.getgroup("grade", "grading by a rubric (grade)")
    group.addoption(
        "--grade-rubric", metavar="FILE", help="grade the files that are named by this rubric, one item a check"
    )
    group.addoption("--grade-seed", metavar="S", type=int, default=0, help="draws other trials (default: 0)")
    group.addoption(
        "--grade-sandbox",
        metavar="LEVEL",
        choices=("full", "strong", "strict"),
        help="insist on full, strong or strict (default: the best that holds; your own file runs anywhere)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Load what grades, where it is asked for."""
    if config.getoption("--grade-rubric"):
        config.pluginmanager.import_plugin("grader.ci.items")
