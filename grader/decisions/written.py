"""An override added to its file as a person would write it: at the end, and nothing else in the file is touched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from grader.decisions.overrides import fault_beside, overrides_path, read_overrides
from grader.errors import RubricError
from grader.models import Override
from grader.rubric import RubricFile

_HEAD = "# What the course staff decided, in place of what the grader says: docs/decisions.md\noverrides:\n"


def add_override(file: RubricFile, override: Override, names: Mapping[str, str] | None = None) -> Path:
    """Write an override into the file beside the rubric. Raises RubricError, and leaves the file as it was, if it
    can not stand there; `names` is that of `read_overrides`."""
    path = overrides_path(file.path)
    fault = fault_beside(file, override, names or {})
    if fault:
        raise RubricError(f"{path}: nothing was written: {fault}")
    before = path.read_text(encoding="utf-8") if path.exists() else None
    text = _HEAD if before is None else re.sub(r"^overrides:\s*\[\]\s*$", "overrides:\n", before, flags=re.MULTILINE)
    path.write_text(f"{text.rstrip()}\n{_entry(override, text)}", encoding="utf-8")
    try:
        read_overrides(file, names)
    except RubricError:
        if before is None:
            path.unlink()
        else:
            path.write_text(before, encoding="utf-8")
        raise RubricError(
            f"{path}: nothing was written: an entry can not be added at the end of this file; write 'overrides:' last, "
            "and each entry below it, in lines that begin with '- '"
        ) from None
    return path


def _entry(override: Override, text: str) -> str:
    """The entry in YAML, as far to the right as those that are there."""
    found = re.search(r"^( *)- ", text, flags=re.MULTILINE)
    indent = found[1] if found else "  "
    content = override.model_dump(exclude_defaults=True)
    dumped = yaml.safe_dump([content], sort_keys=False, allow_unicode=True, width=10_000)
    return "".join(f"{indent}{line}\n" for line in dumped.splitlines())
