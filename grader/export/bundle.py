"""An autograder for Gradescope: one zip file with the grader, the rubric and its reference, and the two scripts.

    setup.sh          installs Python, bubblewrap and what the grader needs, when Gradescope builds the machine
    run_autograder    grades one submission: /autograder/submission in, /autograder/results/results.json out
    requirements.txt  what the grader needs, and the packages of the rubric
    grader/           the grader itself
    homework/         the rubric and its reference, where they lie to one another

The same rubric and grader give the same bytes.
"""

from __future__ import annotations

import io
import os
import shlex
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import grader
from grader.errors import ExportError
from grader.rubric import RubricFile

_SETUP = """\
#!/usr/bin/env bash
# Runs once, when Gradescope builds the machine.
set -euo pipefail
root="${AUTOGRADER_ROOT:-/autograder}"
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends bubblewrap python3 python3-venv tzdata
python=python3
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  apt-get install -y --no-install-recommends python3.11 python3.11-venv
  python=python3.11
fi
"$python" -m venv "$root/venv"
"$root/venv/bin/python" -m pip install -r "$root/source/requirements.txt"
"""

_RUN = """\
#!/usr/bin/env bash
# Runs for every submission. Whatever is printed here is for the course; students see results.json.
set -euo pipefail
root="${{AUTOGRADER_ROOT:-/autograder}}"
python="$root/venv/bin/python"
[ -x "$python" ] || python="${{PYTHON:-python3}}"
cd "$root"
export PYTHONPATH="$root/source" PYTHONDONTWRITEBYTECODE=1
exec "$python" -m grader bundle run --root "$root" --rubric "$root/source/"{rubric}{options}
"""

_MOMENT = (1980, 1, 1, 0, 0, 0)


def gradescope_bundle(file: RubricFile, options: tuple[str, ...] = ()) -> bytes:
    """The zip file. `options` are those of `grade bundle run`.

    Raises ExportError where the grader itself does not know what it needs.
    """
    homework = dict(_homework(file))
    rubric = next(iter(homework))
    files = {
        "setup.sh": _SETUP.encode(),
        "run_autograder": _RUN.format(
            rubric=shlex.quote(rubric), options="".join(f" {shlex.quote(option)}" for option in options)
        ).encode(),
        "requirements.txt": "".join(f"{line}\n" for line in _requirements(file)).encode(),
        **homework,
        **dict(_grader()),
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if name in ("setup.sh", "run_autograder") else 0o644) << 16
            archive.writestr(entry, content)
    return data.getvalue()


def _homework(file: RubricFile) -> Iterator[tuple[str, bytes]]:
    """The rubric first, then what it is judged by, each where it lies to the other."""
    beside = [file.trials] if file.trials is not None else [file.reference, file.misconceptions]
    paths = [path.resolve() for path in (file.path, *beside) if path.is_file()]
    common = Path(os.path.commonpath([path.parent for path in paths]))
    for path in paths:
        yield f"homework/{path.relative_to(common).as_posix()}", path.read_bytes()


def _grader() -> Iterator[tuple[str, bytes]]:
    folder = Path(grader.__file__).parent
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".po":
            yield f"grader/{path.relative_to(folder).as_posix()}", path.read_bytes()


def _requirements(file: RubricFile) -> list[str]:
    try:
        needed = requires("grader") or []
    except PackageNotFoundError:
        raise ExportError(
            "the grader is not installed here, so it is not known what it needs; install it (python -m pip install .)"
        ) from None
    own = [line for line in needed if "extra ==" not in line]
    own += [line.partition(";")[0].strip() for line in needed if "extra == " in line and "notebooks" in line]
    return [*own, *dict.fromkeys(name.partition(".")[0] for name in file.rubric.packages)]
