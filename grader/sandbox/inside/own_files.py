"""The other files of a submission, as modules that it can import: found in memory, by their paths, and nowhere else.

What a library calls itself always means the library: a student's `random.py` never stands in its place. A file is
looked for beside the graded one, then from the submission's top, then anywhere, if there is only one of the name.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from typing import Any

_HERE = "submission:"
"""before a folder of the submission, where Python keeps the places in which a package's modules are looked for"""


class OwnFiles:
    """Finds and loads the files of a submission; the first is the graded one. `run` executes one in a namespace."""

    def __init__(self, paths: Sequence[str], run: Callable[[int, dict[str, Any]], None]) -> None:
        self._paths = [tuple(path.split("/")) for path in paths]
        self._run = run
        self._beside = self._paths[0][:-1]
        self._made: set[str] = set()

    def begin(self, module: types.ModuleType) -> None:
        """Be ready to import for the graded file, which is to be loaded into this module; forget all earlier ones."""
        for name in self._made:
            sys.modules.pop(name, None)
        self._made.clear()
        sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, OwnFiles)] + [self]
        # `from .layers import f` looks for a package: the folder that the file lies in.
        module.__package__ = module.__name__
        module.__path__ = [_HERE + "/".join(self._beside)]
        for path in (self._paths[0][-1:], self._paths[0]):  # other files may import the graded one
            name = ".".join(path).rpartition(".")[0]
            if name not in sys.modules and name.partition(".")[0] not in sys.stdlib_module_names:
                sys.modules[name] = module
                self._made.add(name)

    def find_spec(self, fullname: str, path: Sequence[str] | None = None, target: Any = None) -> ModuleSpec | None:
        """What Python asks when nobody else knows a module."""
        name = fullname.rpartition(".")[2]
        if path is None:
            folders = [self._beside, (), *self._elsewhere(name)]
        else:
            folders = [_folder(place) for place in path if isinstance(place, str) and place.startswith(_HERE)]
        for folder in folders:
            spec = self._in(folder, name, fullname)
            if spec is not None:
                self._made.add(fullname)
                return spec
        return None

    def create_module(self, spec: ModuleSpec) -> None:
        """An ordinary module."""

    def exec_module(self, module: types.ModuleType) -> None:
        """Execute the file, if it is one: a folder without __init__.py is a package too, and empty."""
        number = module.__spec__.loader_state if module.__spec__ else None
        if number is not None:
            self._run(number, vars(module))

    def _in(self, folder: tuple[str, ...], name: str, fullname: str) -> ModuleSpec | None:
        inside = (*folder, name)
        for path, package in (((*inside, "__init__.py"), True), ((*folder, f"{name}.py"), False)):
            if path in self._paths[1:]:
                return self._spec(fullname, self._paths.index(path), inside if package else None)
        if any(path[: len(inside)] == inside and len(path) > len(inside) for path in self._paths):
            return self._spec(fullname, None, inside)
        return None

    def _spec(self, fullname: str, number: int | None, package: tuple[str, ...] | None) -> ModuleSpec:
        spec = ModuleSpec(fullname, self, loader_state=number, is_package=package is not None)  # type: ignore[arg-type]
        if package is not None:
            spec.submodule_search_locations = [_HERE + "/".join(package)]
        return spec

    def _elsewhere(self, name: str) -> list[tuple[str, ...]]:
        """The folder of the only file or package of this name, for those who changed sys.path to get at it."""
        files = {path[:-1] for path in self._paths[1:] if path[-1] == f"{name}.py"}
        packages = {path[:-2] for path in self._paths[1:] if path[-2:] == (name, "__init__.py")}
        found = files | packages
        return list(found) if len(found) == 1 else []


def _folder(place: str) -> tuple[str, ...]:
    folder = place[len(_HERE) :]
    return tuple(folder.split("/")) if folder else ()
