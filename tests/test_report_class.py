"""Rows, the class page and the front page."""

from __future__ import annotations

import pytest
from test_report_results import (
    OFF_BY_ONE,
    check,
    criterion,
    full_marks,
    not_judged,
    off_by_one,
    result,
    text_of,
    the_class_page,
    the_front_page,
    trouble,
    two_wrong,
)

from grader.models import Verdict
from grader.report import class_page, front_page, prepare_pages, row_of, sheet, source, student_page

# ---------------------------------------------------------------- rows


def test_a_row_has_what_the_tables_need() -> None:
    row = row_of(two_wrong())
    assert (row.student, row.page, row.verdict, row.score, row.max_score) == ("s12", "s12.html", "partial", 16.5, 20.5)
    assert row.reason == f"grad_oa: {OFF_BY_ONE}"
    assert row.marks[0].checks == (
        ("random shapes", False),
        ("y indexing", False),
        ("numeric extremes", False),
        ("repeatable", True),
    )
    assert row.notes == ("grad_W2: The parameter delta was read as grad_oa, by its position.",)
    assert [(cause.misconception, cause.function) for cause in row.causes] == [("label-off-by-one", "grad_oa")]
    assert [function for function, _ in row.unexplained] == ["grad_W2"]


def test_rows_share_what_is_the_same() -> None:
    first, second = row_of(two_wrong("s01")), row_of(two_wrong("s02"))
    assert all(a is b for a, b in zip(first.marks, second.marks, strict=True))
    assert first.reason is second.reason
    assert first.sandbox is second.sandbox
    assert first.causes[0] is second.causes[0]


def test_the_reason_of_a_row() -> None:
    assert row_of(full_marks()).reason == ""
    assert row_of(not_judged()).reason == "The sandbox did not start."
    assert row_of(not_judged()).score is None
    assert row_of(trouble()).reason == f"grad_oa: {OFF_BY_ONE}"
    unreadable = result(criterion("f", check("c", 1, 1), verdict=Verdict.MISSING), message="Python can not read it")
    assert row_of(unreadable).reason == "Python can not read it."


# ---------------------------------------------------------------- the class page and the front page


def test_what_is_prepared_once_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that are forked later find it: templates, and the patterns that colour code."""
    sheet._TEMPLATES.cache.clear()  # type: ignore[union-attr]
    source.lexer.cache_clear()
    prepare_pages()
    monkeypatch.setattr(sheet._TEMPLATES, "compile", None)
    assert "grad_oa" in student_page(two_wrong())
    assert "s12" in class_page("hw3", "Homework 3", [row_of(two_wrong())])
    assert (source.lexer.cache_info().misses, source.lexer.cache_info().hits > 0) == (1, True)


def test_the_class_page_counts() -> None:
    said = text_of(the_class_page())
    assert "students 40 graded 39 median of 20.5" in said
    assert "Odd cases Score not known These failed on our side" in said
    assert "The sandbox did not start. 1 student s09" in said
    assert "Time and memory These used more than they may. grad_b2: took too long 1 student s07" in said


def test_what_the_class_did_not_understand_comes_worst_first() -> None:
    good = [row_of(full_marks(f"s{n}")) for n in range(3)]
    rows = [*good, row_of(two_wrong("s8")), row_of(result(off_by_one(), student="s9")), row_of(not_judged())]
    page = class_page("hw", "A homework", rows)
    said = text_of(page)
    assert f"{OFF_BY_ONE} 2 of 6 in grad_oa: the students s8 s9" in said
    rates = text_of(page.split('<table class="rates">')[1].split("</table>")[0])
    assert rates.startswith(
        "Passed, the worst first function and check bar passed "
        "grad_oa 3 of 5 numeric extremes 0 of 2 random shapes 3 of 5"
    )
    assert "grad_W2 3 of 4" in rates
    assert rates.index("grad_oa") < rates.index("grad_W2") < rates.index("grad_b2")


def test_the_histogram_is_told_in_words() -> None:
    rows = [row_of(full_marks("a")), row_of(full_marks("b")), row_of(not_judged("c"))]
    page = class_page("hw", "A homework", rows)
    assert 'aria-label="Histogram of scores. Points 18 to 20: 2 students."' in page


def test_a_cell_of_the_map_links_to_the_function() -> None:
    page = class_page("hw", "A homework", [row_of(two_wrong()), row_of(not_judged())])
    assert '<th scope="row"><a href="s12.html">s12</a></th><td class="p t">16.5</td>' in page
    assert '<td class="p"><a href="s12.html#f-grad_oa">0.5</a></td>' in page
    assert '<td class="f"><a href="s12.html#f-grad_b2">2.5</a></td>' in page
    assert '<td class="u"><a href="s09.html#f-grad_oa">?</a></td>' in page
    assert 'id="f-grad_oa"' in student_page(two_wrong())


def test_the_same_unusual_values_are_an_odd_case_if_few_share_them() -> None:
    assert "The same unusual values" in text_of(class_page("hw", "t", [row_of(two_wrong(n)) for n in "ab"]))
    assert "The same unusual values" not in text_of(class_page("hw", "t", [row_of(two_wrong(n)) for n in "abcdef"]))
    assert "The same unusual values" not in text_of(class_page("hw", "t", [row_of(two_wrong("a"))]))


def test_a_class_of_which_nothing_is_known() -> None:
    said = text_of(class_page("hw", "t", [row_of(not_judged(name)) for name in "ab"]))
    assert "students 2 graded 0 median of 20" not in said
    assert "median of 16 –" in said


def test_long_lists_of_students_are_cut() -> None:
    page = class_page("hw", "t", [row_of(two_wrong(f"s{n}")) for n in range(100)])
    assert "and 40 more" in text_of(page)


def test_two_thousand_rows_stay_small() -> None:
    rows = [row_of(two_wrong(f"s{n:04}")) for n in range(2000)]
    assert len(class_page("hw", "t", rows).encode()) < 2_000_000


def test_the_front_page() -> None:
    page = the_front_page()
    said = text_of(page)
    assert '<a href="hw3-gradients/index.html">hw3-gradients</a>' in page
    assert (
        "hw3-gradients Gradients of a one-hidden-layer network, one example handed in by 118 students median 16.5 of 20"
        in said
    )
    assert "handed in by 1 student median –" in said
    assert "Nothing has been graded yet." in text_of(front_page([]))
