"""Notebooks become Python, cell by cell, and every message says cell and line; nothing of them runs outside the box."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

import pytest
from conftest import GOOD, flags

from grader.cli import main
from grader.grade import grade
from grader.homework import read_homework
from grader.language import speaking
from grader.models import HandIn, Result, Verdict
from grader.report import student_page
from grader.sandbox import Setting, run
from grader.submissions import read_submission

DOUBLE, TOTAL = GOOD.split("\n\n\n")


def version_4(*cells: str, minor: int = 5) -> str:
    """A notebook as Jupyter writes it today; a cell that begins with # Title is markdown."""
    written = []
    for number, text in enumerate(cells):
        markdown = text.startswith("# Title")
        cell = {
            "cell_type": "markdown" if markdown else "code",
            "metadata": {},
            "source": text.splitlines(keepends=True),
        }
        if minor >= 5:
            cell["id"] = f"cell-{number}"
        if not markdown:
            output = {"output_type": "stream", "name": "stdout", "text": ["def double(x): return 0\n"]}
            cell |= {"execution_count": number, "outputs": [output]}
        written.append(cell)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    content = {"cells": written, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": minor}
    return json.dumps(content, indent=1, ensure_ascii=False)


def version_3(*cells: str) -> str:
    """A notebook as IPython wrote it until 2015: worksheets, input instead of source, headings."""
    written = [
        {"cell_type": "code", "collapsed": False, "input": text.splitlines(keepends=True), "language": "python",
         "metadata": {}, "outputs": [], "prompt_number": 1}
        for text in cells
    ]  # fmt: skip
    heading = {"cell_type": "heading", "level": 1, "metadata": {}, "source": ["Homework"]}
    sheet = {"cells": [heading, *written], "metadata": {}}
    return json.dumps({"metadata": {"name": "hw"}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [sheet]})


def read(folder: Path, content: str | bytes, name: str = "s01.ipynb"):
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_submission(HandIn("s01", path))


def lines(submission) -> list[str]:
    """The lines that are run, each with its place: cell:line text."""
    text = submission.source.decode().split("\n")
    places = [submission.files.place(number) for number in range(1, len(text) + 1)]
    return [f"{place.cell}:{place.line} {line}" for place, line in zip(places, text, strict=True) if line]


def test_code_cells_are_python_and_nothing_else_is(tmp_path: Path):
    submission = read(tmp_path, version_4("# Title\nx = 5", "import numpy as np\n\nx = 1", "# Title", "y = x\n"))
    assert lines(submission) == ["1:1 import numpy as np", "1:3 x = 1", "2:1 y = x"]
    assert (submission.problem, submission.notes, submission.unread) == ("", (), ())


@pytest.mark.parametrize(
    "content", [version_3("x = 1", "y = 2"), *(version_4("x = 1", "y = 2", minor=n) for n in (0, 2, 4, 5))]
)
def test_every_version_is_read(tmp_path: Path, content: str, capfd: pytest.CaptureFixture[str]):
    assert lines(read(tmp_path, content)) == ["1:1 x = 1", "2:1 y = 2"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("cell", "kept", "note"),
    [
        ("%matplotlib inline\nx = 1", ["1:1 # %matplotlib inline", "1:2 x = 1"], "line 1 of cell 1 (%matplotlib inline)"),
        ("x = 1\n!pip install numpy", ["1:1 x = 1", "1:2 # !pip install numpy"], "line 2 of cell 1 (!pip install numpy)"),
        ("%%time\nx = 1", ["1:1 # %%time", "1:2 x = 1"], "line 1 of cell 1 (%%time)"),
        ("files = !ls\nx = 1", ["1:1 # files = !ls", "1:2 x = 1"], "line 1 of cell 1 (files = !ls)"),
        ("np.dot?\nx = 1", ["1:1 # np.dot?", "1:2 x = 1"], "line 1 of cell 1 (np.dot?)"),
        ("if x:\n    !ls", ["1:1 if x:", "1:2     pass  # !ls"], "line 2 of cell 1 (!ls)"),
        ("%%bash\nls\ncd ..", [], "line 1 of cell 1 (%%bash)"),
        ("%%writefile double.py\ndef double(x): return 0", [], "line 1 of cell 1 (%%writefile double.py)"),
        ("%%html\n<b>bold</b>", [], "line 1 of cell 1 (%%html)"),
    ],
)  # fmt: skip
def test_what_is_for_jupyter_alone_is_set_aside_and_said(tmp_path: Path, cell, kept, note):
    submission = read(tmp_path, version_4(cell))
    assert lines(submission) == kept
    assert submission.notes == (f"1 line is for Jupyter alone and was not run: {note}.",)


def test_several_lines_for_jupyter_are_one_note(tmp_path: Path):
    submission = read(tmp_path, version_4("%cd ..\n%pylab", "x = 1", "!" + "ls " * 99))
    assert submission.notes == (
        "3 lines are for Jupyter alone and were not run; the first is line 1 of cell 1 (%cd ..).",
    )


@pytest.mark.parametrize(
    "cell", ["x = '''\n%matplotlib inline\n!ls\n'''", "a = b %c", "rm = 3\nrm - 1", "# coding: latin-1\nx = 'é'"]
)
def test_python_that_looks_like_magic_is_left_alone(tmp_path: Path, cell: str):
    submission = read(tmp_path, version_4(cell))
    assert submission.source.decode() == f"\n\n{cell}\n"
    assert (submission.notes, submission.unread) == ((), ())


def test_a_cell_that_is_indented_whole_is_read_as_jupyter_reads_it(tmp_path: Path):
    assert lines(read(tmp_path, version_4("    x = 1\n    y = 2"))) == ["1:1 x = 1", "1:2 y = 2"]


def test_metadata_that_other_programs_leave_out_are_not_missed(tmp_path: Path):
    notebook = json.loads(version_4(GOOD))
    for part in (notebook, *notebook["cells"]):
        del part["metadata"]
    submission = read(tmp_path, json.dumps(notebook))
    assert submission.problem == ""
    assert any("def double" in line for line in lines(submission))


def notebook_with(**keys: object) -> dict:
    """A notebook with one code cell, in which these keys are other than Jupyter writes them; `top_...` at the top."""
    notebook = json.loads(version_4("# Title", GOOD))
    notebook |= {key[4:]: value for key, value in keys.items() if key.startswith("top_")}
    notebook["cells"][0] |= {key[5:]: value for key, value in keys.items() if key.startswith("text_")}
    notebook["cells"][1] |= {key: value for key, value in keys.items() if not key.startswith(("top_", "text_"))}
    return notebook


@pytest.mark.parametrize(
    "keys",
    [
        {"outputs": None}, {"outputs": {}}, {"outputs": 3}, {"outputs": [3, None, {}, {"output_type": "zzz"}]},
        {"outputs": [{"output_type": "display_data", "data": None, "metadata": None}]},
        {"outputs": [{"output_type": "error", "ename": None, "evalue": 3, "traceback": None}]},
        {"metadata": None}, {"metadata": 3}, {"execution_count": "x"}, {"id": "not valid!"}, {"attachments": 3},
        {"top_metadata": None}, {"top_metadata": {"kernelspec": 3, "language_info": {"name": ["python"]}}},
        {"text_attachments": 3}, {"text_source": None}, {"text_cell_type": "odd"}, {"text_metadata": None},
        {"top_nbformat": "4"}, {"top_nbformat": None}, {"top_nbformat_minor": None}, {"top_nbformat_minor": "5"},
        {"cell_type": None},
    ],
)  # fmt: skip
def test_what_is_not_looked_at_can_be_anything(tmp_path: Path, keys: dict[str, object]):
    submission = read(tmp_path, json.dumps(notebook_with(**keys)))
    assert (submission.problem, submission.fault, submission.notes) == ("", "", ())
    assert submission.source.decode() == "\n\n" + GOOD + ("" if GOOD.endswith("\n\n") else "\n")


@pytest.mark.parametrize("content", [version_3(GOOD), version_4(GOOD)])
@pytest.mark.parametrize("lacking", ["nbformat", "nbformat_minor"])
def test_a_format_that_is_not_written_is_known_by_its_shape(tmp_path: Path, content: str, lacking: str):
    notebook = json.loads(content)
    del notebook[lacking]
    assert [line for line in lines(read(tmp_path, json.dumps(notebook))) if "def " in line]


@pytest.mark.parametrize("number", [1, 2, None])
def test_the_first_formats(tmp_path: Path, number: int | None):
    cell = {"cell_type": "code", "code" if number != 2 else "input": "x = 1", "prompt_number": 1, "outputs": []}
    notebook = {"worksheets": [{"cells": [cell]}]} if number == 2 else {"cells": [cell]}
    assert lines(read(tmp_path, json.dumps(notebook | ({"nbformat": number} if number else {})))) == ["1:1 x = 1"]


def test_a_cell_without_a_type_is_code_if_it_has_what_only_code_has(tmp_path: Path):
    notebook = json.loads(version_4("x = 1", "y = 2", "# Title"))
    for cell in notebook["cells"]:
        del cell["cell_type"]
    del notebook["cells"][0]["outputs"], notebook["cells"][1]["execution_count"]
    submission = read(tmp_path, json.dumps(notebook))
    assert lines(submission) == ["1:1 x = 1", "2:1 y = 2"]
    assert submission.notes == ("Cells that do not say whether they are code or text were left out: 1.",)


def test_line_ends_of_windows_are_line_ends(tmp_path: Path):
    content = version_4("x = 1").replace("x = 1", "x = 1\\r\\ny = 2\\rz = 3")
    assert lines(read(tmp_path, content)) == ["1:1 x = 1", "1:2 y = 2", "1:3 z = 3"]


BROKEN = "{} can not be read as a notebook: it is not what Jupyter writes. Save it again, and hand it in anew."


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"{", BROKEN),
        (b"[]", BROKEN),
        (b"null", BROKEN),
        (b"\xff\xfe{", BROKEN),
        (b"print('not a notebook')\n", BROKEN),
        (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}', BROKEN),
        (b'{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}', BROKEN),
        (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": 3}', BROKEN),
        (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "source": 3}]}', BROKEN),
        (b'{"cells": ' + b"[" * 200_000, "{} can not be read as a notebook: it is nested too deeply."),
        (version_4("x = 1\n" * 200_000).encode(), "{} holds 1.1 MB of code; at most 1 MB can be graded."),
        (version_4("# Title").encode(), "{} holds no code cell."),
        (b"", "{} is empty."),
        (b" " * (17 * 2**20), "{} is 17.0 MB large; a file of at most 16 MB can be graded."),
    ],
)  # fmt: skip
def test_what_is_no_notebook_is_a_sentence(tmp_path: Path, content: bytes, problem: str):
    submission = read(tmp_path, content)
    assert (submission.source.strip(), submission.problem, submission.fault) == (b"", problem.format("s01.ipynb"), "")


