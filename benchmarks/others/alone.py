"""python alone.py RESULT FILE: load one submission in this process and write the functions that pass, as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from trials import passed

if __name__ == "__main__":
    result, path = sys.argv[1:]
    namespace: dict[str, Any] = {"__name__": "submission", "__file__": path}
    exec(compile(Path(path).read_bytes(), path, "exec"), namespace)
    Path(result).write_text(json.dumps(passed(namespace)))
