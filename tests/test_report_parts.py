"""Arrays, code, formulas and strange text, each by itself."""

from __future__ import annotations

import pytest
from test_report_results import (
    EVERY_PAGE,
    FORMULAS,
    GRAD_OA,
    HARMLESS,
    STRANGE,
    Reader,
    full_marks,
    hostile,
    the_class_page,
)

from grader.models import DifferenceShown, Shown, SourceShown, Verdict
from grader.report import Entry, class_page, front_page, row_of, student_page, visible
from grader.report.formula import mathml
from grader.report.matrix import pair, picture, shape_text, short, single
from grader.report.source import Budget, code, defined_name
from grader.report.words import STATUS, listed, points

# ---------------------------------------------------------------- arrays


def test_only_the_necessary_digits_are_shown() -> None:
    assert [short(value) for value in (0.0, -0.0, 2, 2.0, 0.1, 1 / 3, -1e-13, 123456.0, 1.5e9, "nan", "-inf")] == (
        ["0", "0", "2", "2", "0.1", "0.3333", "-1e-13", "123456", "1.5e9", "nan", "-inf"]
    )


def test_shapes_have_letters() -> None:
    assert shape_text(Shown(shape=(3, 4), letters=("dh", "m"), values=[])) == "(dh, m) = (3, 4)"
    assert shape_text(Shown(shape=(2,), letters=("m",), values=[])) == "(m,) = (2,)"
    assert shape_text(Shown(shape=(3, 1), values=[])) == "shape (3, 1)"
    assert shape_text(Shown(shape=(), values=1.0)) == ""


def test_points_stand_below_each_other() -> None:
    matrix = single("W", Shown(shape=(3, 1), values=[[10.25], [-3], [1e-20]]))
    assert [row.cells[0].text + row.cells[0].pad for row in matrix.rows] == ["10.25 ", "-3    ", "1e-20"]


def test_a_number_by_itself_has_no_columns() -> None:
    matrix = single("y", Shown(shape=(), values=1))
    assert (matrix.columns, matrix.rows[0].cells[0].text) == ((), "1")


def test_an_empty_array_says_so() -> None:
    matrix = single("x", Shown(shape=(0, 3), values=[]))
    assert (matrix.shape, matrix.rows[0].cells[0].text) == ("shape (0, 3)", "no entries")


def test_at_most_eight_by_eight_around_what_differs() -> None:
    size = 30
    zeros = [[0.0] * size for _ in range(size)]
    wrong = [[1.0 if (i, j) == (25, 12) else 0.0 for j in range(size)] for i in range(size)]
    difference = DifferenceShown(kind="values", message="", where=((25, 12),), differing=1, total=900)
    actual, expected = pair(Shown(shape=(30, 30), values=wrong), Shown(shape=(30, 30), values=zeros), difference)
    assert actual.columns == ("…", "8", "9", "10", "11", "12", "13", "14", "15", "…")
    assert [row.index for row in actual.rows] == ["…", "21", "22", "23", "24", "25", "26", "27", "28", "…"]
    assert [cell.text for row in actual.rows for cell in row.cells if cell.differs] == ["1"]
    assert [cell.text for row in expected.rows for cell in row.cells if cell.differs] == ["0"]
    assert actual.shape == "shape (30, 30)"


def test_a_window_keeps_its_true_indices() -> None:
    shown = Shown(shape=(100,), values=[1.0, 2.0, 3.0], window=((97, 99),))
    assert single("x", shown).columns == ("…", "97", "98", "99")


def test_entries_beyond_the_named_ones_are_marked_if_as_far_off() -> None:
    difference = DifferenceShown(kind="values", message="", where=((0,),), differing=2, total=3)
    actual, _ = pair(Shown(shape=(3,), values=[1.0, 1.0, 0.1]), Shown(shape=(3,), values=[0.0, 0.0, 0.0]), difference)
    assert [cell.differs for cell in actual.rows[0].cells] == [True, True, False]


def test_close_numbers_are_written_until_they_differ() -> None:
    difference = DifferenceShown(kind="values", message="", where=((0,),), differing=1, total=2)
    pairs = pair(Shown(shape=(2,), values=[0.3333331, 7.0]), Shown(shape=(2,), values=[0.3333339, 7.0]), difference)
    assert [[cell.text for cell in matrix.rows[0].cells] for matrix in pairs] == [
        ["0.333333", "7"],
        ["0.333334", "7"],
    ]