def test_a_missing_extra_is_our_failure_and_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "jupytext.languages", None)
    submission = read(tmp_path, version_4("x = 1"))
    assert submission.problem == ""
    assert submission.fault == (
        "s01.ipynb is a notebook, and what reads notebooks is not installed; install it with: "
        "python -m pip install 'grader[notebooks]'"
    )


@pytest.fixture
def graded(course: Path, setting: Setting):
    homework = read_homework(Path("rubrics/small.yaml"), 0)

    def result(*cells: str) -> Result:
        submission = read(course, version_4(*cells))
        return grade(homework, submission, partial(run, setting), setting.level)

    return result


def test_a_notebook_is_graded_like_a_file(graded):
    result = graded("%matplotlib inline", "1 / 0", DOUBLE, "def broken(:", "return 3", TOTAL)
    assert (result.verdict, result.score) == (Verdict.ACCEPTED, 4.0)
    assert result.notes == (
        "1 line is for Jupyter alone and was not run: line 1 of cell 1 (%matplotlib inline).",
        "Line 1 of cell 2 could not be run: ZeroDivisionError: division by zero. The rest of the file was graded.",
        "Line 1 of cell 4 could not be run: SyntaxError: invalid syntax. The rest of the file was graded.",
        "Line 1 of cell 5 could not be run: SyntaxError: 'return' outside function. The rest of the file was graded.",
    )


