"""Tables as text: what separates their cells, whatever program wrote them. Pure."""

from __future__ import annotations

import re

_SEPARATORS = (",", ";", "\t")
QUOTED = r'"(?:[^"]++|"")*+"'
"""A cell in quotation marks."""


def separator(text: str) -> str:
    """What separates the cells of the first line; a comma if nothing seems to. What is quoted separates nothing."""
    line = re.sub(QUOTED, "", text).lstrip("\ufeff").partition("\n")[0]
    return max(_SEPARATORS, key=line.count)
