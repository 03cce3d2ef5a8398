"""`grade schema`: what may stand in a file, as editors want to know it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich.console import Console

from grader.cli.arguments import parser_of
from grader.decisions import overrides_schema
from grader.rubric import rubric_schema

_SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {"rubric": rubric_schema, "overrides": overrides_schema}

_DESCRIPTION = """\
Print the JSON Schema of a rubric, or of the file of overrides beside one, for editors: they complete and check what is
typed.

  grade schema > rubric.schema.json
  grade schema overrides > overrides.schema.json

Then, at the head of a rubric, or of a file of overrides:

  # yaml-language-server: $schema=../rubric.schema.json
  # yaml-language-server: $schema=../overrides.schema.json
"""

_EPILOG = """\
exit codes
  0 printed   2 the command is wrong
"""


def run_schema(arguments: Sequence[str], out: Console, err: Console) -> int:
    """Print the schema that is named."""
    parser = parser_of("grade schema", _DESCRIPTION, _EPILOG)
    parser.add_argument(
        "what", nargs="?", choices=_SCHEMAS, default="rubric", metavar="WHAT", help="rubric (default) or overrides"
    )
    print(json.dumps(_SCHEMAS[parser.parse_args(arguments).what](), indent=2))
    return 0