def test_a_failure_is_placed_in_its_cell_everywhere(graded):
    result = graded("import numpy as np", "# doubles\n\ndef double(x):\n    y = 2 * x\n    return y + nowhere", TOTAL)
    (double, _) = result.criteria
    assert double.message == "NameError: name 'nowhere' is not defined (line 5 of cell 2)"
    assert double.source is not None
    assert (double.source.cell, double.source.first_line, double.source.marked_line) == (2, 3, 5)
    page = student_page(result)
    assert "Your code of double, in code cell 2" in page
    assert "Look at line 5 of cell 2." in page


def test_in_french_too(graded):
    with speaking("fr"):
        result = graded("", "def double(x):\n    return nowhere", "def total(double:\n    pass")
    (double, total) = result.criteria
    assert double.message == "NameError: name 'nowhere' is not defined (ligne 2 de la cellule 2)"
    assert (
        total.message
        == "total (ligne 1 de la cellule 3) n’a pas pu être définie\u00a0: SyntaxError: '(' was never closed."
    )
    assert "Votre code de double, dans la cellule de code 2" in student_page(result)


def test_a_function_in_a_cell_that_can_not_be_read_is_missing_for_that_reason(graded):
    (double, total) = graded("x = 1", "\ndef double(x):\n    return 2 * x\n)", TOTAL).criteria
    assert (double.verdict, total.verdict) == (Verdict.MISSING, Verdict.ACCEPTED)
    assert double.message == "double (line 4 of cell 2) could not be defined: SyntaxError: unmatched ')'."


