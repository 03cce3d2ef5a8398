"""A child that is a process of its own, where none can be forked: it imports the libraries itself, without locks."""

from __future__ import annotations

from typing import Any

from . import child, libraries, lock


def main(settings: dict[str, Any]) -> None:
    """Import, and serve the one request on standard input."""
    libraries.import_all(settings["packages"], usual=False)
    libraries.offer_only(settings["packages"])
    child.main(lock.prepare(False, (), False), 0, None, None)
