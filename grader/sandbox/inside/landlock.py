"""Which files student code may open: those of Python and its packages, for reading. By the kernel's Landlock."""

from __future__ import annotations

import contextlib
import ctypes
import os
import stat
import struct
from collections.abc import Iterable

from . import kernel

OLDEST = 3
"""The first version (Linux 6.2) that keeps files from being emptied, too."""
_RIGHTS = {3: 15, 4: 15}
"""How many rights about files each version of the interface knows; later ones know 16."""
_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
_TCP = 0b11
_SCOPES = 0b11
"""Abstract unix sockets and signals: nothing outside is within reach."""
_VERSION, _PATH_BENEATH = 1, 1


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


_PATH_RULE = struct.Struct("<Qi")
"""the rights, and a descriptor of the path"""


def version() -> int:
    """The version of the kernel's Landlock; 0 if there is none."""
    try:
        return kernel.call("landlock_create_ruleset", None, 0, _VERSION)
    except (OSError, KeyError):
        return 0


def ruleset(readable: Iterable[str]) -> int:
    """A descriptor of the rules: read beneath these folders, read and write /dev/null, and nothing else at all.

    Raises OSError where a rule can not be had; paths that do not exist are no rule.
    """
    abi = version()
    files = (1 << _RIGHTS.get(abi, 16)) - 1
    size = 8 if abi < 4 else 16 if abi < 6 else 24
    rules = kernel.call("landlock_create_ruleset", _Ruleset(files, _TCP, _SCOPES), size, 0)
    for path in readable:
        with contextlib.suppress(FileNotFoundError):
            _allow(rules, path, _READ_FILE | _READ_DIR)
    _allow(rules, os.devnull, _READ_FILE | _WRITE_FILE)
    return rules


def _allow(rules: int, path: str, rights: int) -> None:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= ~_READ_DIR
        kernel.call("landlock_add_rule", rules, _PATH_BENEATH, _PATH_RULE.pack(rights, descriptor), 0)
    finally:
        os.close(descriptor)


def restrict(rules: int) -> None:
    """Put this thread under the rules, for good. Needs no_new_privs. Raises OSError."""
    kernel.call("landlock_restrict_self", rules, 0)
