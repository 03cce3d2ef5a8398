"""What lies in a folder becomes submissions, one a student; nothing is lost without a word, and nothing runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.errors import SubmissionError
from grader.models import HandIn
from grader.report.part import sentence
from grader.submissions import find_hand_ins, read_submission


def names(folder: Path) -> list[str]:
    return [hand_in.student for hand_in in find_hand_ins(folder)[0]]


def read(path: Path):
    return read_submission(HandIn(path.stem, path))


def test_files_and_folders_with_one_file_are_hand_ins(tmp_path: Path):
    (tmp_path / "s02.py").write_text("x = 1\n")
    (tmp_path / "s01").mkdir()
    (tmp_path / "s01" / "my homework.py").write_text("x = 2\n")
    found, others = find_hand_ins(tmp_path)
    assert [(h.student, h.path.name) for h in found] == [("s01", "s01"), ("s02", "s02.py")]
    assert others == []
    assert read_submission(found[0]).source == b"x = 2\n"
    assert read_submission(found[0]).file_name == "my homework.py"


def test_what_is_no_hand_in_is_named_and_what_belongs_to_the_folder_is_not(tmp_path: Path):
    for name in ("s01.py", "s02.R", "notes.txt", "README.md", ".hidden.py", "__init__.py"):
        (tmp_path / name).write_text("")
    (tmp_path / "__pycache__").mkdir()
    found, others = find_hand_ins(tmp_path)
    assert [h.student for h in found] == ["s01"]
    assert [path.name for path in others] == ["notes.txt", "s02.R"]


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ([], "There is no Python file (.py or .ipynb) in s01."),
        (["a.txt"], "There is no Python file (.py or .ipynb) in s01."),
        (["a.py", "b.py"], "None of the 2 Python files in s01 defines a function of the homework (a.py, b.py)."),
    ],
)
def test_a_folder_in_which_no_file_can_be_meant_is_a_row_with_a_sentence(tmp_path: Path, files, problem):
    (tmp_path / "s01").mkdir()
    for name in files:
        (tmp_path / "s01" / name).write_text("x = 1\n")
    (hand_in,), _ = find_hand_ins(tmp_path)
    assert read_submission(hand_in).problem == problem


def test_a_folder_keeps_the_letters_of_its_name(tmp_path: Path):
    (tmp_path / "foldempty").mkdir()
    (hand_in,), _ = find_hand_ins(tmp_path)
    said = sentence(read_submission(hand_in).problem)
    assert said == "There is no Python file (.py or .ipynb) in foldempty."


def test_a_missing_folder(tmp_path: Path):
    with pytest.raises(SubmissionError) as error:
        find_hand_ins(tmp_path / "none")
    assert str(error.value) == (
        f"{tmp_path / 'none'}: there is no such folder; name a folder or a download of submissions, or one file (.py, .ipynb or .zip)"
    )


def test_an_empty_folder(tmp_path: Path):
    with pytest.raises(SubmissionError) as error:
        find_hand_ins(tmp_path)
    assert str(error.value) == (
        f"{tmp_path}: there is no submission in this folder; one is a file <student>.py, .ipynb or .zip, or a folder "
        "<student>/ with such files in it"
    )


@pytest.mark.parametrize(
    ("twins", "student", "files"),
    [
        (("s01.py", "s01/a.py"), "s01", "s01, s01.py"),
        (("s01.ipynb", "s01.py"), "s01", "s01.ipynb, s01.py"),
        (("Ann.py", "ann.py"), "Ann", "Ann.py, ann.py"),
        (("e\u0301.py", "\u00e9.py"), "\u00e9", "e\u0301.py, \u00e9.py"),
    ],
)
def test_two_hand_ins_of_one_id_are_one_row_without_a_score(tmp_path: Path, twins, student, files):
    for name in (*twins, "s02.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x = 1\n")
    if len(list(tmp_path.iterdir())) < 3:
        pytest.skip("this file system does not tell the two names apart")
    found = {hand_in.student: hand_in for hand_in in find_hand_ins(tmp_path)[0]}
    assert sorted(found) == sorted([student, "s02"])
    assert read_submission(found[student]).fault == (
        f"{files} all belong to {student}, and it is not clear which one counts. Keep one of them."
    )
    assert read_submission(found["s02"]).source == b"x = 1\n"


def test_the_bytes_are_read_as_they_are(tmp_path: Path):
    path = tmp_path / "s01.py"
    path.write_bytes(b"\xef\xbb\xbfx = '\xe9'\r\n")
    submission = read(path)
    assert (submission.source, submission.problem) == (b"\xef\xbb\xbfx = '\xe9'\r\n", "")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "s01.py is empty."),
        (b" \n\t\r\n", "s01.py is empty."),
        (b"#" * (10 * 2**20), "s01.py is 10.0 MB large; a file of at most 1 MB can be graded."),
    ],
)
def test_a_file_that_holds_nothing_to_grade(tmp_path: Path, content: bytes, problem: str):
    path = tmp_path / "s01.py"
    path.write_bytes(content)
    assert read(path).problem == problem


def test_a_link_is_not_followed(tmp_path: Path):
    (tmp_path / "secret.txt").write_text("answer = 42\n")
    (tmp_path / "s01.py").symlink_to(tmp_path / "secret.txt")
    submission = read(tmp_path / "s01.py")
    assert submission.source == b""
    assert submission.problem == "s01.py is a link, not a file; hand in the file itself."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_does_not_hang_the_grader(tmp_path: Path):
    os.mkfifo(tmp_path / "s01.py")
    assert read(tmp_path / "s01.py").problem == "s01.py is not a regular file."


def test_a_folder_that_ends_in_py_is_no_file(tmp_path: Path):
    (tmp_path / "s01.py").mkdir()
    (hand_in,), _ = find_hand_ins(tmp_path)
    assert read_submission(hand_in).problem in (
        "s01.py is not a regular file.",
        "The file s01.py can not be read: Is a directory.",
    )


def test_a_file_that_vanished_is_a_problem_not_an_end(tmp_path: Path):
    assert read(tmp_path / "gone.py").problem == "The file gone.py can not be read: No such file or directory."


def test_a_linked_folder_is_left_aside(tmp_path: Path):
    (tmp_path / "s01.py").write_text("x = 1\n")
    (tmp_path / "s02").symlink_to(tmp_path)
    found, others = find_hand_ins(tmp_path)
    assert [h.student for h in found] == ["s01"]
    assert [path.name for path in others] == ["s02"]