def test_a_vector_against_a_column_is_compared_entry_by_entry() -> None:
    difference = DifferenceShown(kind="values", message="", where=((1, 0),), differing=1, total=2)
    actual, expected = pair(
        Shown(shape=(2, 1), values=[[1.0], [2.0]]), Shown(shape=(2,), values=[1.0, 3.0]), difference
    )
    assert [cell.differs for row in actual.rows for cell in row.cells] == [False, True]
    assert [cell.differs for row in expected.rows for cell in row.cells] == [False, True]


def test_three_axes_are_shown_by_a_slice() -> None:
    cube = [[[float(i)] * 2] * 2 for i in range(3)]
    difference = DifferenceShown(kind="values", message="", where=((2, 0, 1),), differing=1, total=12)
    actual, _ = pair(Shown(shape=(3, 2, 2), values=cube), Shown(shape=(3, 2, 2), values=cube), difference)
    assert actual.shape == "shape (3, 2, 2), at [2, :, :]"
    assert [[cell.differs for cell in row.cells] for row in actual.rows] == [[False, True], [False, False]]


def test_a_picture_without_blocks_is_none() -> None:
    assert picture((), 0, 0) is None
    assert picture(("...", "..."), 0, 6) is None
    one = picture(("..#",), 1, 0)
    assert one is not None
    assert one.words.endswith("1 of 3 blocks hold entries that differ, between row 0 and column 2 of the grid.")


# ---------------------------------------------------------------- code and formulas


def test_code_keeps_true_line_numbers_and_every_character() -> None:
    shown = code(SourceShown(first_line=12, text=GRAD_OA, marked_line=14), "grad_oa", Budget())
    assert shown is not None
    assert [line.number for line in shown.lines] == [12, 13, 14, 15]
    assert [line.here for line in shown.lines] == [False, False, True, False]
    assert "\n".join("".join(piece.text for piece in line.pieces) for line in shown.lines) == GRAD_OA.rstrip("\n")
    assert (shown.lines[0].pieces[0].css, shown.lines[0].pieces[0].text) == ("k", "def")


def test_long_code_is_shown_around_the_marked_line() -> None:
    text = "\n".join(f"x = {n}" for n in range(1, 1001))
    shown = code(SourceShown(first_line=1, text=text, marked_line=700), "f", Budget())
    assert shown is not None
    assert (len(shown.lines), shown.before, shown.after) == (100, True, True)
    assert [line.number for line in shown.lines if line.here] == [700]
    assert shown.here == "Look at line 700."


def test_a_page_shows_only_so_much_code() -> None:
    budget = Budget(lines=5)
    source = SourceShown(first_line=1, text="x = 1\n" * 3)
    assert [shown and len(shown.lines) for shown in (code(source, "f", budget) for _ in range(3))] == [3, 2, None]
    assert code(SourceShown(first_line=1, text=" \n\n"), "f", Budget()) is None


def test_a_function_is_tried_under_its_own_spelling() -> None:
    assert defined_name(SourceShown(first_line=1, text="def Grad_w2(a):\n    return a\n"), "grad_W2") == "Grad_w2"
    assert defined_name(SourceShown(first_line=1, text="grad_W2 = lambda a: a\n"), "grad_W2") == "grad_W2"
    assert defined_name(SourceShown(first_line=1, text="def other(a):\n    return a\n"), "grad_W2") == "grad_W2"
    assert defined_name(None, "grad_W2") == "grad_W2"


def test_a_formula_can_be_seen_and_heard() -> None:
    assert mathml(r"o^s - \mathrm{onehot}_m(y)", "os - onehot(y)") == (
        '<math display="block" alttext="os - onehot(y)"><mrow><msup><mi>o</mi><mi>s</mi></msup><mo>−</mo>'
        '<msub><mi>onehot</mi><mi>m</mi></msub><mo stretchy="false">(</mo><mi>y</mi><mo stretchy="false">)</mo>'
        "</mrow></math>"
    )
    assert all(mathml(latex, words) for latex, words in FORMULAS.values())


