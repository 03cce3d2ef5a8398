"""A student's kit: what is in it, what must not be, and that it judges as the course does."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import yaml
from conftest import GOOD, ROOT, RUBRIC, WRONG, flags

from grader.cli import main
from grader.errors import RubricError
from grader.frozen import frozen, thawed
from grader.grade import grade
from grader.homework import read_homework
from grader.kit import kit
from grader.models import Submission
from grader.sandbox import Setting, run

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
RUBRICS = [ROOT / "rubrics" / f"{name}.yaml" for name in ("hw3-minibatch", "hw3-basics", "matrix-backprop")]
"""Two conventions, shapes of any kind, and worked examples."""


def command(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    code = main([*arguments])
    captured = capsys.readouterr()
    return code, captured.out.splitlines(), captured.err.strip()


@pytest.mark.parametrize("path", RUBRICS, ids=lambda path: path.stem)
def test_a_kit_holds_the_very_trials_and_nothing_of_the_reference(path: Path, tmp_path: Path):
    whole = read_homework(path, 1)
    for name, text in kit(whole, NOW).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
        assert "reference" not in text.replace("UnknownGraph", "")
        for criterion in whole.rubric.criteria:
            assert not criterion.formula or criterion.formula not in text
    again = read_homework(tmp_path / "rubrics" / f"{whole.rubric.homework}.yaml", 0)
    assert (again.seed, again.letters) == (1, whole.letters)
    assert again.rubric.max_score == whole.rubric.max_score
    assert again.calls.wanted == whole.calls.wanted
    assert again.numbers == whole.numbers
    for mine, theirs in zip(again.calls.calls, whole.calls.calls, strict=True):
        assert (mine.function, mine.layout, list(mine.values)) == (theirs.function, theirs.layout, list(theirs.values))
        for name, value in theirs.values.items():
            assert type(mine.values[name]) is type(value)
            assert np.array_equal(mine.values[name], value)
            assert np.asarray(mine.values[name]).dtype == np.asarray(value).dtype
    for key, values in whole.expected.items():
        for mine, theirs in zip(again.expected[key], values, strict=True):
            assert mine.shape == theirs.shape
            assert np.array_equal(mine, theirs)
    for function, trials in whole.trials.items():
        facts = [(t.check, t.case, t.dimensions, t.after_success, t.given, t.label_form) for t in trials]
        assert facts == [
            (t.check, t.case, t.dimensions, t.after_success, t.given, t.label_form) for t in again.trials[function]
        ]


@pytest.mark.parametrize(
    "value",
    [
        2,
        2.5,
        2.0,
        np.int64(3),
        np.array(3),
        np.array([[0.1, -1e300], [np.pi, 5e-324]]),
        np.zeros((0, 2)),
        np.array([1, 2]),
    ],
    ids=repr,
)
def test_a_value_comes_back_to_the_last_bit(value):
    back = thawed(json.loads(json.dumps(frozen(value))))
    assert type(back) is type(value)
    assert np.asarray(back).dtype == np.asarray(value).dtype
    assert np.asarray(back).shape == np.asarray(value).shape
    assert np.asarray(back).tobytes() == np.asarray(value).tobytes()


def test_a_kit_judges_a_whole_homework_as_the_course_does(tmp_path: Path, setting: Setting):
    whole = read_homework(ROOT / "rubrics" / "hw3-minibatch.yaml", 1)
    for name, text in kit(whole, NOW).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    again = read_homework(tmp_path / "rubrics" / "hw3-minibatch.yaml", 0)
    for path in sorted((ROOT / "submissions" / "hw3-minibatch").glob("s0[15].py")):
        submission = Submission(path.stem, path.read_bytes())
        ours, theirs = (
            grade(homework, submission, partial(run, setting), setting.level) for homework in (whole, again)
        )
        assert theirs.convention == ours.convention
        for mine, other in zip(theirs.criteria, ours.criteria, strict=True):
            assert [(check.name, check.verdict, check.failed) for check in mine.checks] == [
                (check.name, check.verdict, check.failed) for check in other.checks
            ]
            assert mine.score == (sum(check.score for check in other.checks))


def test_a_student_checks_a_file_in_the_kit(course: Path, capsys, monkeypatch: pytest.MonkeyPatch):
    Path("rubrics/small.yaml").write_text(RUBRIC + "visibility: {repeatable: hidden}\n")
    assert command(capsys, "kit", "rubrics/small.yaml") == (
        0,
        ["Not in the kit: repeatable", "The kit is in kits/small"],
        "",
    )
    files = sorted(str(path.relative_to("kits/small")) for path in Path("kits/small").rglob("*") if path.is_file())
    assert files == ["README.md", "rubrics/small.trials.json", "rubrics/small.yaml", "small.py"]
    for name in files:
        assert "repeatable" not in Path("kits/small", name).read_text()
    assert Path("kits/small/small.py").read_text() == (
        "import numpy as np\n\n\ndef double(x):\n    raise NotImplementedError\n\n\ndef total(double):\n"
        "    raise NotImplementedError\n"
    )
    readme = Path("kits/small/README.md").read_text()
    assert "| `double` | `x` | 1 |" in readme
    assert "The checks here are worth 3 points. Hidden checks are worth 1 more." in readme
    monkeypatch.chdir("kits/small")
    Path("small.py").write_text(GOOD)
    code, out, _err = command(capsys, "small.py", *flags())
    assert (code, "3 of 3" in out) == (0, True)
    Path("small.py").write_text(WRONG)
    code, out, _err = command(capsys, "small.py", *flags())
    assert (code, "2 of 3" in out) == (1, True)
    assert any("you returned" in line for line in out)


def test_mistakes_that_any_code_can_have_are_named_in_a_kit(course: Path, setting: Setting):
    wrong = {
        "def double(x):\n    return -2.0 * x\n": "wrong-sign",
        "def double(x):\n    return np.dubble(x)\n": "name-typo",
        "seen = []\n\n\ndef double(x):\n    seen.append(1)\n    return 2.0 * x + (len(seen) > 6)\n": "stale-cache",
    }
    for name, text in kit(read_homework(Path("rubrics/small.yaml"), 1), NOW).items():
        Path("kit", name).parent.mkdir(parents=True, exist_ok=True)
        Path("kit", name).write_text(text)
    homework = read_homework(Path("kit/rubrics/small.yaml"), 0)
    found = []
    for source in wrong:
        submission = Submission("s01", f"import numpy as np\n{source}".encode())
        diagnosis = grade(homework, submission, partial(run, setting), setting.level).criteria[0].diagnosis
        found.append(diagnosis and diagnosis.misconception)
    assert found == list(wrong.values())


def test_the_first_trial_once_more_is_known_only_where_the_first_is_there(course: Path):
    def first_and_last(more: str) -> tuple[object, object]:
        Path("rubrics/small.yaml").write_text(RUBRIC + more)
        for name, text in kit(read_homework(Path("rubrics/small.yaml"), 1), NOW).items():
            Path("kit", name).parent.mkdir(parents=True, exist_ok=True)
            Path("kit", name).write_text(text)
        trials = read_homework(Path("kit/rubrics/small.yaml"), 0).trials["double"]
        assert trials[-1].case == "same trial again"
        return trials[0].leaves, trials[-1].leaves

    first, last = first_and_last("")
    assert first is last
    first, last = first_and_last("visibility: {random shapes: hidden}\n")
    assert first is not last


def test_what_waits_for_the_due_date_is_in_the_kit_from_then_on(course: Path):
    text = RUBRIC + "due: 2026-06-01T14:00:00\ntimezone: Europe/Zurich\nvisibility: {repeatable: after_due}\n"
    Path("rubrics/small.yaml").write_text(text)
    homework = read_homework(Path("rubrics/small.yaml"), 1)
    before, after = (kit(homework, NOW.replace(hour=hour))["rubrics/small.yaml"] for hour in (11, 13))
    assert "repeatable" not in before
    assert "repeatable" in after
    assert yaml.safe_load(before)["due"] == datetime(2026, 6, 1, 14)


def test_the_trials_that_count_are_not_given_away(course: Path, capsys):
    assert command(capsys, "kit", "rubrics/small.yaml", "--seed", "0")[2] == (
        "grade: --seed 0: hand-ins are graded by the trials of this seed, unless grade is told another, so the kit would "
        "give them away; choose another, or leave --seed out"
    )
    assert not Path("kits").exists()


def test_what_no_kit_can_be_made_of_is_refused(course: Path, capsys):
    Path("rubrics/small.yaml").write_text(RUBRIC + "visibility: {repeatable: hidden, random shapes: hidden}\n")
    assert command(capsys, "kit", "rubrics/small.yaml")[2] == (
        "grade: rubrics/small.yaml, line 18: visibility: every check is hidden, so there is nothing for a kit"
    )
    Path("rubrics/small.yaml").write_text(RUBRIC)
    command(capsys, "kit", "rubrics/small.yaml")
    assert command(capsys, "kit", "rubrics/small.yaml")[2] == (
        "grade: kits/small/rubrics/small.yaml: this exists already; name another folder with --out, or overwrite it with --force"
    )
    assert command(capsys, "kit", "rubrics/small.yaml", "--force")[0] == 0
    assert command(capsys, "kit", "kits/small/rubrics/small.yaml")[2] == (
        "grade: kits/small/rubrics/small.yaml, line 3: trials: a kit is made of a rubric with a reference, and this one is "
        "of a kit"
    )
    assert command(capsys, "audit", "kits/small/rubrics/small.yaml")[2] == (
        "grade: kits/small/rubrics/small.yaml, line 3: trials: there is no reference to prove; audit the rubric that the "
        "kit is of"
    )


def _with_trial(trials: dict, **keys: object) -> str:
    trials["functions"][0]["trials"][0] |= keys
    return json.dumps(trials)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda trials: None, "the trials can not be read: No such file or directory"),
        (lambda trials: "{", "this file of trials is no JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        (
            lambda trials: json.dumps({**trials, "format": 2}),
            "these trials are of format 2, and this grader reads format 1; get the kit again, or another version of the grader",
        ),
        (lambda trials: "[" * 100_000, "this file of trials is no JSON: maximum recursion depth exceeded while decoding a JSON array from a unicode string"),
        (lambda trials: _with_trial(trials, calls=[]), "functions.0.trials.0.calls: Tuple should have at least 1 item after validation, not 0; get the kit again"),
        (
            lambda trials: _with_trial(trials, calls=[{"values": {}, "expected": {"shape": [10**9, 10**9], "float64": [1]}}]),
            "a value in these trials is no number and no array of its shape; get the kit again",
        ),
        (lambda trials: json.dumps({**trials, "seed": "x"}), "seed: Input should be a valid integer, unable to parse string as an integer; get the kit again"),
    ],
)  # fmt: skip
def test_trials_that_can_not_be_used_are_refused(course: Path, capsys, change, message: str):
    command(capsys, "kit", "rubrics/small.yaml")
    path = Path("kits/small/rubrics/small.trials.json")
    text = change(json.loads(path.read_text()))
    path.unlink()
    if text is not None:
        path.write_text(text)
    with pytest.raises(RubricError) as error:
        read_homework(Path("kits/small/rubrics/small.yaml"), 0)
    assert str(error.value) == f"kits/small/rubrics/small.yaml, line 3: trials: {path}: {message}"


def test_of_a_homework_with_a_class_no_kit_can_be_made(capsys, tmp_path: Path):
    path = ROOT / "rubrics" / "hw3-network.yaml"
    code = main(["kit", str(path), "--out", str(tmp_path / "kit")])
    said = capsys.readouterr().err
    assert (code, (tmp_path / "kit").exists()) == (2, False)
    assert said.endswith(
        ": class: students hand in a class, and what must hold of it is told with the reference; no kit can be made of it\n"
    )


def test_a_rubric_and_trials_that_do_not_belong_together_are_refused(course: Path, capsys):
    command(capsys, "kit", "rubrics/small.yaml")
    path = Path("kits/small/rubrics/small.yaml")
    text = path.read_text()
    for change, message in (
        (("homework: small", "homework: other"), "the trials have the homework 'small', and the rubric 'other'; get the kit again"),
        (("function: total", "function: sum"), "the trials have the functions ('double', 'total'), and the rubric ('double', 'sum'); get the kit again"),
        (("repeatable:\n", "again:\n"), "there are no trials of 'double' for 'again'; get the kit again"),
    ):  # fmt: skip
        path.write_text(
            text.replace(*change).replace(
                "repeatable: 1.0", "again: 1.0" if "again:\n" in change else "repeatable: 1.0"
            )
        )
        with pytest.raises(RubricError, match=re.escape(message) + "$"):
            read_homework(path, 0)
    path.write_text(text)
    with pytest.raises(
        RubricError, match="the trials are those of seed 1, and no others can be drawn without a reference"
    ):
        read_homework(path, 5)
    path.write_text(text.replace("trials: small", "reference: x.py\ntrials: small"))
    with pytest.raises(RubricError, match="line 4: trials: found 'reference' and 'trials', expected one of them"):
        read_homework(path, 0)
    path.write_text(re.sub("trials: .*\n", "", text))
    with pytest.raises(RubricError, match="reference: the key 'reference' is missing"):
        read_homework(path, 0)
