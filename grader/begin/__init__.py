"""A new homework in a course's folder: rubric, reference, known mistakes, samples, a workflow. Nothing is overwritten.

It is a homework that works, a linear regression, so that the first command after it is `grade audit`, and every change
of it can be seen to hold.
"""

from __future__ import annotations

import re
from pathlib import Path

from grader.errors import RubricError

_FILES = Path(__file__).parent / "files"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def begin(folder: Path, name: str) -> list[Path]:
    """Write the files of a homework of this name, and return them; those that the course has already are left out.

    Raises RubricError if the name can not be one, or if a file of the homework itself is there.
    """
    if not _NAME.fullmatch(name) or name.endswith(".overrides"):
        raise RubricError(
            f"found {name[:100]!r}, expected a name for the homework: letters from a to z, digits, '.', '_' and '-', "
            "80 at most, a letter or a digit first, and not .overrides last; as in: grade new hw4-logistic"
        )
    module = re.sub(r"[^A-Za-z0-9_]", "_", name)
    own = {
        folder / "rubrics" / f"{name}.yaml": "rubric.yaml",
        folder / "reference" / f"{module}.py": "reference.py",
        folder / "reference" / f"{module}_misconceptions.py": "misconceptions.py",
        folder / "tests" / "submissions" / name / "accepted" / "loops.py": "right.py",
        folder / "submissions" / name / "s01.py": "right.py",
        folder / "submissions" / name / "s02.py": "wrong.py",
    }
    shared = {
        folder / ".gitignore": "gitignore",
        folder / ".github" / "workflows" / "audit.yml": "workflow.yml",
    }
    for path in own:
        if path.exists():
            raise RubricError(f"{path} is there already, and is left as it is; choose another name")
    files = own | {path: source for path, source in shared.items() if not path.exists()}
    for path, source in files.items():
        text = (_FILES / f"{source}.txt").read_text(encoding="utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("@homework@", name).replace("@module@", module), encoding="utf-8")
    return list(files)
