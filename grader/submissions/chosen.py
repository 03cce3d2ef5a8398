"""Which of several files is meant: the one that the rubric names, else the one that defines what is asked for."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

_ASSIGNED = r"^[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)|^(\w+)[ \t]*="


def matching(paths: Sequence[str], pattern: str) -> list[str]:
    """The paths that a rubric's `file` means: a name, a path, or a pattern such as *.ipynb; without regard to case."""
    wanted = pattern.casefold()
    return [
        path
        for path in paths
        if fnmatchcase(path.casefold(), wanted) or fnmatchcase(path.casefold().rpartition("/")[2], wanted)
    ]


def most_defining(sources: Mapping[str, bytes], names: Collection[str]) -> list[str]:
    """The paths whose files define the most of these names, best first, if any does: several where it is not clear.

    What a file imports from another one of them counts, but less than what it defines itself. Case and underscores do
    not count, nor does a second file with the same bytes.
    """
    folded = {_fold(name) for name in names}
    read = {path: _Definitions(source) for path, source in sources.items()}
    ranks = {
        path: (
            len(folded & _provided(path, read, set())),
            len(folded & definitions.top),
            len(folded & definitions.anywhere),
        )
        for path, definitions in read.items()
    }
    best = max(ranks.values(), default=(0, 0, 0))
    if not any(best):
        return []
    chosen: dict[bytes, str] = {}
    for path in sorted(path for path, rank in ranks.items() if rank == best):
        chosen.setdefault(sources[path], path)
    return list(chosen.values())


def _fold(name: str) -> str:
    return name.replace("_", "").lower()


class _Definitions:
    """What a file defines, and what it imports; only looked at."""

    def __init__(self, source: bytes) -> None:
        self.top: set[str] = set()
        self.anywhere: set[str] = set()
        self.imports: list[tuple[str, list[tuple[str, str]]]] = []
        """(module, [(name there, name here)])"""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            text = source.decode("utf-8", "replace")
            self.top = self.anywhere = {_fold(a or b) for a, b in re.findall(_ASSIGNED, text, re.MULTILINE)}
            return
        for statement in _at_top(tree.body):
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                self.top.add(_fold(statement.name))
            elif isinstance(statement, ast.Assign | ast.AnnAssign):
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                self.top |= {_fold(node.id) for t in targets for node in ast.walk(t) if isinstance(node, ast.Name)}
            elif isinstance(statement, ast.ImportFrom):
                here = [(alias.name, alias.asname or alias.name) for alias in statement.names]
                self.imports.append((statement.module or "", here))
        named = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
        self.anywhere = {_fold(node.name) for node in named}


def _at_top(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        yield statement
        for part in ("body", "orelse", "finalbody"):
            if isinstance(statement, ast.If | ast.Try | ast.With):
                yield from _at_top(getattr(statement, part, []))


def _provided(path: str, read: Mapping[str, _Definitions], seen: set[str]) -> set[str]:
    """The names that whoever imports this file finds in it."""
    seen.add(path)
    found = set(read[path].top)
    for module, names in read[path].imports:
        for other in _files_of(module, read):
            if other in seen:
                continue
            theirs = _provided(other, read, seen)
            for there, here in names:
                found |= theirs if there == "*" else {_fold(here)} if _fold(there) in theirs else set()
    return found


def _files_of(module: str, paths: Collection[str]) -> list[str]:
    end = module.replace(".", "/")
    ends = (f"/{end}.py", f"/{end}/__init__.py") if end else ("/__init__.py",)
    return [path for path in paths if f"/{path}".endswith(ends)]
