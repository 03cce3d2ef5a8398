"""What GitHub Actions shows: annotations beside the lines of a file, and the summary of a job.

A student's words go through both as words, and through everything else that is printed: a line can not become a command
of the runner, which looks for commands in all of them, and nothing in a table becomes a link, a picture or HTML.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from grader.language import _, named, speaking
from grader.models import CriterionResult, Result, Verdict
from grader.report import visible
from grader.report.part import named_verdict, reason, sentence
from grader.report.words import STATUS, of, points

_SIGNS = {"good": "✓", "bad": "✗", "calm": "–"}
_OF_MARKDOWN = frozenset("\\`*_{}[]()<>#+!|~&@$")
_LONGEST = 600


def under_actions() -> bool:
    """Whether GitHub Actions runs this."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


class OnlyOurs:
    """Stops the runner's commands from its start to its end, but for those that it is told to say.

    The runner takes `::error::` for a command wherever a line begins so, and `##[error]` anywhere in one; between the
    word that stops it and the same word once more, which nobody can know, it takes nothing.
    """

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write, self._word, self._started = write, secrets.token_hex(16), False

    def start(self) -> None:
        """From here on, what is printed is text."""
        if under_actions():
            self._started = True
            self._write(f"::stop-commands::{self._word}")

    def say(self, lines: Iterable[str]) -> None:
        """Print commands of our own, under GitHub Actions."""
        self.end()
        for line in lines:
            self._write(line)
        self.start()

    def end(self) -> None:
        """From here on, the runner listens again."""
        if self._started:
            self._started = False
            self._write(f"::{self._word}::")


def annotation(level: str, title: str, message: str, file: str = "", line: int | None = None) -> str:
    """A line that the runner shows beside a file: `level` is error, warning or notice."""
    where = {"file": file, "line": str(line) if line else "", "title": title}
    properties = ",".join(f"{name}={_property(value)}" for name, value in where.items() if value)
    return f"::{level} {properties}::{_data(message)}"


def annotations_of(result: Result, file: str) -> Iterator[str]:
    """A line for what concerns the file, and one for each function that lost points."""
    with speaking(result.language):
        if result.score is None:
            yield annotation("warning", _("score not known yet"), visible(result.message, _LONGEST), file)
            return
        if result.message:
            yield annotation("error", result.homework, sentence(result.message), file)
            return
        for criterion in result.criteria:
            if criterion.score < criterion.max_score:
                score = of(points(criterion.score), points(criterion.max_score))
                title = f"{visible(criterion.function, 80)}: {score}"
                yield annotation("error", title, _why(criterion), file, _line(criterion))


def summary(result: Result, file: str) -> str:
    """A result as Markdown: the score, and a row a function."""
    with speaking(result.language):
        score = _("unknown") if result.score is None else of(points(result.score), points(result.max_score))
        lines = [f"### {_markdown(result.title)}: {_markdown(score)}", "", f"{_markdown(file)}", ""]
        for text in (result.message, *result.notes):
            lines += [_markdown(sentence(text)), ""] if text else []
        if result.criteria:
            lines += [f"| | {_('function')} | {_('points')} | {_('reason')} |", "|---|---|---|---|"]
        for criterion in result.criteria:
            cells = (
                _SIGNS[STATUS[criterion.verdict].tone],
                criterion.function,
                of(points(criterion.score), points(criterion.max_score)),
                "" if criterion.verdict == Verdict.ACCEPTED else f"{_why(criterion)} {_failed(criterion)}".strip(),
            )
            lines.append(f"| {' | '.join(map(_markdown, cells))} |")
    return "\n".join([*lines, "", ""])


def add_summary(text: str) -> None:
    """Add to the summary of the job, where the runner has said where it is."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        with Path(path).open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)


def _why(criterion: CriterionResult) -> str:
    return reason(criterion) or named_verdict(criterion.verdict)


def _failed(criterion: CriterionResult) -> str:
    """The checks that were not passed."""
    names = [named(check.name) for check in criterion.checks if check.max_score and check.score < check.max_score]
    return f"({', '.join(names)})" if names else ""


def _line(criterion: CriterionResult) -> int | None:
    source = criterion.source
    if source is None or source.file or source.cell is not None:  # not a line of this very file
        return None
    return source.marked_line or source.first_line


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _markdown(text: str) -> str:
    """A text that Markdown shows as it stands."""
    return "".join(f"&#{ord(char)};" if char in _OF_MARKDOWN else char for char in visible(text, 2 * _LONGEST))
