"""A teacher's word on top of a result: overrides, lateness, names. The result itself stays as it was judged.

Nothing here judges: a result goes in, and what it is worth comes out beside it (`Decided`), so that the machine's
verdict and the teacher's word are both there, in the files and on the pages. Whatever is decided survives every
regrade; what was decided on something else since is said to be, and applies all the same.
"""

from grader.decisions.apply import Decisions, decide, decided_text
from grader.decisions.ground import ground_of
from grader.decisions.names import hide_names, names_path, read_names, tells_names
from grader.decisions.overrides import overrides_path, overrides_schema, read_overrides
from grader.decisions.record import Recorded, read_record, read_result
from grader.decisions.times import TIMES, read_times
from grader.decisions.written import add_override

__all__ = [
    "TIMES",
    "Decisions",
    "Recorded",
    "add_override",
    "decide",
    "decided_text",
    "ground_of",
    "hide_names",
    "names_path",
    "overrides_path",
    "overrides_schema",
    "read_names",
    "read_overrides",
    "read_record",
    "read_result",
    "read_times",
    "tells_names",
]
