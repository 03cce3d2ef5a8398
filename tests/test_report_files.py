"""The gradebook opens safely; every student has a file of their own."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from test_report_results import HARMLESS, OFF_BY_ONE, full_marks, hostile, not_judged, two_wrong

from grader.report import gradebook, page_name, row_of, visible, write

# ---------------------------------------------------------------- the gradebook


def read_back(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_the_gradebook() -> None:
    rows = [row_of(two_wrong("s12")), row_of(full_marks("s01"))]
    header, first, second = read_back(gradebook(rows))
    functions = ["grad_oa", "grad_W2", "grad_b2", "grad_hs", "grad_ha", "grad_b1", "grad_W1", "grad_x"]
    assert header == ["student", "score", "max_score", "verdict", *functions, "convention", "reason", "sandbox"]
    assert first[:6] == ["s12", "16.5", "20.5", "partial", "0.5", "1"]
    assert first[-2] == f"grad_oa: {OFF_BY_ONE}"
    assert second[:4] == ["s01", "20", "20", "accepted"]
    assert gradebook(rows).splitlines()[1].startswith('"s12",16.5,20.5,"partial",0.5,1,2.5,')


def test_an_unknown_score_is_an_empty_cell() -> None:
    _, row = read_back(gradebook([row_of(not_judged())]))
    assert row[:4] == ["s09", "", "16", "judge_error"]
    assert set(row[4:12]) == {""}


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "'=1",
        '"=1',
        "“=1",
        "  '  +1",
        "＝1",
        "＋1",
        "－1",
        "＠1",
        "−1",
        "﹦1",
        "\xa0=1",
        "\u3000=1",
        "\n=1",
        "|calc",
        "%0A",
    ],
)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    _, row = read_back(gradebook([row_of(hostile(text))]))
    assert row[0].startswith("'")
    assert row[0] == "'" + visible(text, 1000)


@pytest.mark.parametrize("text", ["s07", "o'brien", "a=b", "x-1", "Łukasz", "a@b.org", '"quoted"', "a;b", "a,b"])
def test_plain_names_stay_as_they_are(text: str) -> None:
    _, row = read_back(gradebook([row_of(full_marks(text))]))
    assert row[0] == text


def test_every_text_of_the_gradebook_is_quoted_and_harmless() -> None:
    text = gradebook([row_of(hostile('x"; =cmd|calc,\n@y'))])
    assert not HARMLESS.search(text)
    assert text.count("\n") == 2
    assert text.splitlines()[1].startswith('"x""; =cmd|calc,\\n@y",0,')
    text.encode("utf-8")


# ---------------------------------------------------------------- names and files


@pytest.mark.parametrize(
    "student", ["s07", "Anna.Maria_2-b", "_x", "20512345", "a" * 100, "construct", "com10", "a.con"]
)
def test_a_plain_id_is_its_own_name(student: str) -> None:
    assert page_name(student) == student


@pytest.mark.parametrize(
    ("student", "slug"),
    [
        ("index", "index"),
        ("Results", "Results"),
        ("gradebook", "gradebook"),
        ("CON", "CON"),
        ("nul.txt", "nul-txt"),
        ("lpt1", "lpt1"),
        (".hidden", "hidden"),
        ("-rf", "rf"),
        ("..", "student"),
        ("", "student"),
        ("dot.", "dot"),
        ("../../etc/passwd", "etc-passwd"),
        ("a b", "a-b"),
        ("Łukasz Żółć", "ukasz-Zoc"),
        ("学生", "student"),
        ("a" * 101, "a" * 60),
        ("s07\n", "s07"),
        ("s07\x00", "s07"),
        ("<b>", "b"),
        ("\ud800", "student"),
        ("ab-1234abcd", "ab-1234abcd"),
        ("ab-1234ABCD", "ab-1234ABCD"),
    ],
)
def test_any_other_id_gets_a_slug_and_a_digest(student: str, slug: str) -> None:
    name = page_name(student)
    assert re.fullmatch(re.escape(slug) + "-[0-9a-f]{8}", name)
    assert page_name(student) == name


def test_different_ids_have_different_names() -> None:
    ids = [
        "a b",
        "a-b",
        "a/b",
        "a\\b",
        "a  b",
        "index",
        "INDEX",
        "Index",
        "ä",
        "a\u0308",
        "",
        " ",
        ".",
        "..",
        "学",
        "生",
    ]
    ids += [page_name(student) for student in ids if page_name(student) != student]
    names = [page_name(student).lower() for student in ids]
    assert len(set(names)) == len(ids)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new" / "too" / "page.html"
    write(path, "first\r\n\ud800é\n")
    assert path.read_bytes() == b"first\r\n\\ud800\xc3\xa9\n"

    def refuse(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(OSError, match="no"):
        write(path, "second")
    assert path.read_bytes().startswith(b"first")
    assert [file.name for file in path.parent.iterdir()] == ["page.html"]
