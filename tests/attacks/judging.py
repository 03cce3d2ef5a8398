"""What the grader wrote about every attack, judged: marks, secrets, and whether a page, a table or a terminal obeys."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attacks import FUNCTIONS, Attack

if TYPE_CHECKING:
    from world import World

MAX_BYTES = 2**20
"""A student's page, or result, is not larger than this."""
MAX_SECONDS = 30.0
"""So long may one hand-in keep a process of the grader busy; all limits together allow a fraction of it."""
JOBS = 6
_FORBIDDEN_TAGS = frozenset({"iframe", "object", "embed", "base", "form", "frame", "applet", "portal"})
_ACTING = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_SAMPLES = ("s01", "s02", "s10")


class Findings:
    """Breaches, each with the name of the attack that made it, as far as that is known."""

    def __init__(self, names: Sequence[str], won: str) -> None:
        self._names = sorted(names, key=len, reverse=True)
        self._won = won
        self.breaches: list[tuple[str, str]] = []

    def add(self, name: str, sentence: str) -> None:
        """Note one."""
        breach = name, sentence.replace(self._won, "success:")
        if breach not in self.breaches:
            self.breaches.append(breach)

    def add_all(self, name: str, sentences: Iterator[str]) -> None:
        """Note several."""
        for sentence in sentences:
            self.add(name, sentence)

    def guess(self, trace: str, sentence: str) -> None:
        """Note one that was made by whoever's name is in a trace; a process has fifteen letters of it only."""
        found = [name for name in self._names if name in trace]
        found = found or [name for name in self._names if name[:15] in trace]
        for name in found or ["somebody"]:
            self.add(name, sentence)


def judge_outputs(world: World, findings: Findings) -> None:
    """Look at everything that the command wrote."""
    folder = world.reports / "hw3-gradients"
    results: dict[str, tuple[Path, dict[str, Any]]] = {}
    for path in sorted((folder / "results").iterdir()):
        try:
            result = json.loads(path.read_bytes())
            results[result["student"]] = path, result
        except (ValueError, KeyError, TypeError) as error:
            findings.guess(path.name, f"a file among the results is none: {path.name} ({error})")
    for attack in world.attacks:
        if attack.left_aside:
            if attack.student in results:
                findings.add(attack.name, "it was taken for a hand-in")
        elif attack.student not in results:
            findings.add(attack.name, "there is no result")
        else:
            path, result = results[attack.student]
            findings.add_all(attack.name, _judge_result(attack, result, world.level))
            for file in (path, folder / f"{path.stem}.html"):
                findings.add_all(attack.name, _judge_file(file, world))
    for student in _SAMPLES:
        honest = Attack(student, "", student, full_marks=FUNCTIONS)
        findings.add_all(student, _judge_result(honest, results[student][1], world.level))
        findings.add_all(student, _judge_file(results[student][0].parent.parent / f"{student}.html", world))
    expected = {path.stem for path, _ in results.values()}
    for path in [*folder.iterdir(), *(folder / "results").iterdir(), *world.reports.iterdir()]:
        if path.name not in ("results", "index.html", "gradebook.csv", folder.name) and path.stem not in expected:
            findings.guess(path.name, f"a file among the pages is nobody's: {path.name}")
    for path in (folder / "index.html", world.reports / "index.html"):
        findings.add_all("somebody", _judge_file(path, world))
    if world.level != "none":
        students = {attack.student: attack.name for attack in world.attacks}
        for student, seconds in _times({student: path for student, (path, _) in results.items()}).items():
            if seconds > MAX_SECONDS:
                name = students.get(student, student)
                findings.add(name, f"it kept the grader busy for {seconds:.0f} s")
    _judge_gradebook(folder / "gradebook.csv", len(results), world, findings)
    for name in ("stdout", "stderr"):
        _judge_terminal(world.folder / name, world, findings)


def _times(results: dict[str, Path]) -> dict[str, float]:
    """How long each hand-in took: two at a time are begun in the order of their ids, and written when they are done."""
    ended = {student: path.stat().st_mtime for student, path in results.items()}
    free = [min(ended.values(), default=0.0)] * JOBS
    times = {}
    for student in sorted(ended):
        free.sort()
        times[student] = ended[student] - free[0]
        free[0] = ended[student]
    return times


