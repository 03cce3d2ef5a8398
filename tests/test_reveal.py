"""What a rubric's `reveal` hides is in no page and in no result that a student gets: it is searched for."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from html import unescape
from pathlib import Path

import pytest
from conftest import ROOT

from grader.batch import Job, grade_all
from grader.cli import main
from grader.grade import grade
from grader.homework import Homework
from grader.models import HandIn, Result, Reveal
from grader.report import student_page
from grader.reveal import revealed
from grader.sandbox import Setting, run
from grader.submissions import read_submission

WRONG = [
    ROOT / "tests" / "corpus" / "column" / "buggy" / name
    for name in ("label_eye_row.py", "W2_transposed_outer.py", "ha_leaky.py", "b2_tuple.py", "x_negative.py")
]
EXPECTED = re.compile(r"homework expects|expected [-+\d]", re.IGNORECASE)
"""values; a shape, such as that of b2 where a tuple came back, is no secret"""


@pytest.fixture(scope="module")
def results(gradients: Homework, setting: Setting) -> list[Result]:
    return [
        grade(gradients, read_submission(HandIn(path.stem, path)), partial(run, setting), setting.level)
        for path in WRONG
    ]


def words(page: str) -> str:
    """What stands on a page, styles and scripts left aside."""
    return unescape(re.sub(r"<(style|script)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL))


def numbers_expected(result: Result) -> set[str]:
    """The numbers that only the expected values have, as a page writes them."""
    found: set[str] = set()
    for criterion in result.criteria:
        example = criterion.counterexample
        if example is None or example.expected is None:
            continue
        others = " ".join(str(shown.values) for shown in (*example.inputs.values(), example.actual) if shown)
        numbers = re.findall(r"-?\d+\.\d{3,}", str(example.expected.values))
        found |= {number for number in numbers if number.lstrip("-") not in others}
    return found


def hidden(result: Result, reveal: Reveal) -> list[str]:
    """The page and the JSON of a result as a student gets it."""
    shown = revealed(result, reveal)
    return [words(student_page(shown)), shown.model_dump_json()]


def test_all_is_shown_where_nothing_is_hidden(results):
    assert all(revealed(result, "expected") is result for result in results)
    assert any(numbers_expected(result) for result in results), "else the search below would find nothing"


@pytest.mark.parametrize("reveal", ["verdict", "diagnosis", "counterexample"])
def test_what_was_expected_is_nowhere(results, reveal):
    for result in results:
        for text in hidden(result, reveal):
            assert not [number for number in numbers_expected(result) if number in text]
            assert not EXPECTED.search(text), result.student
            assert "onehot" not in text, "the formula is the answer"


@pytest.mark.parametrize("reveal", ["verdict", "diagnosis"])
def test_the_counterexample_is_nowhere(results, reveal):
    for result in results:
        for text in hidden(result, reveal):
            for criterion in result.criteria:
                if criterion.counterexample is not None:
                    assert criterion.counterexample.case not in text
            assert "Try it yourself" not in text
        shown = revealed(result, reveal)
        assert all(c.counterexample is None and c.difference is None for c in shown.criteria)


def test_the_diagnosis_is_nowhere(results):
    for result in results:
        named = [criterion.diagnosis for criterion in result.criteria if criterion.diagnosis]
        assert named
        for text in hidden(result, "verdict"):
            assert not [d for d in named if d.misconception in text or d.feedback in text]


def test_each_level_shows_more(results):
    for result in results:
        diagnosis = revealed(result, "diagnosis")
        example = revealed(result, "counterexample")
        assert [c.diagnosis for c in diagnosis.criteria] == [c.diagnosis for c in result.criteria]
        for before, after in zip(result.criteria, example.criteria, strict=True):
            if before.counterexample is not None:
                assert after.counterexample is not None
                assert after.counterexample.actual == before.counterexample.actual
                assert after.counterexample.inputs == before.counterexample.inputs


def test_scores_and_verdicts_are_the_same_at_every_level(results):
    for result in results:
        for reveal in ("verdict", "diagnosis", "counterexample"):
            shown = revealed(result, reveal)
            assert (shown.score, shown.verdict) == (result.score, result.verdict)
            assert [(c.score, c.verdict) for c in shown.criteria] == [(c.score, c.verdict) for c in result.criteria]


def test_the_class_is_graded_with_what_students_may_see_and_the_record_keeps_all(
    gradients: Homework, setting: Setting, tmp_path: Path
):
    rubric = gradients.rubric.model_copy(update={"reveal": "verdict"})
    homework = replace(gradients, file=replace(gradients.file, rubric=rubric))
    job = Job(homework, tmp_path, setting)
    list(grade_all(job, [HandIn("s01", WRONG[0])], 1))
    page = words(job.page_path("s01").read_text(encoding="utf-8"))
    record = Result.model_validate_json(job.result_path("s01").read_bytes())
    feedback = next(c.diagnosis.feedback for c in record.criteria if c.diagnosis)
    assert feedback not in page
    assert not EXPECTED.search(page)
    assert next(c.counterexample for c in record.criteria if c.counterexample).expected is not None


def test_a_self_check_shows_no_more_than_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    text = (ROOT / "rubrics" / "hw3-gradients.yaml").read_text(encoding="utf-8")
    reference = (ROOT / "reference" / "hw3_gradients.py").as_posix()
    rubric = tmp_path / "hw3-gradients.yaml"
    rubric.write_text(
        text.replace("reference: ../reference/hw3_gradients.py", f"reference: {reference}\nreveal: verdict"),
        encoding="utf-8",
    )
    assert main([str(WRONG[0]), "--rubric", str(rubric)]) == 1
    said = capsys.readouterr().out
    assert "17 of 20" in said
    assert not EXPECTED.search(said)
    assert "rows are counted from 0" not in said
