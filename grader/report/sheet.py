"""The sheet that every page is written on: one file, nothing fetched, a content security policy by hashes.

Templates are compiled when they are first filled, escape everything, and fail on a name that is not there. What they
say is looked up each time.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grader.language import Language, _, n_, spoken

_FOLDER = Path(__file__).parent / "templates"
_TEMPLATES = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
    extensions=["jinja2.ext.i18n"],
)


@lru_cache(maxsize=1024)
def _marked_up(message: str, language: Language) -> Markup:
    return Markup(_(message))


def _words(message: str) -> Markup:
    """The words of a template in the language that is spoken; they are ours, and need no escape."""
    return _marked_up(message, spoken())


_TEMPLATES.install_gettext_callables(_words, n_)  # type: ignore[attr-defined]  # the extension's
_TEMPLATES.globals["_"] = _words  # and not by way of the context, which takes longer


@dataclass(frozen=True, slots=True)
class Block:
    """A style or a script of ours, and the hash by which the policy lets it in."""

    text: Markup
    hash: str


def _block(name: str) -> Block:
    """Read a style or a script from the templates."""
    text = (_FOLDER / name).read_text(encoding="utf-8").strip()
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Block(Markup(text), f"'sha256-{digest}'")


_STYLE = _block("style.css")
_SCRIPTS = {"student.html": _block("student.js"), "class.html": _block("class.js")}


@dataclass(frozen=True, slots=True)
class Base:
    """What base.html needs."""

    language: str
    title: str
    policy: str
    style: Markup
    script: Markup | None


def compile_templates() -> None:
    """Compile what a class's pages are made from: once, for all processes that are forked from this one later."""
    for name in ("base.html", "macros.html", "part.html", *_SCRIPTS):
        _TEMPLATES.get_template(name)


def fill(template: str, title: str, page: object) -> str:
    """Return the page: the template filled with its data, in one self-contained file."""
    script = _SCRIPTS.get(template)
    scripts = script.hash if script else "'none'"
    policy = f"default-src 'none'; style-src {_STYLE.hash}; script-src {scripts}; base-uri 'none'; form-action 'none'"
    base = Base(spoken(), title, policy, _STYLE.text, script.text if script else None)
    return _TEMPLATES.get_template(template).render(base=base, page=page)


def fill_part(part: object) -> Markup:
    """Return one function's part of a student's page."""
    return Markup(_TEMPLATES.get_template("part.html").render(part=part).rstrip())
