"""Formulas: LaTeX of a rubric becomes MathML of a page, with the formula in words for those who listen.

The converter's output is rebuilt from a list of known elements and attributes, so that no formula can bring markup of
another kind into a page. A formula that can not be converted is left out: the words beside it remain.
"""

from __future__ import annotations

from functools import lru_cache
from xml.etree import ElementTree

from latex2mathml.converter import convert
from markupsafe import Markup, escape

_ELEMENTS = frozenset(
    {"math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mpadded", "mphantom", "mstyle", "mfrac", "msqrt"}
) | frozenset({"mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd"})
_ATTRIBUTES = frozenset({"stretchy", "fence", "separator", "accent", "accentunder", "linethickness", "width"})
_LONGEST = 2000


@lru_cache(maxsize=1024)
def mathml(latex: str, words: str) -> Markup | None:
    """Return the formula as a <math> element whose text alternative is `words`, or None if it can not be converted."""
    if not latex or len(latex) > _LONGEST:
        return None
    try:
        root = ElementTree.fromstring(convert(latex))
        inside = Markup("").join(_written(child) for child in root)
    # The converter raises whatever its parser stumbles on; a page without the formula is better than no page.
    except Exception:
        return None
    return Markup('<math display="block" alttext="{}">{}</math>').format(words or latex, inside)


def _written(element: ElementTree.Element) -> Markup:
    """Write an element and what it holds, if all of it is known."""
    name = element.tag.rpartition("}")[2]
    if name not in _ELEMENTS:
        raise ValueError(f"<{name}> is no element of a formula")
    attributes = [(key, value) for key, value in element.items() if key in _ATTRIBUTES]
    children = list(element)
    if name == "mrow" and len(children) > 1 and all(map(_is_upright_letter, children)):
        # \mathrm{onehot} arrives letter by letter; as one identifier it is set, and read aloud, as a word.
        return Markup("<mi>{}</mi>").format("".join(child.text or "" for child in children))
    if _is_upright_letter(element):
        attributes.append(("mathvariant", "normal"))
    opening = Markup("").join(Markup(' {}="{}"').format(key, value) for key, value in attributes)
    inside = escape((element.text or "").strip()) + Markup("").join(map(_written, children))
    return Markup("<{0}{1}>{2}</{0}>").format(name, opening, inside)


def _is_upright_letter(element: ElementTree.Element) -> bool:
    """Tell whether this is a single letter set upright."""
    return element.tag.rpartition("}")[2] == "mi" and element.get("mathvariant") == "normal"
