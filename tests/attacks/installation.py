"""A copy of Python, of the grader and of what it needs, that any user of the system can read, and that may be spoiled.

<folder>/base/bin/python3.x, base/lib/...     the interpreter and its library
<folder>/venv/bin/python, venv/lib/...        a virtual environment on top of it, with the grader
<folder>/venv/bin/grade                       the command
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

import grader

VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"
_NOT_NEEDED = (
    "test",
    "tests",
    "site-packages",
    "dist-packages",
    "idlelib",
    "tkinter",
    "turtledemo",
    "ensurepip",
    "*.opt-?.pyc",
)


@dataclass(frozen=True)
class Installation:
    """Where it lies."""

    folder: Path

    @property
    def python(self) -> Path:
        """The interpreter of the virtual environment."""
        return self.folder / "venv" / "bin" / "python"

    @property
    def command(self) -> Path:
        """The command `grade`."""
        return self.folder / "venv" / "bin" / "grade"

    @property
    def site(self) -> Path:
        """Where the grader and its packages lie."""
        return self.folder / "venv" / "lib" / VERSION / "site-packages"

    def copy(self, folder: Path) -> Installation:
        """Another one, in a folder that does not exist."""
        shutil.copytree(self.folder, folder, symlinks=True)
        copy = Installation(folder)
        copy.say_where()
        return copy

    def say_where(self) -> None:
        """Write down for Python where it lies."""
        home = f"home = {self.folder}/base/bin\ninclude-system-site-packages = false\n"
        (self.folder / "venv" / "pyvenv.cfg").write_text(home)

    def runs(self, user: int | None) -> str:
        """Nothing, if the copy runs for this user; else why it does not."""
        code = "import sys, numpy, grader.cli; print(sys.prefix, sys.base_prefix, numpy.__file__, grader.__file__)"
        run = subprocess.run(
            [self.python, "-c", code], cwd="/", env={}, user=user, group=user, capture_output=True, text=True
        )
        strangers = [place for place in run.stdout.split() if not place.startswith(str(self.folder))]
        return run.stderr or ", ".join(strangers) or ("" if run.stdout else "it says nothing")


def install(folder: Path) -> Installation:
    """Copy everything into an empty folder that exists."""
    installation = Installation(folder)
    _copy_interpreter(folder / "base")
    (folder / "venv" / "bin").mkdir(parents=True)
    installation.python.symlink_to(f"../../base/bin/{VERSION}")
    installation.say_where()
    installation.command.write_text("import sys\n\nfrom grader.cli import main\n\nsys.exit(main())\n")
    installation.site.mkdir(parents=True)
    for name in sorted(_needed("grader")):
        _copy_distribution(name, installation.site)
    shutil.copytree(Path(grader.__file__).parent, installation.site / "grader")
    return installation


def _copy_interpreter(base: Path) -> None:
    library = Path(sysconfig.get_paths()["stdlib"])
    ignore = shutil.ignore_patterns(*_NOT_NEEDED, "config-*", "*.a")
    shutil.copytree(library, base / sys.platlibdir / VERSION, ignore=ignore, symlinks=True)
    (base / "bin").mkdir()
    program = Path(getattr(sys, "_base_executable", sys.executable)).resolve().read_bytes()
    name, where = sysconfig.get_config_var("INSTSONAME") or "", sysconfig.get_config_var("LIBDIR") or ""
    for folder in (where, os.path.join(sys.base_prefix, "lib")):
        if sysconfig.get_config_var("Py_ENABLE_SHARED") and os.path.isfile(os.path.join(folder, name)):
            shutil.copy(os.path.join(folder, name), base / "lib" / name)
            break
    old, new = where.encode() + b"\0", b"$ORIGIN/../lib\0"
    if len(new) <= len(old):  # where the program looks for its library
        program = program.replace(old, new.ljust(len(old), b"\0"))
    (base / "bin" / VERSION).write_bytes(program)
    (base / "bin" / VERSION).chmod(0o755)


def _needed(name: str) -> set[str]:
    """The names of all distributions that one needs to run, without itself."""
    found: set[str] = set()
    rest = [name]
    while rest:
        for text in metadata.requires(rest.pop()) or ():
            requirement = Requirement(text)
            wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
            if wanted and requirement.name not in found:
                found.add(requirement.name)
                rest.append(requirement.name)
    return found


def _copy_distribution(name: str, site: Path) -> None:
    distribution = metadata.distribution(name)
    for file in distribution.files or ():
        if ".." in file.parts or "tests" in file.parts:
            continue
        source = Path(str(distribution.locate_file(file)))
        if source.is_file():
            (site / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, site / file)
