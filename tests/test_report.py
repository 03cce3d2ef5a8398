"""What every page keeps, and what the student's page says."""

from __future__ import annotations

import base64
import hashlib
import io
import re

import pytest
from rich.console import Console
from test_report_results import (
    EVERY_PAGE,
    OFF_BY_ONE,
    Reader,
    check,
    criterion,
    full_marks,
    not_judged,
    off_by_one,
    result,
    text_of,
    the_class_page,
    trouble,
    two_wrong,
    wrong_shape,
)

from grader.models import Diagnosis, Learned, Verdict
from grader.report import student_page
from grader.report.student import _mend
from grader.report.terminal import self_check


@pytest.fixture(params=EVERY_PAGE)
def page(request: pytest.FixtureRequest) -> str:
    return EVERY_PAGE[request.param]()


# ---------------------------------------------------------------- every page


def test_every_page_is_one_closed_file(page: str) -> None:
    read = Reader(page)
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert read.tags.count("h1") == 1
    assert read.tags.count("main") == 1
    assert len(read.ids) == len(set(read.ids))
    assert not {"link", "img", "iframe", "object", "embed", "base", "form", "audio", "video"} & set(read.tags)
    assert not {"src", "style", "srcset", "action", "xlink:href"} & {name for _, name, _ in read.attributes}
    assert not [name for _, name, _ in read.attributes if name.startswith("on")]
    assert "http" not in page.replace("http-equiv", "")
    assert len(page.encode()) < 300_000


def test_every_link_stays_inside(page: str) -> None:
    read = Reader(page)
    links = [value for _, name, value in read.attributes if name == "href"]
    inside = [link[1:] for link in links if link.startswith("#")]
    outside = [link for link in links if not link.startswith("#")]
    assert "main" in inside
    assert set(inside) <= set(read.ids)
    assert all(re.fullmatch(r"[A-Za-z0-9._/-]+\.html(#f-[A-Za-z0-9_-]+)?", link) for link in outside)


def test_every_page_lets_in_only_its_own_blocks(page: str) -> None:
    policy = next(value for _, name, value in Reader(page).attributes if name == "content" and "default-src" in value)
    blocks = re.findall(r"<(style|script)>(.*?)</\1>", page, re.DOTALL)
    hashes = {kind: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for kind, text in blocks}
    script = f"'sha256-{hashes['script']}'" if "script" in hashes else "'none'"
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes['style']}'; script-src {script}; "
        "base-uri 'none'; form-action 'none'"
    )
    assert len(blocks) == len(hashes)


def test_every_table_has_a_caption_and_scopes(page: str) -> None:
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert all(table.count("<caption") == 1 for table in tables)
    assert all("scope" in heading for table in tables for heading in re.findall(r"<th[^e]*?>", table))


def test_no_page_speaks_our_jargon(page: str) -> None:
    said = text_of(page).lower()
    for word in (
        "trial",
        "oracle",
        "criterion",
        "criteria",
        "counterexample",
        "label-off-by-one",
        "judge_error",
        "none ",
    ):
        assert word not in said.replace("returned none", "")


def test_our_sentences_do_not_shout() -> None:
    for result_ in (full_marks(), not_judged(), two_wrong()):
        assert "!" not in text_of(student_page(result_))


def test_pages_are_the_same_every_time() -> None:
    assert student_page(trouble()) == student_page(trouble())
    assert the_class_page() == the_class_page()


# ---------------------------------------------------------------- the student's page


def test_full_marks() -> None:
    page = student_page(full_marks())
    said = text_of(page)
    assert "s01 20 of 20 Every function does what the homework asks. There is nothing to mend." in said
    assert "<title>s01: 20 of 20 · hw3-gradients</title>" in page
    assert page.count('<details class="part"') == 8
    assert "Mend this first" not in said
    assert "About the file" not in said
    assert "judged under" not in said
    assert "<article" not in page
    assert "<pre" not in page


def test_trouble_says_what_to_mend_first() -> None:
    said = text_of(student_page(trouble()))
    assert "s07 4.5 of 18" in said
    assert "1 of 9 functions do what the homework asks. judged under: mean at the output" in said
    assert "About the file Line 3 could not be run: ModuleNotFoundError: No module named 'torch'." in said
    assert "The functions were found inside the class Network." in said
    assert f"Mend this first: grad_oa {OFF_BY_ONE} Then: grad_hs The diagonal has the wrong sign. Then: grad_ha" in said
    assert "5 more things to mend below." in said


