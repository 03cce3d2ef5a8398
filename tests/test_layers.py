"""The floors of the house, executable: imports go down, never up or sideways, and none hides inside a function."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

GRADER = Path(__file__).parent.parent / "grader"

FLOORS = {
    6: {"cli"},
    5: {"batch", "audit", "export", "ci", "kit"},
    4: {"grade", "report"},
    3: {"changes", "judge", "showing", "diagnose", "reveal", "properties", "learned"},
    2: {"homework", "places", "reasons", "decisions"},
    1: {"begin", "rubric", "submissions", "quantities", "trials", "objects", "compare", "frozen", "sandbox"},
    0: {"models", "language", "tables", "errors"},
}
"""The rooms, from the door down to the ground. A room may use every floor below its own, and no other."""

PURE = {"changes", "quantities", "trials", "objects", "compare", "judge", "showing", "reasons", "diagnose"}
PURE |= {"properties", "learned", "tables"}
IMPURE = {"os", "io", "time", "datetime", "subprocess", "socket", "tempfile", "shutil", "secrets", "threading"}


def floor_of(room: str) -> int:
    return next(floor for floor, rooms in FLOORS.items() if room in rooms)


def room_of(path: Path) -> str:
    return path.relative_to(GRADER).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> list[tuple[str, int]]:
    """The full names that a module imports, with their lines."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (f"{node.module}." if node.module else "")
            found += [(start + alias.name, node.lineno) for alias in node.names]
    return found


def faults(path: Path, source: str) -> list[str]:
    """What in this module goes against the floors."""
    room, tree, found = room_of(path), ast.parse(source), []
    inside = "inside" in path.parts
    for name, line in imports(tree):
        parts = name.split(".")
        if inside and (parts[0] == "grader" or name.startswith("..")):
            found.append(f"line {line}: a file of the box imports {name}")
        elif not inside and name.startswith("."):
            found.append(f"line {line}: a relative import, {name}")
        elif not inside and parts[0] == "grader":
            other = parts[1] if len(parts) > 1 else "__version__"
            if other not in ("__version__", room) and floor_of(other) >= floor_of(room):
                found.append(f"line {line}: {room} imports {other}, which is not below it")
        if room in PURE and parts[0] in IMPURE:
            found.append(f"line {line}: {room} is pure, and imports {parts[0]}")
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            hidden = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            found += [f"line {node.lineno}: an import inside {function.name}" for node in hidden]
    return found


def modules() -> list[Path]:
    return sorted(path for path in GRADER.rglob("*.py") if path.name != "__init__.py" or path.parent != GRADER)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(GRADER)))
def test_imports_go_down(path: Path):
    if path.name == "__main__.py":
        return
    assert faults(path, path.read_text(encoding="utf-8")) == []


def test_every_room_stands_on_a_floor():
    rooms = {room_of(path) for path in modules()} - {"__main__"}
    assert rooms == set().union(*FLOORS.values())


@pytest.mark.parametrize(
    ("place", "source", "fault"),
    [
        ("models.py", "from grader.cli import main", "line 1: models imports cli, which is not below it"),
        ("trials.py", "import grader.quantities", "line 1: trials imports quantities, which is not below it"),
        ("report/pages.py", "from grader.grade import grade", "line 1: report imports grade, which is not below it"),
        ("sandbox/inside/child.py", "from grader.models import Call", "line 1: a file of the box imports grader.models.Call"),
        ("sandbox/inside/child.py", "from ..request import x", "line 1: a file of the box imports ..request.x"),
        ("compare.py", "import time", "line 1: compare is pure, and imports time"),
        ("grade.py", "def f():\n    from grader.compare import compare", "line 2: an import inside f"),
        ("grade.py", "from . import judge", "line 1: a relative import, .judge"),
    ],
)  # fmt: skip
def test_a_fault_that_is_planted_is_found(place: str, source: str, fault: str):
    assert faults(GRADER / place, source) == [fault]


def test_only_the_command_line_prints():
    printing = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
                printing.append(room_of(path))
    assert set(printing) == {"cli"}


def test_nothing_opens_a_pickle_or_evaluates_text():
    """Nothing but the box executes code, and nothing unpickles; workers are the grader's own processes."""
    for path in modules():
        names = {name.split(".")[0] for name, _ in imports(ast.parse(path.read_text(encoding="utf-8")))}
        assert not names & {"pickle", "marshal", "shelve", "dill"}
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"exec", "eval"} or path.name == "program.py"
