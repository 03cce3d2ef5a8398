"""What of the file system a child may see, and the outer walls: bwrap, which starts the zygote in namespaces."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

import numpy as np

_SYSTEM_LIBRARIES = ("/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib")
_SYSTEM_TABLES = ("/etc/ld.so.cache", "/usr/share/zoneinfo", "/etc/localtime")


def site_packages() -> list[str]:
    """The folders of installed packages, as this Python sees them; none of what an editable install points to."""
    folders = [p for p in sys.path if Path(p).name in ("site-packages", "dist-packages")]
    folders.append(str(Path(np.__file__).parent.parent))
    return list(dict.fromkeys(os.path.realpath(folder) for folder in folders if os.path.isdir(folder)))


def readable() -> list[str]:
    """What may be read: Python's own modules, installed packages, the system's libraries. No link among them."""
    base = Path(sys.base_prefix)
    paths = [sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), *site_packages()]
    paths += [*(() if base == Path("/usr") else (str(base / "lib"),)), *_SYSTEM_LIBRARIES, *_SYSTEM_TABLES]
    return list(dict.fromkeys(os.path.realpath(path) for path in paths if os.path.exists(path)))


def bwrap() -> str | None:
    """The bwrap program, if there is one."""
    return shutil.which("bwrap")


def behind_walls(program: str, command: Sequence[str], visible: Sequence[str]) -> list[str]:
    """The command, started by bwrap in namespaces of its own, where nothing can be seen but these paths, to read."""
    wall = [program, "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    wall += ["--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    if os.geteuid() == 0:  # to become nobody, once the libraries are imported
        wall += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        wall += ["--unshare-user"]
    paths = sorted({*visible, command[0]})
    for folder in sorted({str(folder) for path in paths for folder in Path(path).parents} - {"/"}):
        wall += ["--dir", folder]  # which everybody may pass through, not root alone
    for path in paths:
        wall += ["--ro-bind", path, path]
    for path in filter(os.path.islink, _SYSTEM_LIBRARIES):
        wall += ["--symlink", os.readlink(path), path]
    wall += ["--proc", "/proc", "--dir", "/dev"]
    for device in ("null", "zero", "urandom", "random"):
        wall += ["--dev-bind", f"/dev/{device}", f"/dev/{device}"]
    return [*wall, "--chdir", "/", "--", *command]