@pytest.mark.parametrize("latex", ["", r"\frac{", r"\left(", r"\href{javascript:alert(1)}{x}", "x" * 3000, "\ud800"])
def test_a_formula_that_can_not_be_set_is_left_out_or_harmless(latex: str) -> None:
    shown = mathml(latex, "words")
    assert shown is None or set(Reader(str(shown)).tags) <= {"math", "mrow", "mi", "mo", "mtext", "mfrac"}
    assert "javascript:" not in str(shown)


# ---------------------------------------------------------------- hostile text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Łukasz 学生 é", "Łukasz 学生 é"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("\x00\x7f\x9b", "\\x00\\x7f\\x9b"),
        ("\u202eevil\u2066", "\\u202eevil\\u2066"),
        ("\u200b\ufeff\u00ad\u061c", "\\u200b\\ufeff\\xad\\u061c"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("\u2028", "\\u2028"),
        ("\u3164\u2800", "\\u3164\\u2800"),
        ("e\u0301\u0302\u0303\u0304", "e\u0301\u0302\u0303\\u0304"),
        ("\u0301x", "\\u0301x"),
        ("", ""),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text, 100) == shown
    assert visible(shown, 100) == shown


def test_what_is_passed_at_once_is_passed_character_by_character() -> None:
    for point in range(0x3000):
        text = f"a{chr(point)}"
        assert visible("\u202e" + text, 99) == "\\u202e" + visible(text, 99)


def test_visible_is_never_too_long() -> None:
    assert visible("a" * 100_000, 20) == "a" * 19 + "…"
    assert visible("a" * 20, 20) == "a" * 20
    assert visible("\u202e" * 9, 20) == "\\u202e" * 3 + "…"
    assert len(visible(STRANGE * 100, 77)) <= 77
    assert visible("\u202e" * 3, 18) == "\\u202e" * 3


def test_hostile_text_is_seen_and_does_nothing() -> None:
    known = {
        element
        for make in EVERY_PAGE.values()
        if make is not EVERY_PAGE["hostile"]
        for element in Reader(make()).elements
    }
    page = student_page(hostile())
    read = Reader(page)
    assert read.elements <= known, "an element or an attribute came from the data"
    assert not HARMLESS.search(page.replace("\n", ""))
    assert page.count("<script>") == 1
    assert "<script>alert(1)</script>" in read.text
    assert "\\x1b[31mred" in read.text
    assert "\\u202eevil" in read.text
    assert "{{ 7*7 }}" in read.text
    assert "49" not in read.text.replace("149", "")
    page.encode("utf-8")


def test_hostile_text_is_harmless_on_the_class_page() -> None:
    page = class_page(STRANGE, STRANGE, [row_of(hostile()), row_of(hostile("=1+1")), row_of(hostile("../../etc"))])
    read = Reader(page)
    assert read.elements <= Reader(the_class_page()).elements
    assert not HARMLESS.search(page.replace("\n", ""))
    page.encode("utf-8")


def test_a_strange_link_stays_a_file() -> None:
    page = front_page([Entry(STRANGE, STRANGE, 1, 1.0, 2.0, "javascript:alert(1)")])
    assert 'href="javascript%3Aalert%281%29"' in page


def test_a_very_long_line_is_cut() -> None:
    shown = code(SourceShown(first_line=1, text="x = '" + "a" * 100_000), "f", Budget())
    assert shown is not None
    line = "".join(piece.text for piece in shown.lines[0].pieces)
    assert (len(line), line[-1]) == (200, "…")


# ---------------------------------------------------------------- words


def test_points_and_lists_read_as_a_person_writes_them() -> None:
    assert [points(value) for value in (20.0, 11.5, 0.0, 1 / 3, 100.0)] == ["20", "11.5", "0", "0.333", "100"]
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(list("abcdefghijk")) == "a, b, c, d, e, f, g, h and 3 more"


def test_every_verdict_has_a_word_and_a_shape_of_its_own() -> None:
    assert set(STATUS) == set(Verdict)
    assert len({status.word for status in STATUS.values()}) == len(Verdict)
    assert len({status.shape for status in STATUS.values()}) == len(Verdict)
    page = student_page(full_marks())
    assert all(f'<symbol id="s-{status.shape}"' in page for status in STATUS.values())
