"""What the documentation says holds: the two lines, the example, the keys, the cases, the verdicts, the rooms."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from test_layers import FLOORS

from grader.cli import COMMANDS, main
from grader.models import Criterion, CriterionResult, Input, Limits, Result, Rubric, Tolerance, Verdict
from grader.trials import CASES
from scripts import manual

README = (ROOT / "README.md").read_text(encoding="utf-8")
RUBRICS = (ROOT / "docs" / "rubrics.md").read_text(encoding="utf-8")
DESIGN = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")


def test_the_two_lines_stand_first():
    lines = [line.split("#")[0].strip() for line in README.splitlines()[1:] if line.strip()][:2]
    assert lines == ["python -m pip install . && grade submissions/", "python -m pip install -e '.[dev]' && pytest"]


def test_the_example_of_a_rubric_fails_as_it_says_and_works_when_mended(tmp_path: Path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```(?:python|yaml)\n# (\S+)\n(.*?)```", README, re.DOTALL)
    assert [name for name, _ in blocks] == ["reference/logistic.py", "rubrics/logistic.yaml"]
    for name, text in blocks:
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(f"# {name}\n{text}")
    Path("submissions/logistic").mkdir(parents=True)
    Path("submissions/logistic/s01.py").write_text("def grad_w(p, t, x):\n    return (p - t) * x\n")
    assert main(["submissions/"]) == 2
    assert capsys.readouterr().err.strip() in README
    rubric = Path("rubrics/logistic.yaml")
    (mended,) = re.findall(r"`(dimensions: \{d: \[1, 6\], two: \[2, 2\]\})` mends it", README)
    rubric.write_text(rubric.read_text().replace("dimensions: {d: [1, 6]}", mended))
    assert main(["submissions/"]) == 0
    assert "s01      3 of 3  ✓" in capsys.readouterr().out
    assert main(["audit", "rubrics/", "--jobs", "1"]) == 0
    assert "✓ logistic  100 % of " in capsys.readouterr().out


def test_the_self_check_prints_what_the_readme_shows(capsys, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    main(["submissions/hw3-gradients/s05.py"])
    printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    shown = re.search(r"    hw3-gradients  hw3.py\n(.*?)    \.\.\.\n", README, re.DOTALL)
    assert shown is not None
    for line in shown[1].splitlines()[:7]:
        assert line[4:] in printed
    assert any(line.startswith("✓ grad_W2") for line in printed)


def test_every_link_in_the_documentation_leads_somewhere():
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / "benchmarks" / "README.md"):
        for target in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (path.parent / target.split("#")[0]).exists(), (path.name, target)


@pytest.mark.parametrize("model", [Rubric, Criterion, Input, Tolerance, Limits])
def test_every_key_of_a_rubric_is_documented(model):
    names = [field.alias or name for name, field in model.model_fields.items()]
    missing = [name for name in names if f"`{name}`" not in RUBRICS]
    assert missing == []


def test_every_case_is_documented_and_no_other():
    table = RUBRICS.split("## Cases")[1].split("##")[0]
    named = set(
        re.findall(r"`([^`]+)`", "\n".join(line.split("|")[1] for line in table.splitlines() if line[:1] == "|"))
    )
    assert named - {"<dimension> = <size>", "<input> = <number>"} == set(CASES)


def test_every_key_of_a_result_and_every_verdict_is_documented():
    for model in (Result, CriterionResult):
        assert [name for name in model.model_fields if f"`{name}`" not in DESIGN] == []
    assert [verdict for verdict in Verdict if f"`{verdict}`" not in DESIGN] == []


def test_the_rooms_are_drawn_as_they_are():
    rooms = DESIGN.split("## Rooms")[1].split("##")[0]
    floor, drawn = -1, {}
    for line in rooms.splitlines():
        found = re.match(r"    (\d|-| )\s+([a-z]+)(?:/\S*)?\s{2,}", line)
        if found:
            floor = int(found[1]) if found[1].isdigit() else floor if found[1] == " " else -1
            drawn.setdefault(floor, set()).add(found[2])
    assert {floor: rooms for floor, rooms in drawn.items() if floor >= 0} == FLOORS


def test_every_command_is_documented_as_its_help_says():
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert text == manual.manual(), "run python scripts/manual.py"
    for name in COMMANDS:
        assert f"## grade {name}\n" in text


def test_the_documentation_is_a_site_with_every_page_in_it(tmp_path: Path):
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert [page.name for page in (ROOT / "docs").glob("*.md") if f": {page.name}\n" not in nav] == []
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    assert (tmp_path / "commands.html").is_file()
