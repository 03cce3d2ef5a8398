"""Hand-ins that are odd as files: strange names, links, pipes, folders, and bytes that are no text."""

from __future__ import annotations

import io
import os
import socket
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

from attacks import FUNCTIONS, Attack

HONEST = """\
import numpy as np


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_b2(grad_oa):
    return grad_oa


def grad_W2(grad_oa, hs):
    return np.outer(grad_oa, hs)


def grad_hs(grad_oa, W2):
    return W2.T @ grad_oa


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)


def grad_b1(grad_ha):
    return grad_ha


def grad_W1(grad_ha, x):
    return np.outer(grad_ha, x)


def grad_x(grad_ha, W1):
    return W1.T @ grad_ha
"""

_NAMES = {
    "l20_html_name": "l20 <img src=x onerror=alert('pwned')>",
    "l21_closing_name": "l21 '\"--><script>pwned<!--",
    "l22_formula_name": '=HYPERLINK("http:pwned","l22")',
    "l23_plus_name": "+1+l23",
    "l24_at_name": "@SUM(l24)",
    "l25_option_name": "-rf l25",
    "l26_long_option_name": "--out=l26",
    "l27_new_line_name": 'l27\n"z90_the_friend",20,20\n',
    "l28_carriage_return_name": "l28\rz90_the_friend  20 of 20",
    "l29_escape_name": "l29\x1b]0;pwned\x07\x1b[2J",
    "l30_right_to_left_name": "l30\u202eyp.02\u2066",
    "l31_no_width_name": "l31\u200b\u200d\ufeff",
    "l32_long_name": "l32" + "x" * 245,
    "l33_windows_name": "CON",
    "l34_index_name": "index",
    "l35_gradebook_name": "gradebook",
    "l36_results_name": "results",
    "l37_template_name": "l37 {{7*7}}${7*7}%s%n{0}",
    "l38_blank_name": " ",
    "l39_backslash_name": "l39..\\..\\..\\x",
    "l40_percent_name": "l40%2e%2e%2f%00",
    "l41_marks_name": "l41z" + "\u0300" * 60,
    "l42_full_width_name": "\uff1dl42+1",
    "l43_slash_lookalike_name": "l43\u2215..\u2215..",
    "l44_markup_name": "[l44](javascript:pwned) [red]l44 [link=pwned] :skull:",
    "l45_digest_name": "l20-img-src-x-onerror-alert-pwned-00000000",
}
"""Ids of students: each the name of a file."""


Plant = Callable[[Path], object]
"""Puts a hand-in where it would lie if it were a file `<student>.py`; it is given that path."""


def odd_files() -> list[Attack]:
    """All of them, in the order of their names."""
    named = [
        Attack(name, f"L9 the id {student[:40]!a}", student, FUNCTIONS, plant=_bytes(b"x = 1\n"))
        for name, student in _NAMES.items()
    ]
    no_unicode = Attack(
        "l46_no_unicode_name", "L9 an id that is no UTF-8", r"l46\udcff\udcfe", FUNCTIONS, plant=_no_unicode
    )
    worthless = [Attack(name, title, name, FUNCTIONS, plant=plant) for name, (title, plant) in _worthless().items()]
    honest = [Attack(name, title, name, (), FUNCTIONS, plant=plant) for name, (title, plant) in _honest().items()]
    aside = [Attack(name, title, name, plant=plant, left_aside=True) for name, (title, plant) in _aside().items()]
    return [*named, no_unicode, *worthless, *honest, *aside]


