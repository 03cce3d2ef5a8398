"""The language of all feedback. English is what the sentences are written in, and the key to every other language.

A sentence is translated whole and filled in afterwards: `_("expected {expected}, got {actual}").format(...)`. What is
filled in, a name or a student's own text, is never looked up. One process speaks one language at a time.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Literal, get_args

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_FOLDER = Path(__file__).parent / "locale"
_catalogues: dict[Language, NullTranslations] = {"en": NullTranslations()}
_spoken: Language = "en"
_catalogue = _catalogues[_spoken]


def speak(language: Language) -> None:
    """From now on, this process speaks this language."""
    global _spoken, _catalogue
    if language not in _catalogues:
        _catalogues[language] = translation("grader", _FOLDER, [language])
    _spoken, _catalogue = language, _catalogues[language]


def spoken() -> Language:
    """The language that this process speaks."""
    return _spoken


@contextlib.contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak this language for a while, and then the one from before."""
    before = _spoken
    speak(language)
    try:
        yield
    finally:
        speak(before)


def _(message: str) -> str:
    """The message in the language that is spoken."""
    return _catalogue.gettext(message)


def n_(one: str, many: str, count: int) -> str:
    """The message for so many, in the language that is spoken."""
    return _catalogue.ngettext(one, many, count)


def line_name(line: int, cell: int | None = None, file: str = "") -> str:
    """What stands after the word "line" in a sentence: its number, and the cell or the file that it is counted in."""
    if cell is not None:
        return _("{line} of cell {cell}").format(line=line, cell=cell)
    return _("{line} of {file}").format(line=line, file=file) if file else str(line)


def N_(message: str) -> str:
    """The message itself: marks it for the catalogue, where it is written down before its language is known."""
    return message


class _Silence(NullTranslations):
    """What is asked last, and knows nothing."""

    def gettext(self, message: str) -> str:
        return ""


def is_translated(message: str, language: Language) -> bool:
    """Whether the catalogue of a language has this message. English needs none."""
    if language == "en":
        return True
    catalogue = translation("grader", _FOLDER, [language])
    catalogue.add_fallback(_Silence())
    return bool(catalogue.gettext(message))


_NAMES = frozenset(
    {
        # the library of cases
        N_("small integers"),
        N_("random shapes"),
        N_("square shapes"),
        N_("large shapes"),
        N_("larger batch"),
        N_("first class"),
        N_("last class"),
        N_("repeated labels"),
        N_("class absent"),
        N_("label as numpy integer"),
        N_("label as 0-d array"),
        N_("pre-activation at zero"),
        N_("pre-activation near zero"),
        N_("dead hidden layer"),
        N_("small probabilities"),
        N_("saturated softmax"),
        N_("huge values"),
        N_("tiny values"),
        N_("shifted scores"),
        N_("leading class"),
        N_("some zeros"),
        N_("all zeros"),
        N_("1000 and -1000"),
        N_("any shape"),
        N_("plain number"),
        N_("Fortran order"),
        N_("strided inputs"),
        N_("negative strides"),
        N_("same shapes"),
        N_("one input changed"),
        N_("same output, other hidden layer"),
        N_("same trial again"),
        # the check without trials, and the examples, checks and conventions of the shipped rubrics
        N_("leaves its inputs alone"),
        N_("hidden checks"),
        N_("worked numbers"),
        N_("three and four"),
        N_("three equal scores"),
        N_("two rows of scores"),
        N_("negative loss"),
        N_("penalty"),
        N_("other hidden layer"),
        N_("y indexing"),
        N_("relu at 0"),
        N_("at 0"),
        N_("zeros among the weights"),
        N_("scores far apart"),
        N_("large and small numbers"),
        N_("batch averaging"),
        N_("numeric extremes"),
        N_("unusual inputs"),
        N_("repeatable"),
        N_("new objects"),
        N_("one example"),
        N_("ten examples"),
        N_("one and ten examples"),
        N_("softmax by row"),
        N_("elastic net"),
        N_("batches"),
        N_("steps"),
        N_("two circles"),
        N_("mean at the parameters"),
        N_("mean at the output"),
    }
)


def named(name: str) -> str:
    """The name of a check, a case or a convention as a person reads it: one of ours translated, another as it is."""
    return _(name) if name in _NAMES else name