def test_what_jupyter_gives_to_every_cell_is_there(graded):
    shown = DOUBLE.replace("    return", "    display(x)\n    return")
    assert graded("display('hello')", shown, TOTAL).score == 4.0
    result = graded("display = None", shown, TOTAL)
    assert result.criteria[0].message.startswith("TypeError: 'NoneType' object is not callable")


def test_a_cell_that_hangs_is_named(graded):
    result = graded("x = 1\nimport os\nos._exit(3)", DOUBLE, TOTAL)
    assert result.score == 4.0
    assert result.notes == (
        "Line 3 of cell 1 could not be run: it ended Python itself, with exit code 3, so it was left out. "
        "The rest of the file was graded.",
    )


def test_bad_notebooks_cost_their_own_row(course: Path, capsys: pytest.CaptureFixture[str]):
    folder = course / "submissions" / "small"
    (folder / "s03.ipynb").write_text(version_4(DOUBLE, TOTAL))
    (folder / "s04.ipynb").write_text("{")
    assert main(["submissions/small", "--quiet", *flags()]) == 0
    results = {
        path.stem: Result.model_validate_json(path.read_text()) for path in Path("reports/small/results").iterdir()
    }
    assert {student: result.score for student, result in results.items()} == {
        "s01": 4.0,
        "s02": 2.0,
        "s03": 4.0,
        "s04": 0.0,
    }
    assert results["s04"].message == BROKEN.format("s04.ipynb")
    assert main(["submissions/small/s03.ipynb", "--rubric", "rubrics/small.yaml", *flags()]) == 0
    assert "4 of 4" in capsys.readouterr().out


def test_the_same_code_in_other_cells_is_another_submission(tmp_path: Path):
    one, two, again = (
        read(tmp_path, version_4(*cells)) for cells in (("x = 1\ny = 2",), ("x = 1", "y = 2"), ("x = 1", "y = 2"))
    )
    assert one.source == two.source
    assert one.digest != two.digest
    assert two.digest == again.digest
