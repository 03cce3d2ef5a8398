"""In place of matplotlib, where it is not on offer: it can be imported, and what it is told to draw comes to nothing.

A training method that draws its curve is no wrong training method.
"""

from __future__ import annotations

import importlib.machinery
import types
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

PACKAGES = ("matplotlib", "mpl_toolkits")


class Nothing:
    """Takes every call, every name and every index, and gives itself."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _SEVERAL.get(name, self)

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self

    def __getitem__(self, place: Any) -> Any:
        return self

    def __setitem__(self, place: Any, value: Any) -> None:
        pass

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *raised: Any) -> None:
        pass

    def __add__(self, other: Any) -> Any:
        return self

    __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __add__


_NOTHING = Nothing()


def _subplots(nrows: int = 1, ncols: int = 1, *given: Any, squeeze: bool = True, **named: Any) -> Any:
    axes = np.full((nrows, ncols), _NOTHING, dtype=object)
    if squeeze:
        axes = axes.squeeze()
    return _NOTHING, axes if axes.ndim else _NOTHING


_SEVERAL: dict[str, Any] = {
    "subplots": _subplots,
    "plot": lambda *given, **named: [_NOTHING],
    "hist": lambda *given, **named: (_NOTHING, _NOTHING, _NOTHING),
}
"""what gives several things, to be unpacked"""


class _Drawing(types.ModuleType):
    __version__ = "0"

    def __getattr__(self, name: str) -> Any:
        return getattr(_NOTHING, name)


class Finder:
    """Finds each module of matplotlib, and makes one that draws nothing."""

    def find_spec(self, fullname: str, path: Sequence[str] | None = None, target: Any = None) -> Any:
        """The module of this name, if it is one of matplotlib's."""
        if fullname.partition(".")[0] not in PACKAGES:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)  # type: ignore[arg-type]

    def create_module(self, spec: Any) -> Any:
        """A module that has every name."""
        return _Drawing(spec.name)

    def exec_module(self, module: Any) -> None:
        """There is nothing to execute."""
