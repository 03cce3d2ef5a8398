"""Zip files and folders with several files: the right one is graded, the others are there to be imported, nothing else."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from functools import partial
from pathlib import Path

import pytest
from conftest import GOOD, at, best, flags

from grader.cli import main
from grader.grade import grade
from grader.homework import read_homework
from grader.models import HandIn, Result, Rubric, Submission, Verdict
from grader.report import student_page
from grader.sandbox import Level, Setting, run
from grader.submissions import find_hand_ins, read_submission

DOUBLE, TOTAL = GOOD.split("\n\n\n")


def packed(files: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


@pytest.fixture
def rubric(course: Path) -> Rubric:
    return read_homework(Path("rubrics/small.yaml"), 0).rubric


@pytest.fixture
def read(course: Path, rubric: Rubric):
    def reading(files: dict[str, str | bytes] | bytes, file: str | None = None) -> Submission:
        path = course / "s01.zip"
        path.write_bytes(files if isinstance(files, bytes) else packed(files))
        return read_submission(HandIn("s01", path), rubric.model_copy(update={"file": file}))

    return reading


@pytest.fixture
def graded(course: Path, setting: Setting, read):
    homework = read_homework(Path("rubrics/small.yaml"), 0)

    def result(files: dict[str, str | bytes], file: str | None = None) -> Result:
        return grade(homework, read(files, file), partial(run, setting), setting.level)

    return result


# ---------------------------------------------------------------- which file is meant


@pytest.mark.parametrize(
    ("files", "file", "meant"),
    [
        ({"hw.py": GOOD, "plots.py": "x = 1"}, None, "hw.py"),
        ({"hw/hw.py": GOOD, "hw/test_hw.py": "from hw import *"}, None, "hw.py"),
        ({"main.py": "from a import *\nfrom b import *", "a.py": DOUBLE, "b.py": TOTAL}, None, "main.py"),
        ({"main.py": "from a import double\n" + TOTAL, "a.py": DOUBLE}, None, "main.py"),
        ({"p/__init__.py": "from .a import double\nfrom .b import total", "p/a.py": DOUBLE, "p/b.py": TOTAL}, None, "__init__.py"),
        ({"a.py": DOUBLE, "hw.py": GOOD}, None, "hw.py"),
        ({"broken.py": GOOD + "\ndef f(:", "x.py": "x = 1"}, None, "broken.py"),
        ({"a.py": "class A:\n    def double(self): pass", "b.py": "x = 1"}, None, "a.py"),
        ({"a.py": GOOD, "copy/a.py": GOOD}, None, "a.py"),
        ({"a.py": GOOD, "b.py": GOOD + "\n"}, "B.py", "b.py"),
        ({"a.py": "x = 1", "b.py": GOOD}, "a.py", "a.py"),
        ({"a/hw.py": "x = 1", "b/hw.py": GOOD}, "hw.py", "b/hw.py"),
        ({"a/hw.py": GOOD, "b/hw.py": GOOD + "\n"}, "a/hw.py", "a/hw.py"),
        ({"sam/a/hw.py": GOOD, "sam/b/hw.py": GOOD + "\n"}, "a/hw.py", "a/hw.py"),
        ({"only.py": "x = 1", "data.csv": "1,2"}, None, "only.py"),
        ({"only.py": "x = 1"}, "hw.py", "only.py"),
    ],
)  # fmt: skip
def test_the_file_that_is_meant_is_graded(read, files, file, meant):
    submission = read(files, file)
    assert (submission.file_name, submission.problem, submission.fault) == (meant, "", "")


def test_how_it_was_found_is_said_where_nobody_named_it(read):
    files = {"hw.py": GOOD, "plots.py": "x = 1"}
    assert read(files).notes == ("hw.py was graded: of 2 Python files, it is the one that defines the functions.",)
    assert read(files, "hw3.py").notes == (
        "There is no file hw3.py; hw.py was graded, because it defines the functions.",
    )
    assert read(files, "hw.py").notes == ()


def test_where_two_could_be_meant_the_score_is_unknown_and_the_rubric_can_say(graded):
    files = {"new.py": GOOD, "old.py": GOOD + "\n# old\n"}
    result = graded(files)
    assert (result.verdict, result.score) == (Verdict.JUDGE_ERROR, None)
    assert result.message == (
        "This could not be graded, through no fault of the submission: Several files in s01.zip define the functions "
        "(new.py, old.py), and it is not clear which one is meant. Name it under the key 'file' of the rubric, or "
        "leave one of them there."
    )
    assert graded(files, "new.py").score == 4.0


# ---------------------------------------------------------------- the folder that holds everything


def test_the_folder_that_holds_everything_is_not_named_for_it_is_often_a_name(graded):
    files = {
        "Sam Secret/hw.py": "from helper import double\n" + TOTAL,
        "Sam Secret/helper.py": "1 / 0\n" + DOUBLE,
        "Sam Secret/large.ipynb": " " * (17 * 2**20),
    }
    result = graded(files)
    assert result.score == 4.0
    assert result.notes == (
        "hw.py was graded: of 3 Python files, it is the one that defines the functions.",
        "Line 1 of helper.py could not be run: ZeroDivisionError: division by zero. The rest of the file was graded.",
    )
    assert graded({f"sam/{name}.py": "x = 1" for name in "ab"}).message == (
        "None of the 2 Python files in s01.zip defines a function of the homework (a.py, b.py)."
    )
    assert graded({"sam/a.ipynb": "{"}).message.startswith("a.ipynb can not be read as a notebook")
    assert graded({"sam/a.py": "#" * 2**21}).message.startswith("a.py is 2.0 MB large")


def test_the_folder_that_holds_everything_can_be_imported_from(graded):
    files = {"hw/main.py": "from hw.layers import double\nfrom .total import total", "hw/layers.py": "from .k import x\n" + DOUBLE,
             "hw/total.py": TOTAL, "hw/k.py": "x = 1"}  # fmt: skip
    assert graded(files).score == 4.0


# ---------------------------------------------------------------- importing one another

PACKAGE = {
    "hw/main.py": "from .layers import double\nfrom hw.sums.total import total\nimport util as u\nK = u.K\n",
    "hw/layers.py": "import main\n" + DOUBLE,
    "hw/sums/__init__.py": "",
    "hw/sums/total.py": "from ..layers import double as d\n" + TOTAL,
    "util.py": "K = 1\n",
}


@at(None, Level.STRICT)
def test_files_import_one_another_inside_the_box(graded):
    result = graded(PACKAGE, "main.py")
    assert (result.score, result.notes) == (4.0, ())


@pytest.mark.parametrize(
    ("files", "note"),
    [
        ({"random.py": "def double(x): return 0\n"}, "cannot import name 'double' from 'random'"),
        ({"sub/math.py": "def double(x): return 0\n"}, "cannot import name 'double' from 'math'"),
        ({"inside.py": "def double(x): return 0\n"}, "cannot import name 'double' from 'inside'"),
    ],
)
def test_a_file_never_stands_in_a_librarys_place(graded, files, note):
    (name,) = files
    module = name.rpartition("/")[2].removesuffix(".py")
    result = graded({"hw.py": f"from {module} import double\n{TOTAL}", **files}, "hw.py")
    assert result.criteria[0].verdict == Verdict.MISSING
    assert note in result.notes[0]


def test_what_fails_in_another_file_is_skipped_and_placed_there(graded):
    files = {"hw.py": f"from a import double\n{TOTAL}", "a.py": f"data = open('data.csv')\n{DOUBLE}\n1 / 0\nreturn 3\n"}
    result = graded(files, "hw.py")
    assert result.score == 4.0
    first, *rest = result.notes
    assert first.startswith("Line 1 of a.py could not be run: ")
    assert rest == [
        "Line 4 of a.py could not be run: ZeroDivisionError: division by zero. The rest of the file was graded.",
        "Line 5 of a.py could not be run: SyntaxError: 'return' outside function. The rest of the file was graded.",
    ]


def test_what_ends_python_in_another_file_is_left_out_there(graded):
    files = {"hw.py": f"from a import double\n{TOTAL}", "a.py": f"import os\n\nos._exit(3)\n{DOUBLE}\n"}
    result = graded(files, "hw.py")
    assert result.score == 4.0
    assert result.notes == (
        "Line 3 of a.py could not be run: it ended Python itself, with exit code 3, so it was left out. "
        "The rest of the file was graded.",
    )


def test_a_failure_in_another_file_is_placed_and_shown_there(graded):
    helper = "# about\n\n\ndef double(x):\n    y = 2 * x\n    return y + nowhere\n"
    result = graded({"hw.py": f"from a import double\n{TOTAL}", "a.py": helper}, "hw.py")
    double = result.criteria[0]
    assert double.message == "NameError: name 'nowhere' is not defined (line 6 of a.py)"
    assert double.source is not None
    assert (double.source.file, double.source.first_line, double.source.marked_line) == ("a.py", 4, 6)
    assert "Your code of double, in a.py" in student_page(result)
    wrong = graded({"hw.py": f"from a import double\n{TOTAL}", "a.py": "def double(x):\n    return 3 * x\n"}, "hw.py")
    assert "<figcaption>From a.py.</figcaption>" in student_page(wrong)


def test_a_loop_without_end_in_another_file_is_placed_there(course: Path):
    path = Path("rubrics/small.yaml")
    path.write_text(path.read_text().replace("points: 4\n", "points: 4\nlimits: {seconds: 0.1}\n"))
    homework = read_homework(path, 0)
    assert homework.rubric.limits.seconds == 0.1
    helper = "\n\ndef double(x):\n    while True:\n        for n in range(9):\n            n += 1\n"
    (course / "s01.zip").write_bytes(packed({"hw.py": f"from a import double\n{TOTAL}", "a.py": helper}))
    submission = read_submission(
        HandIn("s01", course / "s01.zip"), homework.rubric.model_copy(update={"file": "hw.py"})
    )
    result = grade(homework, submission, partial(run, best()), best().level)
    assert result.criteria[0].message.startswith("It was stopped (line 4 of a.py): it computed for more than 0.1 s")
    assert result.score == 2.0


def test_a_file_that_python_can_not_read_fails_where_it_is_imported(graded):
    result = graded({"hw.py": f"import a\n{GOOD}", "a.py": "x = 1\ndef f(:\n"}, "hw.py")
    assert result.score == 4.0
    assert result.notes == (
        "Line 1 could not be run: SyntaxError: invalid syntax (a.py, line 2). The rest of the file was graded.",
    )


def test_an_import_at_call_time_and_state_in_another_file(graded):
    files = {
        "hw.py": "def double(x):\n    import a\n    return a.twice(x)\n\n" + TOTAL,
        "a.py": "calls = []\n\ndef twice(x):\n    calls.append(1)\n    return x * 2 if len(calls) < 999 else 0\n",
    }
    assert graded(files, "hw.py").score == 4.0


def test_other_files_are_not_in_the_file_system(graded):
    files = {"hw.py": f"import os\nif os.path.exists('a.py') or os.listdir('.') != []: 1 / 0\n{GOOD}", "a.py": "x = 1"}
    notes = graded(files, "hw.py").notes
    assert not any("ZeroDivisionError" in note for note in notes)


def test_a_notebook_imports_the_files_beside_it(graded):
    from test_notebooks import version_4

    cells = version_4("from a import double", f"%time\n{TOTAL}")
    result = graded({"hw.ipynb": cells, "a.py": "def double(x):\n    return nowhere\n"}, "*.ipynb")
    assert result.score == 2.0
    assert result.criteria[0].message == "NameError: name 'nowhere' is not defined (line 2 of a.py)"


def test_the_digest_covers_all_files(read):
    files = {"hw.py": GOOD, "a.py": "x = 1\n"}
    first = read(files)
    assert read(files).digest == first.digest
    assert read({**files, "a.py": "x = 2\n"}).digest != first.digest
    assert read({"hw.py": GOOD, "b.py": "x = 1\n"}).digest != first.digest
    assert read({"hw.py": GOOD}).digest != first.digest


def test_lines_are_counted_as_python_counts_them(read):
    submission = read(
        {"hw.py": GOOD.replace("\n", "\r\n").rstrip() + "\r", "a.py": "x = 1\ry = 2\r\nz = 3", "b.py": "w = 4"}
    )
    text = submission.source.decode()
    start = text.index("x = 1")
    line = 1 + GOOD.count("\n")
    assert [submission.files.place(line + n)[::2] for n in range(-1, 4)] == [
        (line - 1, ""), (1, "a.py"), (2, "a.py"), (3, "a.py"), (1, "b.py"),
    ]  # fmt: skip
    assert text[start:] == "x = 1\ry = 2\r\nz = 3\nw = 4\n"


# ---------------------------------------------------------------- what is refused


def with_link(name: str, target: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("hw.py", GOOD)
        entry = zipfile.ZipInfo(name)
        entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, target)
    return content.getvalue()


def with_kind(kind: int) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        entry = zipfile.ZipInfo("hw.py")
        entry.create_system, entry.external_attr = 3, (kind | 0o666) << 16
        archive.writestr(entry, GOOD)
    return content.getvalue()


def with_name(name: bytes) -> bytes:
    """A zip file with a file of any name at all."""
    return packed({"hw.py": GOOD, "x" * len(name): GOOD}).replace(b"x" * len(name), name)


def twice(name: str, other: str) -> bytes:
    """A zip file with two files, of which the second is renamed."""
    return packed({name: GOOD, "?" * len(other.encode()): GOOD}).replace(b"?" * len(other.encode()), other.encode())


def with_size(size: int) -> bytes:
    """A zip file whose one file says that it has another size than it has."""
    content = bytearray(packed({"hw.py": GOOD}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", content, content.index(mark) + place, size)
    return bytes(content)


def with_method(method: int, flag: int = 0) -> bytes:
    content = bytearray(packed({"hw.py": GOOD}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at_flag = content.index(mark) + place
        struct.pack_into("<HH", content, at_flag, flag, method)
    return bytes(content)


def many(count: int) -> bytes:
    return packed({f"{number}.txt": "" for number in range(count)}, zipfile.ZIP_STORED)


LEADS_OUT = "s01.zip holds a file with the name {}, which leads out of it; zip your files again."
DAMAGED = "s01.zip can not be read as a zip file: it is damaged, or no zip file at all. Zip your files again."

HOSTILE = {
    "up": (lambda: packed({"../evil.py": GOOD}), LEADS_OUT.format("../evil.py")),
    "up inside": (lambda: packed({"a/../../evil.py": GOOD, "hw.py": GOOD}), LEADS_OUT.format("a/../../evil.py")),
    "up, windows": (lambda: packed({"..\\evil.py": GOOD}), LEADS_OUT.format("..\\evil.py")),
    "absolute": (lambda: packed({"/etc/evil.py": GOOD}), LEADS_OUT.format("/etc/evil.py")),
    "drive": (lambda: packed({"C:\\evil.py": GOOD}), LEADS_OUT.format("C:\\evil.py")),
    "nul": (lambda: with_name(b"evil.py\0.txt"), LEADS_OUT.format("evil.py\ufffd.txt")),
    "link": (
        lambda: with_link("data.txt", "/etc/passwd"),
        "s01.zip holds a link, data.txt; put the file itself in its place, and zip again.",
    ),
    "pipe": (lambda: with_kind(stat.S_IFIFO), "hw.py in s01.zip is not a regular file."),
    "twice": (
        lambda: twice("hw.py", "hw.py"),
        "s01.zip holds two files whose names differ in case at most: hw.py and hw.py; keep one.",
    ),
    "case": (
        lambda: packed({"hw.py": GOOD, "HW.py": GOOD}),
        "s01.zip holds two files whose names differ in case at most: hw.py and HW.py; keep one.",
    ),
    "composition": (
        lambda: packed({"\u00e9.py": GOOD, "e\u0301.py": GOOD}),
        "s01.zip holds two files whose names differ in case at most: \u00e9.py and e\u0301.py; keep one.",
    ),
    "file and folder": (
        lambda: packed({"hw.py": GOOD, "hw.py/a.py": GOOD}),
        "s01.zip holds hw.py both as a file and as a folder (hw.py/a.py); zip your files again.",
    ),
    "nested": (
        lambda: packed({"inner.zip": packed({"hw.py": GOOD})}),
        "There is no Python file in s01.zip, only more zip files (inner.zip); zip the Python files themselves.",
    ),
    "bomb": (
        lambda: packed({"hw.py": b"#" * (20 * 2**20)}),
        "hw.py is 20.0 MB large; a file of at most 1 MB can be graded.",
    ),
    "bomb beside": (
        lambda: beside(),
        "s01.zip would be 8.0 GB large when it is unpacked; hand in your own files only.",
    ),
    "says less": (lambda: with_size(5), DAMAGED),
    "says more": (lambda: with_size(5000), DAMAGED),
    "bzip2": (
        lambda: packed({"hw.py": GOOD}, zipfile.ZIP_BZIP2),
        "hw.py in s01.zip is compressed in a way that is not read here (bzip2); zip it as usual.",
    ),
    "deflate64": (
        lambda: with_method(9),
        "hw.py in s01.zip is compressed in a way that is not read here (deflate64); zip it as usual.",
    ),
    "password": (lambda: with_method(8, 1), "s01.zip is locked with a password; zip your files without one."),
    "many": (lambda: many(10_001), "There are more than 10000 files in s01.zip; hand in your own files only."),
    "very many": (
        lambda: b"PK\x05\x06" + b"PK\x01\x02" * 100_001,
        "There are more than 10000 files in s01.zip; hand in your own files only.",
    ),
    "library": (
        lambda: packed({"hw.py": GOOD, **{f"lib/m{number}.py": "" for number in range(300)}}),
        "There are 301 Python files in s01.zip; hand in your own files only.",
    ),
    "no zip": (lambda: b"Rar!\x1a\x07\x00", DAMAGED),
    "empty": (lambda: b"", DAMAGED),
    "cut": (lambda: packed({"hw.py": GOOD})[:-30], DAMAGED),
    "changed": (lambda: packed({"hw.py": GOOD}, zipfile.ZIP_STORED).replace(b"double", b"dooble", 1), DAMAGED),
    "nothing": (lambda: packed({}), "There is no Python file (.py or .ipynb) in s01.zip."),
    "no Python": (lambda: packed({"hw.pdf": "", "hw.docx": ""}), "There is no Python file (.py or .ipynb) in s01.zip."),
    "empty file": (lambda: packed({"hw.py": " \n"}), "hw.py is empty."),
}  # fmt: skip


def beside() -> bytes:
    """A small zip file with two files that say they have four gigabytes each."""
    content = bytearray(packed({"a.bin": "0", "b.bin": "0", "hw.py": GOOD}))
    at_entry = -1
    for _ in range(2):
        at_entry = content.index(b"PK\x01\x02", at_entry + 1)
        struct.pack_into("<I", content, at_entry + 24, 0xFFFFFFF0)
    return bytes(content)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_a_zip_file_must_not_be_is_a_sentence(read, name: str):
    make, problem = HOSTILE[name]
    submission = read(make(), "hw.py")
    assert (submission.problem, submission.source) == (problem, b"")


def test_what_programs_leave_in_zip_files_is_not_looked_at(read):
    noise = {"__MACOSX/._hw.py": "\0", "hw/.DS_Store": "x", "hw/.git/hooks/x.py": GOOD, "hw/venv/lib/y.py": GOOD,
             "hw/__pycache__/z.py": GOOD, "hw/.ipynb_checkpoints/hw.py": GOOD}  # fmt: skip
    submission = read({"hw/hw.py": GOOD, **noise})
    assert (submission.file_name, submission.files.files, submission.notes) == ("hw.py", (), ())


def test_names_with_backslashes_are_paths_as_windows_means_them(read):
    submission = read(with_name(b"lib\\a.py"), "hw.py")
    assert [file.path for file in submission.files.files] == ["hw.py", "lib/a.py"]


def test_a_name_in_utf_8_that_does_not_say_so_is_read(read):
    raw = "\u00e9l\u00e8ve.py".encode()
    content = bytearray(packed({"x" * len(raw): GOOD, "y.txt": ""})).replace(b"x" * len(raw), raw)
    assert read(bytes(content)).file_name == "\u00e9l\u00e8ve.py"


def test_a_folder_with_one_zip_file_is_unpacked_once(course: Path, rubric: Rubric):
    folder = course / "submissions" / "small" / "s03"
    folder.mkdir()
    (folder / "hand-in.zip").write_bytes(packed({"hw.py": GOOD}))
    submission = read_submission(HandIn("s03", folder), rubric)
    assert (submission.source.decode(), submission.file_name) == (GOOD, "hw.py")


@pytest.mark.parametrize("name", ["s03.PY", "s03.ZIP"])
def test_the_end_of_a_name_may_be_in_capitals(course: Path, rubric: Rubric, name: str):
    folder = course / "submissions" / "small"
    (folder / name).write_bytes(packed({"HW.PY": GOOD}) if name.endswith("ZIP") else GOOD.encode())
    found = {hand_in.student: hand_in for hand_in in find_hand_ins(folder)[0]}
    assert read_submission(found["s03"], rubric).source.decode() == GOOD


def test_links_in_a_folder_are_not_followed(course: Path, rubric: Rubric):
    folder = course / "submissions" / "small" / "s03"
    folder.mkdir()
    (course / "secret.py").write_text(GOOD)
    (folder / "hw.py").symlink_to(course / "secret.py")
    (folder / "elsewhere").symlink_to(course)
    assert read_submission(HandIn("s03", folder), rubric).problem == (
        "hw.py is a link, not a file; hand in the file itself."
    )


def test_bad_zip_files_cost_their_own_row(course: Path, capsys: pytest.CaptureFixture[str]):
    folder = course / "submissions" / "small"
    (folder / "s03.zip").write_bytes(packed({"hw/hw.py": GOOD, "hw/more.py": "x = 1"}))
    (folder / "s04.zip").write_bytes(packed({"../hw.py": GOOD}))
    assert [hand_in.student for hand_in in find_hand_ins(folder)[0]] == ["s01", "s02", "s03", "s04"]
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
    assert main(["submissions/small/s03.zip", "--rubric", "rubrics/small.yaml", *flags()]) == 0
    assert not list(course.rglob("hw.py"))