def test_the_small_print_has_what_it_takes_to_repeat() -> None:
    said = text_of(student_page(full_marks()))
    assert said.endswith(
        "grader 0.2.0 seed 0 sandbox seccomp, Landlock, own namespaces rubric 3f2a9c1b44de file 91bc0d77e2c4"
    )


def test_functions_with_the_same_cause_are_mended_together() -> None:
    cause = Diagnosis(misconception="label-off-by-one", feedback=OFF_BY_ONE)
    hs = criterion("grad_hs", check("random shapes", 12, worth=4), verdict=Verdict.WRONG_ANSWER, diagnosis=cause)
    b1 = criterion("grad_b1", check("random shapes", 12, worth=5), verdict=Verdict.WRONG_ANSWER, message="the sign")
    said = text_of(student_page(result(off_by_one(), hs, b1)))
    assert f"Mend this first: grad_oa {OFF_BY_ONE} The same costs points in grad_hs. Then: grad_b1 The sign." in said
    assert "more thing" not in said


def test_missing_functions_are_told_once() -> None:
    gone = [
        criterion(
            name, check("random shapes", 3, 3, verdict=Verdict.MISSING), verdict=Verdict.MISSING, message=f"no {name}"
        )
        for name in ("grad_oa", "grad_b2", "grad_x")
    ]
    said = text_of(student_page(result(*gone)))
    assert "Mend this first: grad_oa No grad_oa. The same costs points in grad_b2 and grad_x." in said
    assert "0 of 3 points" not in said
    assert said.count("not found") == 3


def test_methods_that_are_not_there_are_told_one_by_one() -> None:
    gone = [
        criterion(name, check("random shapes", 3, 3, verdict=Verdict.MISSING), verdict=Verdict.MISSING, message=message)
        for name, message in (("one_step", "no train"), ("twenty_steps", "no train"), ("loops", "no fprop_loop"))
    ]
    said = text_of(student_page(result(*gone)))
    assert (
        "Mend this first: one_step No train. The same costs points in twenty_steps. Then: loops No fprop_loop." in said
    )


def test_what_is_learned_is_mended_after_what_it_is_computed_with() -> None:
    picture = Learned.model_construct()
    learned = criterion("circles", check("two circles", 1, 1, worth=9), verdict=Verdict.WRONG_ANSWER, message="too few")
    wrong = criterion("os", check("random shapes", 12, worth=1), verdict=Verdict.WRONG_ANSWER, message="the sign")
    causes = _mend([learned.model_copy(update={"learned": picture}), wrong])
    assert [each.function for each in causes] == ["os", "circles"]


def test_the_terminal_says_a_cause_once_with_the_functions_it_costs() -> None:
    gone = [
        criterion(
            name, check("random shapes", 3, 3, verdict=Verdict.MISSING), verdict=Verdict.MISSING, message="no method f"
        )
        for name in ("one_step", "twenty_steps", "loops")
    ]
    console = Console(width=120, file=io.StringIO())
    for piece in self_check(result(*gone), "hw3", "s.py"):
        console.print(piece)
    said = console.file.getvalue()  # type: ignore[attr-defined]
    assert said.count("no method f") == 1
    assert said.count("The same costs points in twenty_steps and loops.") == 1
    assert said.count("not found") == 3


def test_a_file_that_python_can_not_read_is_the_one_thing_to_mend() -> None:
    message = "the file could not be read, so there is nothing to run"
    gone = [
        criterion(
            name, check("random shapes", 0, 3, verdict=Verdict.SKIPPED), verdict=Verdict.RUNTIME_ERROR, message=message
        )
        for name in ("grad_oa", "grad_b2")
    ]
    page = student_page(result(*gone, message="Python can not read the file: invalid syntax in line 3"))
    said = text_of(page)
    assert "Mend this first: the file Python can not read the file: invalid syntax in line 3." in said
    assert said.count("Python can not read the file") == 1
    assert "<article" not in page


def test_unknown_is_calm_and_never_zero() -> None:
    page = student_page(not_judged())
    said = text_of(page)
    assert "Score not known yet The score of this work is not known yet. Something went wrong on our side" in said
    assert "the course staff has been told" in said
    assert "What went wrong on our side The sandbox did not start." in said
    assert "grad_oa not known yet not known, of 2" in said
    assert "0 of" not in said.replace("seed 0", "")
    assert "Mend" not in said
    assert "bar-fill" not in page.partition("</style>")[2]
    assert "<title>s09: score not known yet · hw3-gradients</title>" in page