def _worthless() -> dict[str, tuple[str, Plant]]:
    return {
        "l50_link_to_passwd": ("L1 a link to another file", _link("/etc/passwd")),
        "l51_link_to_reference": ("L1 a link to the reference", _link("../../reference/hw3_gradients.py")),
        "l52_link_to_classmate": ("L1 a link to a classmate's file", _link("s01.py")),
        "l53_link_to_itself": ("L1 a link to itself", _link("l53_link_to_itself.py")),
        "l54_link_to_nothing": ("L1 a link to nothing", _link("nothing")),
        "l55_link_to_folder": ("L1 a link to a folder", _link("../../secrets")),
        "l56_link_to_device": ("L2 a link to a device that never ends", _link("/dev/zero")),
        "l57_pipe": ("L2 a pipe", os.mkfifo),
        "l58_socket": ("L2 a socket", _socket),
        "l59_device": ("L2 a device, where we may make one; else another pipe", _device),
        "l60_folder_with_link": ("L1 a folder that holds a link to the reference", _folder_with_link),
        "l61_empty_folder": ("L12 a folder without a file", lambda path: path.with_suffix("").mkdir()),
        "l62_three_files": ("L12 a folder with three files", _three_files),
        "l63_folder_named_py": ("L2 a folder called .py", Path.mkdir),
        "l64_closed_folder": ("L12 a folder that may not be read", _closed_folder),
        "l65_closed_file": ("L12 a file that may not be read", _closed_file),
        "l66_too_large": ("L11 a file a byte too large", _bytes(b"#" * (2**20 + 1))),
        "l67_said_to_be_large": ("L11 a file of ten gigabytes that holds nothing", _sparse),
        "l68_empty": ("L12 an empty file", _bytes(b"")),
        "l69_blank": ("L12 a file of blanks", _bytes(b" \n\t\r\n" * 1000)),
        "l70_zip": ("L6 a zip file with a program in it, called .py", _zip),
        "l71_compiled": ("L12 compiled code, called .py", _bytes(b"\xa7\r\r\n" + bytes(12) + b"\xe3" + bytes(100))),
        "l72_program": ("L12 a program of the system, called .py", _bytes(b"\x7fELF\x02\x01\x01" + bytes(1000))),
        "l73_zero_bytes": ("E8 zero bytes in the text", _bytes(b"x = 1\0\n" * 100)),
        "l74_utf_16": ("L12 text in UTF-16", _bytes(HONEST.encode("utf-16"))),
        "l76_notebook": ("L10 a notebook, called .py", _bytes(b'{"cells": [{"source": ["!id > x"]}], "a": null}')),
        "l77_deep_notebook": ("L11 a notebook that is nested deeply", _bytes(b'{"cells": ' + b"[" * 50000)),
        "l78_largest": ("L11 a megabyte of new lines and one name", _bytes(b"\n" * (2**20 - 2) + b"x")),
    }


def _honest() -> dict[str, tuple[str, Plant]]:
    text = HONEST.encode()
    return {
        "l80_byte_order_mark": ("L12 a byte order mark before honest code", _bytes(b"\xef\xbb\xbf" + text)),
        "l81_line_ends": ("L12 honest code with the line ends of Windows", _bytes(text.replace(b"\n", b"\r\n"))),
        "l82_carriage_returns": ("L12 honest code with the line ends of old", _bytes(text.replace(b"\n", b"\r"))),
        "l83_latin_1": (
            "L12 honest code with a remark that is no UTF-8",
            _bytes("# \xe9t\xe9\n".encode("latin-1") + text),
        ),
        "l84_hard_link": ("L3 another name of a classmate's file", lambda path: os.link(path.parent / "s02.py", path)),
    }


def _aside() -> dict[str, tuple[str, Plant]]:
    return {
        "l90_linked_folder": ("L1 a link to a folder", lambda path: path.with_suffix("").symlink_to("/etc")),
        "l91_other_ending": (
            "L4 an archive of another kind",
            lambda path: path.with_suffix(".tar").write_bytes(b"PK\3\4"),
        ),
    }


def _bytes(content: bytes) -> Plant:
    return lambda path: path.write_bytes(content)


def _link(target: str) -> Plant:
    return lambda path: path.symlink_to(target)


def _no_unicode(path: Path) -> None:
    Path(os.fsdecode(os.fsencode(path.parent) + b"/l46\xff\xfe.py")).write_bytes(b"x = 1\n")


def _socket(path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # the name of a socket must be short
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(before)


def _device(path: Path) -> None:
    if os.geteuid() == 0:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
    else:
        os.mkfifo(path)


def _folder_with_link(path: Path) -> None:
    path.with_suffix("").mkdir()
    (path.with_suffix("") / "answer.py").symlink_to("../../../reference/hw3_gradients.py")


def _three_files(path: Path) -> None:
    path.with_suffix("").mkdir()
    for name in ("a", "b", "<script>pwned"):
        (path.with_suffix("") / f"{name}.py").write_text("x = 1\n")


def _closed_folder(path: Path) -> None:
    path.with_suffix("").mkdir()
    (path.with_suffix("") / "a.py").write_text("x = 1\n")
    path.with_suffix("").chmod(0)


def _closed_file(path: Path) -> None:
    path.write_text("x = 1\n")
    path.chmod(0)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10 * 2**30)


def _zip(path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("__main__.py", HONEST)
        packed.writestr("../../../../escaped.py", HONEST)
    path.write_bytes(content.getvalue())
