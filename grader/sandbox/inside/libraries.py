"""What student code can import: Python's own modules, numpy, and the packages that the rubric names.

They are imported once, in the zygote; a child finds them there. Anything else is not found, whatever else is
installed on this machine, so that a result does not depend on it; but for matplotlib, which then draws nothing.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.machinery
import os
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from . import plotting

_CHEAP_TEXT = """
    numpy numpy.ma numpy.typing collections.abc contextlib copy dataclasses functools itertools json math operator re
    string textwrap time traceback types typing warnings
"""
CHEAP = tuple(_CHEAP_TEXT.split())
"""Imported for everybody: what nearly every homework needs, and what makes no fork slower."""

_USUAL_TEXT = """
    abc argparse array ast base64 bisect builtins calendar cmath codecs collections colorsys concurrent.futures
    concurrent.futures.thread csv ctypes datetime decimal difflib dis doctest enum fileinput fnmatch fractions
    gc getopt getpass glob gzip hashlib heapq html importlib importlib.util inspect io keyword linecache locale
    logging multiprocessing numbers os os.path pathlib pdb pickle platform pprint profile queue random reprlib secrets
    select shutil signal socket statistics struct subprocess sys tempfile threading timeit tokenize unicodedata
    unittest unittest.mock urllib urllib.parse urllib.request uuid weakref xml.etree.ElementTree zipfile zlib
    encodings.utf_8_sig encodings.latin_1 encodings.ascii encodings.idna stringprep numpy.exceptions numpy.fft
    numpy.lib numpy.lib.stride_tricks numpy.linalg numpy.ma numpy.matlib numpy.polynomial numpy.random
    numpy.testing numpy.typing numpy.ctypeslib
"""
USUAL = tuple(_USUAL_TEXT.split())
"""What homework imports now and then. Where no file can be opened after the fork, it must be there before."""


class MissingPackageError(Exception):
    """A package that the rubric names can not be imported."""


def import_all(packages: Sequence[str], usual: bool) -> None:
    """Import what everybody needs; with `usual`, what is used now and then too; and these packages, with their parts.

    Raises MissingPackageError.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in (*CHEAP, *(USUAL if usual else ())):
            with contextlib.suppress(ImportError):  # some systems lack some modules
                importlib.import_module(name)
        for name in (*(["numpy"] if usual else []), *packages):  # `from numpy import *` asks for all its parts
            try:
                package = importlib.import_module(name)
            except Exception as error:
                raise MissingPackageError(f"{name} can not be imported ({type(error).__name__}: {error})") from None
            for part in getattr(package, "__all__", ()):  # some parts are only loaded when they are asked for
                with contextlib.suppress(Exception):
                    getattr(package, part)
        np.linalg.solve(np.eye(2), np.ones(2))  # what loads more at its first use
        str(np.arange(3.0)), np.einsum("i,i", np.ones(2), np.ones(2))
        warnings.warn("once", stacklevel=1)


@contextlib.contextmanager
def without_fork_hooks() -> Iterator[None]:
    """What is imported meanwhile is not called before and after a fork, as threading and logging would be.

    They make locks good that another thread held, and the zygote has one thread. In a child that may not fork, all that
    they do is to write to pages, which the system copies.
    """
    register = os.register_at_fork
    os.register_at_fork = lambda **_hooks: None
    try:
        yield
    finally:
        os.register_at_fork = register


class _Offered(importlib.machinery.PathFinder):
    """Finds a module only if its package is on offer."""

    offered: frozenset[str] = frozenset()

    @classmethod
    def find_spec(cls, fullname: str, path: Sequence[str] | None = None, target: Any = None) -> Any:
        """As its parent, for what is on offer; nothing for the rest."""
        name = fullname.partition(".")[0]
        if name not in cls.offered and not name.startswith("_sysconfigdata_"):  # Python's own, on no list of it
            return None
        return super().find_spec(fullname, path, target)


def offer_only(packages: Iterable[str]) -> None:
    """From now on, nothing but Python's own modules, what is imported already, and these packages can be imported."""
    names = {name.partition(".")[0] for name in (*packages, *sys.modules, *sys.stdlib_module_names)}
    _Offered.offered = frozenset(names - {"inside"})
    sys.meta_path[:] = [_Offered if finder is importlib.machinery.PathFinder else finder for finder in sys.meta_path]
    if "matplotlib" not in names:
        sys.meta_path.append(plotting.Finder())
