"""Pictures of what a network learned, beside the reference: boundaries and losses, as inline SVG. Needs matplotlib.

Equal results give equal bytes. Colours of lines and letters are the page's own (`currentColor`), areas have colours
that go with both of its schemes, and nothing is said by colour alone: the classes have different marks, the curves
different dashes. The page's policy forbids styles of their own, so that every style stands as an attribute.
"""

from __future__ import annotations

import importlib
import importlib.util
import io
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from grader.language import _, spoken
from grader.models import Learned, LearnedBy

_INK = "#010203"
"""stands for the page's own colour"""
_AREAS = ("#9ec5e8", "#f2c39b")
_POINTS = ("#14487a", "#8a3a06")
_MARKS = ("o", "^")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture with what stands above it."""

    caption: str
    svg: Markup


@dataclass(frozen=True, slots=True)
class Learning:
    """The pictures of one criterion; or, where matplotlib is not there, how to have them."""

    drawings: tuple[Drawing, ...] = ()
    missing: str = ""


def learning(learned: Learned | None, name: str) -> Learning:
    """The pictures of what was learned, `name` being the criterion's: no two pictures of a page share an id."""
    if learned is None:
        return Learning()
    if importlib.util.find_spec("matplotlib") is None:
        return Learning(missing=_("Pictures of what was learned need matplotlib: pip install 'grader[plots]'."))
    return _learning(learned, name, spoken())


@lru_cache(maxsize=64)
def _learning(learned: Learned, name: str, language: str) -> Learning:
    student, reference = learned.student, learned.reference
    yours, ours = _("Your network"), _("The reference")
    return Learning(
        (
            Drawing(yours, _boundary(learned, student, f"{name}-yours", _said(yours, student))),
            Drawing(ours, _boundary(learned, reference, f"{name}-reference", _said(ours, reference))),
            Drawing(_("Loss, round by round"), _losses(learned, f"{name}-losses")),
        )
    )


def _said(who: str, by: LearnedBy) -> str:
    """A boundary in words."""
    share = sum(p >= 0.5 for row in by.grid for p in row) / max(1, sum(len(row) for row in by.grid))
    return _(
        "{who}: two circles of points, and where the network says which class. {percent} % of the points have their "
        "own class; class 1 takes {area} % of the square."
    ).format(who=who, percent=f"{100 * by.accuracy:.0f}", area=f"{100 * share:.0f}")


def _boundary(learned: Learned, by: LearnedBy, name: str, words: str) -> Markup:
    figure = importlib.import_module("matplotlib.figure").Figure(figsize=(2.6, 2.6))
    field = figure.add_axes((0.01, 0.01, 0.98, 0.98))
    side = len(by.grid)
    line = [-learned.edge + 2 * learned.edge * place / (side - 1) for place in range(side)]
    field.contourf(line, line, by.grid, levels=[-1, 0.5, 2], colors=list(_AREAS))
    if any(p >= 0.5 for row in by.grid for p in row) and any(p < 0.5 for row in by.grid for p in row):
        field.contour(line, line, by.grid, levels=[0.5], colors=["#222222"], linewidths=1)
    for label, (colour, mark) in enumerate(zip(_POINTS, _MARKS, strict=True)):
        own = [point for point, its in zip(learned.points, learned.labels, strict=True) if its == label]
        field.plot(*zip(*own, strict=True), mark, color=colour, markersize=2.2, markeredgewidth=0)
    field.set_xticks([])
    field.set_yticks([])
    field.set_aspect("equal")
    return _inline(figure, field, name, words)


def _losses(learned: Learned, name: str) -> Markup:
    figure = importlib.import_module("matplotlib.figure").Figure(figsize=(3.6, 2.6))
    field = figure.add_axes((0.14, 0.17, 0.83, 0.79))
    field.set_facecolor("none")
    curves = ((_("yours"), learned.student.losses, "-"), (_("reference"), learned.reference.losses, "--"))
    for label, losses, dashes in curves:
        field.plot(range(1, len(losses) + 1), losses, dashes, color=_INK, linewidth=1.4, label=label)
    field.set_xlabel(_("round"), color=_INK)
    field.set_ylim(bottom=0)
    field.tick_params(colors=_INK)
    legend = field.legend(frameon=False, labelcolor=_INK)
    legend.set_zorder(5)
    words = _(
        "Loss after each round. Yours: {student}. The reference: {reference}."
    ).format(student=_listed(learned.student.losses), reference=_listed(learned.reference.losses))  # fmt: skip
    return _inline(figure, field, name, words)


def _listed(losses: tuple[float, ...]) -> str:
    return ", ".join(f"{loss:.2g}" for loss in losses)


def _inline(figure: Any, field: Any, name: str, words: str) -> Markup:
    """The figure as SVG that a page can hold: no prolog, no styles, ids of its own, words for who can not see it."""
    for spine in field.spines.values():
        spine.set_edgecolor(_INK)
        spine.set_linewidth(0.8)
    matplotlib = importlib.import_module("matplotlib")
    file = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": name, "svg.fonttype": "none", "path.simplify": False}):
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    text = file.getvalue()
    text = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", text[text.index("<svg") :], flags=re.S)
    text = re.sub(r'style="([^"]*)"', lambda found: _attributes(found[1]), text)
    text = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", text).replace(_INK, "currentColor")
    box = re.search(r'viewBox="[^"]*"', text)
    head = f'<svg class="learned" role="img" aria-label="{Markup.escape(words)}" {box[0] if box else ""}'
    links = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    width, height = (72 * size for size in figure.get_size_inches())
    head += f' width="{width:g}" height="{height:g}" stroke-linejoin="round" {links}>'
    body = "\n".join(line.strip() for line in text[text.index(">") + 1 :].splitlines() if line.strip())
    return Markup(head + body)


def _attributes(style: str) -> str:
    """Styles as attributes: the page lets no other in."""
    parts = [part.partition(":") for part in style.split(";") if part.strip()]
    found = []
    for key, _colon, value in parts:
        name, value = key.strip(), value.strip()
        if name == "font":
            size = re.match(r"[\d.]+", value)
            found.append(f'font-size="{size[0] if size else "10"}"')
        else:
            found.append(f'{name}="{value}"')
    return " ".join(found)
