"""The tutorial, word by word: its files are written, its commands are run in their order, and what it says they print,
they print."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, flags

from grader.begin import begin
from grader.cli import main
from grader.errors import RubricError

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", TUTORIAL, re.DOTALL | re.MULTILINE)
SANDBOXED = ("submissions",)


def written(text: str) -> None:
    """The file of a block, whose first line is its name."""
    head, _, body = text.partition("\n")
    name = head.removeprefix("# ")
    path = Path(name.removeprefix("added to "))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a" if name.startswith("added to ") else "w", encoding="utf-8") as file:
        file.write(body)


def ran(text: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What the commands of a block print; each ends as it says, with 0 where it says nothing."""
    printed = ""
    for line in text.splitlines():
        command, _, remark = line.partition("  # exit code ")
        words = shlex.split(command)
        if words[:2] == ["cp", "-r"]:
            shutil.copytree(words[2], words[3])
            continue
        assert words[0] == "grade", line
        more = flags() if words[1].startswith(SANDBOXED) else []
        code = main([*words[1:], *more])
        captured = capsys.readouterr()
        assert (code, captured.err) == (int(remark or 0), ""), line
        printed += captured.out
    return printed


def test_word_by_word(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    printed = ""
    for kind, text in BLOCKS:
        if kind == "sh":
            printed = ran(text, capsys)
        elif kind == "text":
            for line in text.splitlines():
                assert line in printed
        else:
            written(text)
    assert Path(".gitignore").read_text().splitlines()[1:] == ["/reports/", "/*.names.json"]
    assert {kind for kind, _ in BLOCKS} == {"sh", "text", "python", "yaml"}


def test_a_name_goes_through_all_files(tmp_path: Path):
    found = {str(path.relative_to(tmp_path)) for path in begin(tmp_path, "hw-1.b")}
    assert {"rubrics/hw-1.b.yaml", "reference/hw_1_b.py", "submissions/hw-1.b/s01.py"} < found
    text = (tmp_path / "rubrics" / "hw-1.b.yaml").read_text()
    assert "homework: hw-1.b\n" in text
    assert "reference: ../reference/hw_1_b.py\n" in text
    assert not any("@" in (tmp_path / name).read_text() for name in found if name.startswith("rubrics"))


def test_the_workflow_is_the_one_of_the_documentation(tmp_path: Path):
    begin(tmp_path, "one")
    written = (tmp_path / ".github" / "workflows" / "audit.yml").read_text()
    assert written == (ROOT / "docs" / "workflows" / "course.yml").read_text()


def test_nothing_is_overwritten(tmp_path: Path):
    (tmp_path / ".gitignore").write_text("mine\n")
    begin(tmp_path, "one")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    again = {str(path.relative_to(tmp_path)) for path in begin(tmp_path, "two")}
    assert len(again) == 6  # and neither the .gitignore nor the workflow
    (tmp_path / "rubrics" / "one.yaml").unlink()
    with pytest.raises(RubricError) as caught:
        begin(tmp_path, "one")
    path = tmp_path / "reference" / "one.py"
    assert str(caught.value) == f"{path} is there already, and is left as it is; choose another name"
    assert not (tmp_path / "rubrics" / "one.yaml").exists()
    assert all(path.read_bytes() == content for path, content in before.items() if path.name != "one.yaml")


@pytest.mark.parametrize("name", ["", "../x", ".x", "a b", "Ünï", "hw.overrides", "x" * 81])
def test_a_name_that_is_none(tmp_path: Path, name: str):
    with pytest.raises(RubricError) as caught:
        begin(tmp_path, name)
    assert str(caught.value) == (
        f"found {name!r}, expected a name for the homework: letters from a to z, digits, '.', '_' and '-', 80 at most, a "
        "letter or a digit first, and not .overrides last; as in: grade new hw4-logistic"
    )
    assert not list(tmp_path.iterdir())
