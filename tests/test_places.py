"""Which rubric judges which folder; where several could be meant, the error lists them."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import SubmissionError
from grader.places import find_rubrics, folder_for, match_folders, rubric_for_file


@pytest.fixture
def two(course: Path) -> list[Path]:
    (course / "rubrics" / "other.yaml").write_text("")
    return find_rubrics(course / "submissions")


def test_rubrics_are_found_beside_the_submissions_from_anywhere_below(course: Path, two: list[Path]):
    assert two == [Path("rubrics/other.yaml"), Path("rubrics/small.yaml")]
    assert find_rubrics(course / "submissions" / "small") == two


def test_rubrics_of_the_current_folder_serve_submissions_that_lie_elsewhere(course: Path, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert find_rubrics(elsewhere) == [Path("rubrics/small.yaml")]


def test_each_folder_is_matched_by_name_and_those_without_a_rubric_are_told(course: Path, two: list[Path]):
    (course / "submissions" / "hw9").mkdir()
    matched, without = match_folders(Path("submissions"), two)
    assert [(m.rubric, m.folder) for m in matched] == [(Path("rubrics/small.yaml"), Path("submissions/small"))]
    assert without == [Path("submissions/hw9")]


def test_the_folder_itself_may_be_the_homework(course: Path, two: list[Path], monkeypatch: pytest.MonkeyPatch):
    ((rubric, folder),) = [(m.rubric, m.folder) for m in match_folders(Path("submissions/small"), two)[0]]
    assert (rubric, folder) == (Path("rubrics/small.yaml"), Path("submissions/small"))
    monkeypatch.chdir(course / "submissions" / "small")
    assert match_folders(Path("."), two)[0][0].rubric == Path("rubrics/small.yaml")


def test_a_folder_that_matches_nothing_lists_the_rubrics(course: Path, two: list[Path]):
    (course / "inbox").mkdir()
    with pytest.raises(SubmissionError) as error:
        match_folders(Path("inbox"), two)
    assert str(error.value) == (
        "inbox: no rubric matches this folder or one in it. Name one with --rubric; there are: "
        "rubrics/other.yaml, rubrics/small.yaml."
    )
    with pytest.raises(SubmissionError) as error:
        match_folders(Path("inbox"), [])
    assert str(error.value) == (
        "inbox: no rubric matches this folder or one in it. There is no folder 'rubrics' with a .yaml file beside it; "
        "name a rubric with --rubric FILE."
    )


def test_a_named_rubric_judges_its_own_folder_below_or_the_folder_itself(course: Path):
    rubric = Path("rubrics/small.yaml")
    assert folder_for(rubric, "small", Path("submissions")).folder == Path("submissions/small")
    assert folder_for(rubric, "small", Path("submissions/small")).folder == Path("submissions/small")


def test_a_single_file_gets_the_rubric_of_its_folder_or_its_name_or_the_only_one(course: Path, two: list[Path]):
    assert rubric_for_file(Path("submissions/small/s01.py"), two) == Path("rubrics/small.yaml")
    assert rubric_for_file(Path("submissions/small/s01/any.py"), two) == Path("rubrics/small.yaml")
    assert rubric_for_file(Path("other.py"), two) == Path("rubrics/other.yaml")
    assert rubric_for_file(Path("anything.py"), two[:1]) == Path("rubrics/other.yaml")


def test_a_single_file_that_could_be_for_several_lists_them(course: Path, two: list[Path]):
    with pytest.raises(SubmissionError) as error:
        rubric_for_file(Path("mine.py"), two)
    assert str(error.value) == (
        "mine.py: it is not clear which homework this file is for. Name one with --rubric; there are: "
        "rubrics/other.yaml, rubrics/small.yaml."
    )