def _judge_result(attack: Attack, result: dict[str, Any], level: str) -> Iterator[str]:
    """Whether a result is there, honest about its level, and fair."""
    if result["score"] is None:
        yield f"its score is unknown: {result['message']}"
        return
    if result["sandbox"] != level:
        yield f"its result says {result['sandbox']!r}"
    by_name = {criterion["function"]: criterion for criterion in result["criteria"]}
    for name in attack.gains_nothing:
        if by_name[name]["score"] > 0:
            yield f"{name} earned {by_name[name]['score']:g} points"
    for name in attack.full_marks:
        score, most = by_name[name]["score"], by_name[name]["max_score"]
        if score < most:
            yield f"{name} is right, and got {score:g} of {most:g}: {by_name[name]['message']}"


def _judge_file(path: Path, world: World) -> Iterator[str]:
    """Whether a page or a result is harmless, small, and keeps what is secret."""
    if not path.is_file() or path.is_symlink():
        yield f"there is no file {path.name}"
        return
    data = path.read_bytes()
    if len(data) > MAX_BYTES and path.name != "index.html":
        yield f"{path.suffix} has {len(data)} bytes"
    text = data.decode("utf-8", "replace")
    if "\ufffd" in text:
        yield f"{path.suffix} is no UTF-8"
    yield from _secrets(text, world)
    if path.suffix == ".html":
        yield from judge_page(text)


def _secrets(text: str, world: World) -> Iterator[str]:
    for owner, canary in world.canaries.items():
        if canary in text:
            yield f"a secret came out: {canary.split('-')[1]} ({owner})"
    for found in re.finditer(re.escape(world.won) + r"[^\"<]{0,200}", text):
        yield f"it says: {found.group()}"
        return


def _acting(text: str, where: str) -> Iterator[str]:
    """Characters that do something instead of being seen."""
    found = sorted({char for char in text if unicodedata.category(char) in _ACTING} - {"\n"})
    if found:
        yield f"characters that act are in {where}: {''.join(found[:20])!a}"


class _Page(HTMLParser):
    """Collects what on a page can act."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag if tag in ("script", "style") else ""
        if tag in _FORBIDDEN_TAGS or "pwned" in tag:
            self.faults.append(f"a tag <{tag}>")
        for name, value in attrs:
            plain = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or "pwned" in name:
                self.faults.append(f"an attribute {name} of <{tag}>")
            elif name in ("href", "src", "action", "data", "xlink:href") and re.match(
                r"(javascript|data:text|//|http)", plain
            ):
                self.faults.append(f"a link of <{tag}> to {plain[:60]}")
            elif name == "style" and "pwned" in plain:
                self.faults.append(f"a style of <{tag}>")
            elif tag == "meta" and name == "http-equiv" and plain == "refresh":
                self.faults.append("a page that leads elsewhere")

    def handle_data(self, data: str) -> None:
        if self._inside and "pwned" in data:
            self.faults.append(f"text of a student's inside <{self._inside}>")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_comment(self, data: str) -> None:
        if "pwned" in data:
            self.faults.append("a comment of a student's")


def judge_page(text: str) -> Iterator[str]:
    """Whether a page obeys a student."""
    page = _Page()
    page.feed(text)
    page.close()
    for fault in page.faults[:5]:
        yield f"its page has {fault}"
    yield from _acting(text, "its page")
    if not text.rstrip().endswith("</html>"):
        yield "its page is not whole"


def _judge_gradebook(path: Path, count: int, world: World, findings: Findings) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    findings.add_all("somebody", _secrets(text, world))
    rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    if len(rows) != count + 1:
        findings.add("somebody", f"the gradebook has {len(rows) - 1} rows for {count} students")
    students = [row[0] for row in rows]
    for row in rows:
        if len(row) != len(rows[0]):
            findings.guess(row[0], f"a row of the gradebook has {len(row)} cells")
        for cell in row:
            plain = unicodedata.normalize("NFKC", cell)
            if plain.lstrip(' "').startswith(("=", "+", "-", "@", "\t", "\r")):
                findings.guess(row[0], f"a cell of the gradebook is a formula: {cell[:60]!r}")
            for sentence in _acting(cell, "the gradebook"):
                findings.guess(row[0], sentence)
    if students.count("z90_the_friend") > 1:
        findings.add("somebody", "a student has two rows in the gradebook")


def _judge_terminal(path: Path, world: World, findings: Findings) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    findings.add_all("somebody", _secrets(text, world))
    for line in text.split("\n"):
        if "\ufffd" in line:
            findings.guess(line, f"{path.name} is no UTF-8: {line[:80]!a}")
        for sentence in _acting(line, path.name):
            findings.guess(line, sentence)
    if len(re.findall(r"^z90_the_friend ", text, re.MULTILINE)) > 1:
        findings.add("somebody", "a line of the terminal was forged")
