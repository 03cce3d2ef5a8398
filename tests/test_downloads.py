"""The batch downloads of learning platforms, byte for byte as they come: recognised, and each hand-in its student's."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from conftest import GOOD, WRONG, flags

from grader import batch
from grader.cli import main
from grader.models import Result
from grader.submissions import downloaded, find_hand_ins, read_roster, read_submission, said_of

DOUBLE, TOTAL = GOOD.split("\n\n\n")

Tree = dict[str, str | bytes]


def zipped(path: Path, tree: Tree) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in tree.items():
            archive.writestr(name, text)
    return path


def unpacked(path: Path, tree: Tree) -> Path:
    for name, text in tree.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def student_zip(tree: Tree) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in tree.items():
            archive.writestr(name, text)
    return content.getvalue()


@pytest.fixture(params=[zipped, unpacked], ids=["zip", "folder"])
def made(request: pytest.FixtureRequest, tmp_path: Path):
    """A download, as the zip file that it is or unpacked."""
    name = "export.zip" if request.param is zipped else "export"
    return lambda tree: request.param(tmp_path / name, tree)


def summary(place: Path) -> dict[str, tuple[str, str, str]]:
    """id -> name, file, and the problem."""
    found = {}
    for hand_in in find_hand_ins(place)[0]:
        submission = read_submission(hand_in)
        found[hand_in.student] = (hand_in.name, submission.file_name if submission.source else "", submission.problem)
    return found


# ---------------------------------------------------------------- Moodle

MOODLE: Tree = {
    "First Last_1001_assignsubmission_file_/hw.py": GOOD,
    "First Last_1001_assignsubmission_onlinetext_/onlinetext.html": "<p>see file</p>",
    "Prénom Nom-Étudié_1002_assignsubmission_file_/src/hw.py": GOOD,
    "Prénom Nom-Étudié_1002_assignsubmission_file_/src/notes.txt": "x",
    "First Last_1003_assignsubmission_file/hw.zip": student_zip({"hw/hw.py": GOOD}),
    "Second_2 Student_1004_assignsubmission_file_/hw.py": WRONG,
    "学生 甲_1005_assignsubmission_onlinetext_/onlinetext.html": "<pre>def double(x)</pre>",
    "Participant_1006_assignsubmission_file_/hw.pdf": "%PDF",
}


def test_moodle(made):
    place = made(MOODLE)
    assert summary(place) == {
        "1001": ("First Last", "hw.py", ""),
        "1002": ("Prénom Nom-Étudié", "hw.py", ""),
        "1003": ("First Last", "hw.py", ""),
        "1004": ("Second 2 Student", "hw.py", ""),
        "1005": ("学生 甲", "", "Only a text was handed in, in Moodle's own editor, and no file."),
        "1006": ("Participant", "", "There is no Python file (.py or .ipynb) in 1006."),
    }
    assert {hand_in.system for hand_in in find_hand_ins(place)[0]} == {"Moodle"}


def test_moodle_without_folders_and_in_groups(made):
    tree: Tree = {
        "First Last_1001_assignsubmission_file_hw_1.py": GOOD,
        "First Last_1001_assignsubmission_onlinetext_onlinetext.html": "",
        "Group 7_55_assignsubmission_file_hw.py": GOOD,
        "Default group_assignsubmission_file_hw.py": GOOD,
    }
    assert summary(made(tree)) == {
        "1001": ("First Last", "hw_1.py", ""),
        "55": ("Group 7", "hw.py", ""),
        "Default group": ("Default group", "hw.py", ""),
    }


def faults(place: Path) -> dict[str, str]:
    """id -> why it has no score."""
    return {hand_in.student: hand_in.fault for hand_in in find_hand_ins(place)[0] if hand_in.fault}


def test_moodle_who_is_called_like_a_folder_gets_no_row_but_his_own(made):
    tree: Tree = {
        "Ann Lee_101_assignsubmission_file_/hw.py": WRONG,
        "Bob_101_assignsubmission_file_102_assignsubmission_file_/b.py": GOOD,
        "Cy_103_assignsubmission_file_/x_101_assignsubmission_file_/c.py": GOOD,
    }
    assert summary(made(tree)) == {
        "101": ("Ann Lee", "hw.py", ""),
        "102": ("Bob 101 assignsubmission file", "b.py", ""),
        "103": ("Cy", "c.py", ""),
    }


def test_moodle_without_folders_a_name_is_read_by_what_the_others_say(made):
    tree: Tree = {
        "Ann_101_assignsubmission_file_hw.py": WRONG,
        "Bob_101_assignsubmission_file_102_assignsubmission_file_b.py": GOOD,
        "Cy_103_assignsubmission_file_x_101_assignsubmission_file_c.py": GOOD,
        "Cy_103_assignsubmission_file_d.txt": "",
    }
    assert summary(made(tree)) == {
        "101": ("Ann", "hw.py", ""),
        "102": ("Bob 101 assignsubmission file", "b.py", ""),
        "103": ("Cy", "x_101_assignsubmission_file_c.py", ""),
    }


def test_moodle_what_can_be_two_peoples_is_nobodys(made):
    tree: Tree = {
        "Bob_101_assignsubmission_file_102_assignsubmission_file_b.py": GOOD,
        "Cy_103_assignsubmission_file_c.py": GOOD,
    }
    said = (
        "Bob_101_assignsubmission_file_102_assignsubmission_file_b.py can be the work of 101 (Bob), "
        "102 (Bob 101 assignsubmission file), and it is not clear whose it is. Find out, and rename it."
    )
    assert faults(made(tree)) == {"101": said, "102": said}


def test_moodle_one_id_with_two_names_is_nobodys(made):
    tree: Tree = {"Ann_101_assignsubmission_file_/hw.py": GOOD, "Bob_101_assignsubmission_file_/hw.py": WRONG}
    place = made(tree)
    assert faults(place) == {
        "101": "The id 101 comes with several names (Ann, Bob), and it is not clear whose work this is. "
        "Find out, and keep the files of one."
    }
    assert [each.student for each in find_hand_ins(place)[0]] == ["101"]


def test_moodle_what_is_no_hand_in_is_named(made):
    found, others = find_hand_ins(made({**MOODLE, "desktop.ini": "x", "extra.py": GOOD, "roster.csv": "id\n"}))
    assert (len(found), sorted(path.name for path in others)) == (6, ["desktop.ini", "extra.py"])


# ---------------------------------------------------------------- Canvas

CANVAS: Tree = {
    "lastfirst_4001_90001_hw.py": GOOD,
    "nométudiéprénom_LATE_4002_90002_hw-1.py": GOOD,
    "two_part_name_4003_90003_hw.py": GOOD,
    "studentsecond_4004_90004_hw.py": WRONG,
    "studentsecond_4004_90009_hw-2.py": GOOD,
    "third_4005_90010_main.py": "from helpers import *\n" + TOTAL,
    "third_4005_90011_helpers-1.py": DOUBLE,
    "fourth_4006_90012_part-1.py": DOUBLE,
    "fourth_4006_90013_part-2.py": TOTAL,
    "typist_4007_text.html": "<p>def</p>",
    "late_LATE_4008_link.html": "<a>",
    "zip_4009_90014_my_homework_1_2_3.zip": student_zip({"hw.py": GOOD}),
}


def test_canvas(made):
    place = made(CANVAS)
    by_id = {hand_in.student: hand_in for hand_in in find_hand_ins(place)[0]}
    typed = "Only a text or an address was handed in, in Canvas's own page, and no file."
    assert {student: (each.name, each.late, each.problem) for student, each in by_id.items()} == {
        "4001": ("lastfirst", False, ""),
        "4002": ("nométudiéprénom", True, ""),
        "4003": ("two_part_name", False, ""),
        "4004": ("studentsecond", False, ""),
        "4005": ("third", False, ""),
        "4006": ("fourth", False, ""),
        "4007": ("typist", False, typed),
        "4008": ("late", True, typed),
        "4009": ("zip", False, ""),
    }
    names = {student: [own for _path, own in each.files] for student, each in by_id.items()}
    assert names == {
        "4001": ["hw.py"], "4002": ["hw.py"], "4003": ["hw.py"], "4004": ["hw.py"], "4005": ["main.py", "helpers.py"],
        "4006": ["part-1.py", "part-2.py"], "4007": [], "4008": [], "4009": ["my_homework_1_2_3.zip"],
    }  # fmt: skip
    assert read_submission(by_id["4002"]).late is True


def test_canvas_the_newest_of_several_counts_and_the_page_says_so(made):
    hand_in = next(each for each in find_hand_ins(made(CANVAS))[0] if each.student == "4004")
    submission = read_submission(hand_in)
    assert submission.source.decode() == GOOD
    assert submission.notes == ("hw.py was handed in 2 times; the newest counts.",)


def test_canvas_anonymously(made):
    tree: Tree = {"anon_AbC12_90001_hw.py": GOOD, "LATE_anon_x9Y_90002_hw.py": GOOD, "anon_Zz0_text.html": ""}
    found = {each.student: (each.name, each.late) for each in find_hand_ins(made(tree))[0]}
    assert found == {"anon_AbC12": ("", False), "anon_x9Y": ("", True), "anon_Zz0": ("", False)}


HONEST: Tree = {"leeann_1001_90001_hw.py": WRONG, "cy_1003_90003_hw.py": GOOD}


@pytest.mark.parametrize(
    ("name", "student", "file"),
    [
        ("x_1001_99999_1099_90099_hw.py", "1099", "hw.py"),
        ("x_1001_1099_90099_hw.py", "1099", "hw.py"),
        ("x_1001_99999_LATE_1099_90099_hw.py", "1099", "hw.py"),
        ("doe_1099_90099_hw_2026_11_05_final.py", "1099", "hw_2026_11_05_final.py"),
        ("doe_1099_90099_20261105_hw.py", "1099", "20261105_hw.py"),
        ("doe_1099_90099_1_2_3.py", "1099", "1_2_3.py"),
        ("2nd_doe_2_1099_90099_hw.py", "1099", "hw.py"),
        ("leeann_1001_90099_1_2_hw.py", "1001", "1_2_hw.py"),
    ],
)
def test_canvas_numbers_in_a_name_are_read_by_what_the_others_say(made, name: str, student: str, file: str):
    place = made({**HONEST, name: GOOD})
    by_id = {each.student: each for each in find_hand_ins(place)[0]}
    assert faults(place) == {}
    assert file in [own for _path, own in by_id[student].files]
    assert set(by_id) == {"1001", "1003", student}
    assert "hw.py" in [own for _path, own in by_id["1001"].files]


def test_canvas_where_all_names_hold_numbers_they_are_read_from_the_front(made):
    tree: Tree = {f"s{n}_100{n}_9000000{n}_2025000{n}_hw.py": GOOD for n in range(5)}
    assert list(summary(made(tree))) == [f"100{n}" for n in range(5)]


def test_canvas_what_can_be_two_peoples_is_nobodys(made):
    tree: Tree = {"x_1001_99999_1099_90099_hw.py": GOOD, "cy_1003_90003_hw.py": GOOD}
    said = (
        "x_1001_99999_1099_90099_hw.py can be the work of 1001 (x), 1099 (x_1001_99999), and it is not clear whose it "
        "is. Find out, and rename it."
    )
    place = made(tree)
    assert faults(place) == {"1001": said, "1099": said}
    assert summary(place)["1003"] == ("cy", "hw.py", "")


def test_canvas_one_id_with_two_names_is_nobodys(made):
    assert faults(made({**HONEST, "x_1001_90009_hw.py": GOOD})) == {
        "1001": "The id 1001 comes with several names (leeann, x), and it is not clear whose work this is. "
        "Find out, and keep the files of one."
    }


@pytest.mark.parametrize("stray", ["desktop.ini", "Thumbs.db", "notes.txt", "extra.py", "grades/all.py", "Icon\r"])
def test_canvas_a_stray_file_is_set_aside_and_named(made, stray: str):
    found, others = find_hand_ins(made({**HONEST, stray: "x"}))
    assert [each.student for each in found] == ["1001", "1003"]
    assert [path.name for path in others] == [stray.partition("/")[0]]


def test_several_names_of_canvas_in_a_zip_file_are_never_one_students(tmp_path: Path):
    tree: Tree = {**HONEST, "a.py": GOOD, "b.py": GOOD, "c.py": GOOD}
    found, others = find_hand_ins(zipped(tmp_path / "export.zip", tree))
    assert [each.student for each in found] == ["1001", "1003"]
    assert [path.name for path in others] == ["a.py", "b.py", "c.py"]


def test_a_folder_that_only_looks_like_canvas_is_a_folder(tmp_path: Path):
    unpacked(tmp_path, {"a_1_2_hw.py": GOOD, "s01.py": GOOD})
    assert [each.student for each in find_hand_ins(tmp_path)[0]] == ["a_1_2_hw", "s01"]


# ---------------------------------------------------------------- Gradescope

METADATA = """\
---
submission_700001:
  :submitters:
  - :name: First Last
    :sid: '100'
    :email: s01@example.edu
  :created_at: 2026-04-26 17:34:00.861687000 Z
  :score: 2.0
  :status: processed
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    score: 2.0
    output: |-
      ====: [x
  :history:
  - :id: 600001
    :created_at: 2026-04-25 10:00:00.000000000 Z
    :score: 1.0
submission_700002:
  :submitters:
  - :name: Second Student
    :sid: 101
    :email: s02@example.edu
  - :name: Prénom Nom
    :sid:
    :email: s03@example.edu
  :created_at: 2026-04-26 19:34:00.000000000 +02:00
  :history: []
submission_700003:
  :submitters: []
  :created_at: 2026-04-26
submission_700004:
  :submitters:
  - :name: Third
    :sid: '104'
submission_700005:
  :submitters:
  - :name: First Last
    :sid: '100'
  :created_at: 2026-04-20 17:34:00.861687000 Z
"""

GRADESCOPE: Tree = {
    "assignment_77_export/submission_metadata.yml": METADATA,
    "assignment_77_export/submission_700001/hw.py": GOOD,
    "assignment_77_export/submission_700002/a/hw.py": GOOD,
    "assignment_77_export/submission_700003/hw.py": WRONG,
    "assignment_77_export/submission_700005/hw.py": WRONG,
    "assignment_77_export/submission_700006/hw.py": WRONG,
    "assignment_77_export/.DS_Store": "x",
    "__MACOSX/assignment_77_export/._submission_metadata.yml": "x",
}


def test_gradescope(made):
    place = made(GRADESCOPE)
    assert summary(place) == {
        "100": ("First Last", "hw.py", ""),
        "101": ("Second Student", "hw.py", ""),
        "104": ("Third", "", "Gradescope's export holds no file of this submission."),
        "submission_700003": ("", "hw.py", ""),
        "submission_700006": ("", "hw.py", ""),
        "s03@example.edu": ("Prénom Nom", "hw.py", ""),
    }


def test_gradescope_tells_times_and_attempts_and_the_newest_counts(made):
    by_id = {each.student: read_submission(each) for each in find_hand_ins(made(GRADESCOPE))[0]}
    ann, bo = by_id["100"], by_id["101"]
    assert ann.source.decode() == GOOD
    assert ann.submitted_at == datetime(2026, 4, 26, 17, 34, 0, 861687, tzinfo=UTC)
    assert (ann.attempt, ann.notes) == (2, ("There are 2 submissions of this work; the newest counts.",))
    assert bo.submitted_at == datetime(2026, 4, 26, 19, 34, tzinfo=timezone(timedelta(hours=2)))
    assert (bo.attempt, bo.notes) == (1, ())
    assert all(each.submitted_at is None or each.submitted_at.tzinfo for each in by_id.values())


@pytest.mark.parametrize("metadata", ["{", "- a\n- b\n", "a: 3\n", "x: 2026-99-99 99:99:99 Z\n", "\0", "&a [*a, *a]\n"])
def test_gradescope_with_metadata_that_can_not_be_read_has_its_files(made, metadata: str):
    found, others = find_hand_ins(made({"submission_metadata.yml": metadata, "submission_1/hw.py": GOOD}))
    assert [(each.student, read_submission(each).file_name) for each in found] == [("submission_1", "hw.py")]
    assert others == [Path("submission_metadata.yml")]


def test_gradescope_a_time_that_can_not_be_read_costs_its_own_and_nothing_else(made):
    place = made({**GRADESCOPE, "assignment_77_export/submission_metadata.yml": METADATA.replace(
        "2026-04-26 17:34:00.861687000 Z", "2026-02-30 10:00:00 Z")})  # fmt: skip
    found, others = find_hand_ins(place)
    by_id = {each.student: read_submission(each) for each in found}
    assert set(by_id) == {"100", "101", "104", "s03@example.edu", "submission_700003", "submission_700006"}
    assert by_id["101"].submitted_at is not None
    assert others == []
    assert said_of(place, others)[0] == (
        "submission_metadata.yml: the time of submission_700001 (2026-02-30 10:00:00 Z) can not be read, and counts as "
        "not known"
    )


def test_gradescope_a_time_that_can_not_be_read_is_said_to_its_student(made):
    text = "s:\n  :submitters: [{':name': A, ':sid': '1'}]\n  :created_at: 2026-02-30 10:00:00 Z\n"
    (hand_in,) = find_hand_ins(made({"submission_metadata.yml": text, "s/hw.py": GOOD}))[0]
    submission = read_submission(hand_in)
    assert (submission.student, submission.submitted_at, submission.source.decode()) == ("1", None, GOOD)
    assert submission.notes == (
        "The time in Gradescope's export (2026-02-30 10:00:00 Z) can not be read, so when this was handed in is not known.",
    )


def test_gradescope_one_submission_of_which_nothing_can_be_read_costs_its_own(made):
    text = (
        "submission_1: {[a]: b}\nsubmission_2:\n  :submitters: [{':name': A, ':sid': '1'}]\n  :score: 0x" + "f" * 9999
    )
    place = made({"submission_metadata.yml": text, "submission_1/hw.py": GOOD, "submission_2/hw.py": GOOD})
    found, others = find_hand_ins(place)
    assert ([each.student for each in found], others) == (["1", "submission_1"], [])
    assert [line.partition(":")[0] for line in said_of(place, others)] == ["submission_metadata.yml", "submission_1"]


def test_gradescope_a_folder_of_which_nothing_is_said_is_named(made):
    place = made(GRADESCOPE)
    found, others = find_hand_ins(place)
    by_id = {each.student: each for each in found}
    assert others == []
    assert (
        "submission_700006: submission_metadata.yml does not say whose it is, so it is graded under its own name"
        in (said_of(place, others))
    )
    assert by_id["submission_700006"].notes == ("Gradescope's export does not say whose work this is.",)


def test_gradescope_metadata_that_can_not_be_read_are_named_with_the_reason(made):
    place = made({"submission_metadata.yml": "a: 1\nb: [\n", "submission_1/hw.py": GOOD})
    (line,) = said_of(place, find_hand_ins(place)[1])
    assert line.startswith("submission_metadata.yml can not be read (line ")
    assert line.endswith("): ids, names and times are not known, and folders count as ids")


def test_gradescope_two_people_with_one_id_are_no_score(made):
    people = [
        ("1", "Ann", "a@x"),
        ("1", "Bob", "b@x"),
        ("ann", "Cy", "c@x"),
        ("ANN", "Dd", "d@x"),
        ("2", "E", "e@x"),
        ("2", "E.", "E@x"),
    ]
    text = "".join(
        f"submission_{n}:\n  :submitters:\n  - {{':name': '{name}', ':sid': '{sid}', ':email': '{email}'}}\n"
        f"  :created_at: 2026-11-20 1{n}:00:00 Z\n"
        for n, (sid, name, email) in enumerate(people)
    )
    files: Tree = {f"submission_{n}/hw.py": GOOD for n in range(len(people))}
    place = made({"submission_metadata.yml": text, **files})
    assert faults(place) == {
        "1": "The id 1 belongs to several people in Gradescope's export (Ann (a@x), Bob (b@x)), and it is not clear whose "
        "work counts. Give each of them an id of their own.",
        "ann": "submission_2/hw.py, submission_3/hw.py all belong to ann, and it is not clear which one counts. Keep one "
        "of them.",
    }
    assert len(find_hand_ins(place)[0]) == 3


# ---------------------------------------------------------------- what staff is told


def test_what_is_left_aside_is_told_with_its_reason(made):
    place = made({**HONEST, "desktop.ini": "x", "extra.py": GOOD})
    _found, others = find_hand_ins(place)
    assert said_of(place, others) == [
        "left aside, because only .py, .ipynb and .zip files are graded: desktop.ini",
        "left aside, because their names do not say whose they are: extra.py",
    ]
    assert said_of(place, others, hidden=True) == [
        "left aside, because only .py, .ipynb and .zip files are graded: 1 files",
        "left aside, because their names do not say whose they are: 1 files",
    ]
    many = [Path(f"{n}.txt") for n in range(7)]
    assert said_of(place, many) == [
        "left aside, because only .py, .ipynb and .zip files are graded: 0.txt, 1.txt, 2.txt, 3.txt, 4.txt and 2 more"
    ]


# ---------------------------------------------------------------- GitHub


def repositories(title: str, start: str, mark: str) -> Tree:
    return {
        f"{title}/{start}octocat/{mark}": "ref: refs/heads/main\n",
        f"{title}/{start}octocat/hw.py": GOOD,
        f"{title}/{start}octocat/.github/workflows/classroom.yml": "on: push",
        f"{title}/{start}octo-cat/{mark}": "ref: refs/heads/main\n",
        f"{title}/{start}octo-cat/.git/hooks/pre-commit.py": "1 / 0",
        f"{title}/{start}octo-cat/hw.py": WRONG,
        f"{title}/{start}empty/{mark}": "ref: refs/heads/main\n",
        f"{title}/{start}empty/README.md": "# hw",
    }


@pytest.mark.parametrize(
    ("title", "start", "mark"),
    [
        ("hw-one-submissions", "hw-one-", ".git/HEAD"),
        ("cs-hw_submissions_2026_05_09_T_14_30_45", "cs-hw-", ".classroom50.yml"),
        ("anything", "cs-hw-", ".git/HEAD"),
    ],
)
def test_repositories(made, title, start, mark):
    place = made(repositories(title, start, mark))
    assert summary(place) == {
        "empty": ("", "", "There is no Python file (.py or .ipynb) in empty."),
        "octo-cat": ("", "hw.py", ""),
        "octocat": ("", "hw.py", ""),
    }


def test_names_that_share_more_than_the_assignment_are_kept_whole_where_the_folder_says_it(made):
    tree: Tree = {
        f"hw-submissions/hw-{name}/{file}": GOOD for name in ("ann-a", "ann-b") for file in (".git/HEAD", "hw.py")
    }
    assert list(summary(made(tree))) == ["ann-a", "ann-b"]


# ---------------------------------------------------------------- hostile downloads


def test_a_name_that_leads_out_of_a_folder_is_a_row_of_whoever_has_the_folder(tmp_path: Path):
    tree: Tree = {"../A_1_assignsubmission_file_/hw.py": GOOD, "B_2_assignsubmission_file_/../../hw.py": GOOD,
                  "C_3_assignsubmission_file_/hw.py": GOOD}  # fmt: skip
    assert summary(zipped(tmp_path / "export.zip", tree)) == {
        "2": ("B", "", "2 holds a file with the name ../../hw.py, which leads out of it; zip your files again."),
        "3": ("C", "hw.py", ""),
    }
    tree = {"submission_metadata.yml": METADATA, "submission_700001/../x.py": GOOD, "submission_9/../x.py": GOOD}
    problems = {
        student: problem for student, (_name, _file, problem) in summary(zipped(tmp_path / "2.zip", tree)).items()
    }
    for student, folder in (("100", "submission_700001"), ("submission_9", "submission_9")):
        assert problems[student] == (
            f"{folder} holds a file with the name ../x.py, which leads out of it; zip your files again."
        )


def test_a_bad_hand_in_in_a_download_costs_its_own_row(tmp_path: Path):
    place = zipped(
        tmp_path / "export.zip",
        {
            "A_1_assignsubmission_file_/hw.zip": student_zip({"../hw.py": GOOD}),
            "B_2_assignsubmission_file_/hw.py": "#" * (3 * 2**20),
            "C_3_assignsubmission_file_/hw.ipynb": "{",
            "D_4_assignsubmission_file_/hw.py": GOOD,
            "E_5_assignsubmission_file_/a.zip": student_zip({"b.zip": student_zip({"hw.py": GOOD})}),
        },
    )
    link = zipfile.ZipInfo("F_6_assignsubmission_file_/hw.py")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(place, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    problems = {student: problem for student, (_name, _file, problem) in summary(place).items()}
    assert problems == {
        "1": "hw.zip holds a file with the name ../hw.py, which leads out of it; zip your files again.",
        "2": "hw.py is 3.0 MB large; a file of at most 1 MB can be graded.",
        "3": "hw.ipynb can not be read as a notebook: it is not what Jupyter writes. Save it again, and hand it in anew.",
        "4": "",
        "5": "There is no Python file in a.zip, only more zip files (b.zip); zip the Python files themselves.",
        "6": "hw.py is not a regular file.",
    }


def test_links_in_an_unpacked_download_are_not_followed(tmp_path: Path):
    place = unpacked(tmp_path / "export", {"A_1_assignsubmission_file_/hw.txt": "x"})
    (tmp_path / "secret.py").write_text(GOOD)
    (place / "A_1_assignsubmission_file_" / "hw.py").symlink_to(tmp_path / "secret.py")
    assert summary(place)["1"][2] == "hw.py is a link, not a file; hand in the file itself."


def test_two_zip_files_of_one_student_are_no_score(tmp_path: Path):
    tree: Tree = {f"A_1_assignsubmission_file_/{name}.zip": student_zip({"hw.py": GOOD}) for name in "ab"}
    (hand_in,) = find_hand_ins(zipped(tmp_path / "export.zip", tree))[0]
    assert read_submission(hand_in).fault == (
        "1 holds 2 zip files (a.zip, b.zip), and it is not clear which one is meant."
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", student_zip({}), student_zip({"hw.py": GOOD})])
def test_a_zip_file_that_is_no_download(tmp_path: Path, content: bytes):
    path = tmp_path / "hw.zip"
    path.write_bytes(content)
    assert downloaded(path) == []


# ---------------------------------------------------------------- the roster


def roster(path: Path, text: str | bytes):
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_roster(path)


@pytest.mark.parametrize(
    ("text", "student", "person"),
    [
        ("id,name,email\ns01,First Last,s01@example.edu\n", "s01", ("First Last", "s01@example.edu")),
        ("\ufeffid;name;email\r\ns01;Last, First;s01@example.edu\r\n", "S01", ("Last, First", "s01@example.edu")),
        ('"identifier","github_username","github_id","name"\n"1234","octocat","1","First"\n', "octocat", ("First", "")),
        ("username,first_name,last_name,email,section,github_id\nocto,Prénom,Nom,,1,2\n", "octo", ("Prénom Nom", "")),
        ("Student,ID,SIS User ID,SIS Login ID,Section\n\"Last, First\",4001,x,y,z\n", "4001", ("Last, First", "")),
        ("LastName,FirstName,ID,SIS Login ID,Section\nLast,First,4001,y,z\n", "4001", ("First Last", "")),
        ("Identifier,Full name,Email address,Status\nParticipant 1001,First Last,a@b.c,x\n", "1001", ("First Last", "a@b.c")),
        ("student\tname\ns01\tFirst\n", "s01", ("First", "")),
    ],
)  # fmt: skip
def test_rosters(tmp_path: Path, text: str, student: str, person: tuple[str, str]):
    read = roster(tmp_path / "roster.csv", text)
    found = read.find(student)
    assert found is not None
    assert ((found.name, found.email), read.faults) == (person, ())


def test_a_heading_in_quotes_separates_nothing(tmp_path: Path):
    read = roster(tmp_path / "roster.csv", '"grades, comments, and more";id;name\n;s01;First Last\n')
    assert (read.people["s01"].name, read.faults) == ("First Last", ())


def test_a_wrong_row_of_a_roster_is_left_out_and_named(tmp_path: Path):
    path = tmp_path / "roster.csv"
    read = roster(
        path, "id,name,email\n,Nobody,\ns01,First,first\n\ns02,Second,b@c.d\nS02,Again,\ns03,Third,c@d.e,x\ns04\n"
    )
    assert sorted(read.people) == ["s02", "s04"]
    assert read.faults == (
        f"{path}, line 2: it has no id; the row is left out",
        f"{path}, line 3: 'first' is no e-mail address; the row is left out",
        f"{path}, line 6: the id S02 stands there a second time; the row is left out",
        f"{path}, line 7: it has 4 cells, and there are 3 titles; the row is left out",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,email\nFirst,a@b.c\n", "line 1: no column of the roster is called 'id' (or sid, username, github_username, student); found: name, email"),
        ("", "line 1: no column of the roster is called 'id' (or sid, username, github_username, student); found: nothing"),
        (b"id,name\ns01,\xe9\n", "line 2: the roster is not UTF-8; save it as CSV in UTF-8"),
    ],
)  # fmt: skip
def test_what_is_no_roster(course: Path, capsys: pytest.CaptureFixture[str], text, message):
    path = Path("submissions/roster.csv")
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    assert main(["submissions", *flags()]) == 0
    separator = ", " if message.startswith("line") else ": "
    assert capsys.readouterr().err == f"{path}{separator}{message}; graded without it\n"
    assert main(["submissions", "--roster", str(path), *flags()]) == 2


# ---------------------------------------------------------------- from the command line


def scores() -> dict[str, float | None]:
    results = [Result.model_validate_json(path.read_text()) for path in Path("reports/small/results").iterdir()]
    return {result.student: result.score for result in sorted(results, key=lambda result: result.student)}


def test_grade_a_download_as_it_comes(course: Path, capsys: pytest.CaptureFixture[str]):
    zipped(course / "C1-Homework-42.zip", MOODLE)
    assert main(["C1-Homework-42.zip", *flags()]) == 0
    assert scores() == {"1001": 4.0, "1002": 4.0, "1003": 4.0, "1004": 2.0, "1005": 0.0, "1006": 0.0}
    out, err = capsys.readouterr()
    assert "small: 6 submissions, downloaded from Moodle\n" in out
    assert "1002 Prénom Nom-Étudié" in out
    assert err == ""
    first = {path: path.read_bytes() for path in Path("reports").rglob("*") if path.is_file()}
    unpacked(course / "elsewhere", MOODLE)
    assert main(["elsewhere", "--fresh", "--jobs", "3", *flags()]) == 0
    assert {path: path.read_bytes() for path in Path("reports").rglob("*") if path.is_file()} == first


def test_a_download_may_lie_where_the_submissions_lie(course: Path):
    for path in (course / "submissions" / "small").iterdir():
        path.unlink()
    (course / "submissions" / "small").rmdir()
    zipped(course / "submissions" / "small.zip", CANVAS)
    assert main(["submissions", "--quiet", *flags()]) == 3  # part-1.py and part-2.py
    assert scores() == {
        "4001": 4.0, "4002": 4.0, "4003": 4.0, "4004": 4.0, "4005": 4.0, "4006": None, "4007": 0.0, "4008": 0.0, "4009": 4.0,
    }  # fmt: skip


def test_the_roster_names_students_on_the_teachers_pages_only(course: Path, capsys: pytest.CaptureFixture[str]):
    text = 'id,name,email\ns01,"Last, <First>",s01@example.edu\ns02,=cmd(),\ns09,Nobody Yet,\n'
    Path("submissions/small/roster.csv").write_text(text)
    assert main(["submissions", *flags()]) == 0
    out, err = capsys.readouterr()
    assert "small: nothing from 1 of the roster: Nobody Yet\n" in out
    assert "s01 Last, <First>" in out
    assert err == ""
    page = Path("reports/small/index.html").read_text()
    assert "Last, &lt;First&gt; (s01)" in page
    rows = list(csv.DictReader(Path("reports/small/gradebook.csv").read_text().splitlines()))
    assert [(row["student"], row["name"], row["email"]) for row in rows] == [
        ("s01", "Last, <First>", "s01@example.edu"),
        ("s02", "'=cmd()", ""),
    ]
    for path in (*Path("reports/small").glob("s0*.html"), *Path("reports/small/results").iterdir()):
        assert "First>" not in path.read_text()
        assert "s01@" not in path.read_text()


def test_a_student_can_not_bring_a_roster(course: Path):
    unpacked(Path("submissions/small/s03"), {"hw.py": GOOD, "roster.csv": "id,name\ns01,Somebody Else\n"})
    (Path("submissions/small/s01.py")).unlink()
    (Path("submissions/small/s02.py")).unlink()
    assert main(["submissions/small", "--quiet", *flags()]) == 0
    assert "Somebody Else" not in Path("reports/small/index.html").read_text()


def test_a_result_stands_as_long_as_no_file_of_it_changes(course: Path, monkeypatch: pytest.MonkeyPatch):
    tree: Tree = {
        "lastfirst_4001_90001_main.py": "from helpers import *\n" + TOTAL,
        "lastfirst_4001_90002_helpers.py": DOUBLE,
    }
    place = unpacked(course / "export", tree)
    assert main(["export", "--quiet", *flags()]) == 0
    assert scores() == {"4001": 4.0}
    graded: list[int] = []
    really = batch.grade
    monkeypatch.setattr(batch, "grade", lambda *rest: graded.append(1) or really(*rest))
    assert main(["export", "--quiet", "--jobs", "1", *flags()]) == 0
    assert graded == []
    (place / "lastfirst_4001_90002_helpers.py").write_text("def double(x):\n    return 0 * x\n")
    assert main(["export", "--quiet", "--jobs", "1", *flags()]) == 0
    assert (graded, scores()) == ([1], {"4001": 2.0})


def test_the_console_says_what_is_wrong_with_a_download(course: Path, capsys: pytest.CaptureFixture[str]):
    unpacked(course / "export", {"submission_metadata.yml": "b: [\n", "submission_1/hw.py": GOOD})
    assert main(["export", *flags()]) == 0
    said = capsys.readouterr().err
    assert "small: submission_metadata.yml can not be read (line " in said
    assert "left aside" not in said