def test_the_parts_of_a_function_are_in_order_and_empty_ones_absent() -> None:
    page = student_page(two_wrong())
    oa = text_of(
        "<div>"
        + page.split('<article class="part open" id="f-grad_oa"')[1].split(">", 1)[1].split("</article>")[0]
        + "</div>"
    )
    expected = (
        "grad_oa partly right 0.5 of 3",
        "grad_oa = os - onehot(y)",
        "random shapes wrong answer 0 of 12 0 of 1",
        "y indexing wrong answer 0 of 6 0 of 1",
        "numeric extremes wrong answer 2 of 4 0 of 0.5",
        "repeatable accepted 2 of 2 0.5 of 0.5",
        f"what happened {OFF_BY_ONE} grad_oa is wrong for small integers: expected -0.5, got 0.5 at [0]",
        "You returned (m,) = (2,)",
        "The homework expects (m,) = (2,)",
        "for os (m,) = (2,)",
        "Seen in: random shapes, small integers.",
        "Try it yourself",
        "your code Look at line 14.",
    )
    places = [oa.index(text) for text in expected]
    assert places == sorted(places)
    w2 = page.split('id="f-grad_W2"')[1].split("</article>")[0]
    assert "your code" in w2
    assert "Look at line" not in w2
    assert "picture" not in w2


def test_a_sentence_is_said_once() -> None:
    said = text_of(student_page(two_wrong()))
    assert said.count("(2 of 2 entries differ)") == 1
    assert said.count("(2 of 12 entries differ)") == 1


def test_what_differs_is_marked_in_both_and_for_listeners() -> None:
    page = student_page(two_wrong())
    assert page.count("<mark>0.33335</mark>") == 1
    assert page.count("<mark>0.33333</mark>") == 1
    assert page.count("<mark>nan</mark>") == 1
    assert page.count("<mark>10.5</mark>") == 1
    assert page.count("<mark>") == page.count('<span class="sr"> differs</span>') == 8


def test_the_marked_line_is_pointed_at_in_words() -> None:
    page = student_page(two_wrong())
    line = page.split('<span class="line here" data-n="14">')[1].split("</span>\n")[0]
    assert "← here" in line
    assert 'data-n="12"' in page
    assert 'data-n="15"' in page
    assert 'data-n="16"' not in page


def test_what_came_back_that_is_no_array() -> None:
    page = student_page(trouble())
    assert '<pre class="returned">None</pre>' in page


def test_the_lines_to_try() -> None:
    page = student_page(two_wrong())
    lines = re.findall(r'aria-label="Lines to try (\w+)">(.*?)</pre>', page, re.DOTALL)
    assert lines[0] == (
        "grad_oa",
        "import numpy as np\n\nos = np.array([0.5, 0.5])\ny = 1\nprint(grad_oa(os, y))\n"
        "# it gave [0.5, -0.5]\n# the homework expects [-0.5, 0.5]",
    )
    assert "nan" not in lines[0][1]
    assert "Lines to try grad_hs" not in student_page(trouble()), "only a window of its input is known"


def test_a_passed_function_with_a_note_says_so() -> None:
    noted = criterion("grad_oa", notes=("the parameter probs was read as os",))
    page = student_page(result(noted, verdict=Verdict.ACCEPTED))
    said = text_of(page)
    assert "grad_oa accepted 1 note 2.5 of 2.5" in said
    assert "The parameter probs was read as os." in said


def test_checks_without_points_are_silent_but_for_their_notes() -> None:
    assert "unusual inputs" not in text_of(student_page(full_marks())).lower()
    unjudged = criterion(
        "grad_oa", check("random shapes", 12), check("unusual inputs", 0, 5, 0, verdict=Verdict.SKIPPED)
    )
    assert "unusual inputs" not in text_of(student_page(result(unjudged))).lower()


def test_a_check_that_was_not_judged_says_so() -> None:
    said = text_of(student_page(trouble()))
    assert "repeatable not judged 0 of 0.5" in said


def test_what_follows_from_an_earlier_mistake_is_mended_last() -> None:
    said = text_of(student_page(result(wrong_shape(), off_by_one())))
    assert said.index("Mend this first: grad_oa") < said.index("Then: grad_x")
    assert "follows from an earlier function of yours: mend that one first." in said


def test_a_picture_is_described() -> None:
    page = student_page(trouble())
    assert (
        'aria-label="19 of 400 entries differ. Where the array differs, as a grid of 20 by 20 blocks: 19 of 400 blocks '
        'hold entries that differ, between rows 1 to 19 and columns 1 to 19 of the grid."' in page
    )
