"""Code that draws at random draws the same in every run: each function begins with the same seed."""

from __future__ import annotations

import itertools
import sys
from typing import Any

DRAWING = ("random", "numpy.random")
"""the modules that draw"""

_default_rng: Any = None
"""numpy's own, once it is imported"""


def seed() -> None:
    """Seed what is imported by now."""
    for name in DRAWING:
        if name in sys.modules:
            _seed_one(sys.modules[name])


def _seed_one(module: Any) -> None:
    module.seed(0)
    if module.__name__ == "numpy.random":
        global _default_rng
        really, made = _default_rng or module.default_rng, itertools.count()
        _default_rng = really

        def default_rng(seed: Any = None) -> Any:
            return really(next(made) if seed is None else seed)

        module.default_rng = default_rng


class _Finder:
    """Finds the modules that draw, and seeds each when it is imported, be it in the middle of a call."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        """As the finders behind this one, with a loader that seeds."""
        if fullname not in DRAWING:
            return None
        found = (finder.find_spec(fullname, path, target) for finder in sys.meta_path if finder is not self)
        spec = next((each for each in found if each is not None), None)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)  # type: ignore[assignment]
        return spec


class _Loader:
    """A loader, and what comes after it."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: Any) -> Any:
        """As the loader does."""
        return self._loader.create_module(spec)

    def exec_module(self, module: Any) -> None:
        """As the loader does; then it is seeded."""
        self._loader.exec_module(module)
        _seed_one(module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)


def seed_when_imported() -> None:
    """Seed each of the modules when it is imported, be it in the middle of a call."""
    sys.meta_path.insert(0, _Finder())
