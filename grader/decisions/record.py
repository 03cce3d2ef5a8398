"""What stands in a folder of reports: results, each with what was decided about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from grader.errors import SubmissionError
from grader.models import Decided, Result


@dataclass(frozen=True)
class Recorded:
    """A result, and what was decided about it, if anything was."""

    result: Result
    decided: Decided | None

    @property
    def score(self) -> float | None:
        """What counts; None where it is not known, or excused."""
        return self.result.score if self.decided is None else self.decided.score

    @property
    def max_score(self) -> float:
        """What that is out of."""
        return self.result.max_score if self.decided is None else self.decided.max_score


def read_result(path: Path) -> Result:
    """The result in a file. Raises SubmissionError if there is none."""
    try:
        return Result.model_validate_json(path.read_bytes())
    except OSError:
        raise SubmissionError(f"{path}: there is no such result; grade first, or name the folder with --out") from None
    except ValidationError as error:
        raise SubmissionError(f"{path}: this is no result of format 1 ({error.error_count()} faults)") from None


def read_record(folder: Path, left_out: Callable[[Path, str], object]) -> Iterator[Recorded]:
    """The results in the folder of a homework's reports, each with what was decided, in the order of their files.

    What can not be read is left out, and `left_out` is told which file of results, and why.
    """
    for path in sorted((folder / "results").glob("*.json")):
        try:
            yield Recorded(read_result(path), _decided(folder / "decisions" / path.name))
        except SubmissionError as error:
            left_out(path, str(error))


def _decided(path: Path) -> Decided | None:
    try:
        return Decided.model_validate_json(path.read_bytes()) if path.is_file() else None
    except OSError as error:
        raise SubmissionError(f"{path}: the decisions can not be read: {error.strerror}") from None
    except ValidationError as error:
        raise SubmissionError(f"{path}: these are no decisions of format 1 ({error.error_count()} faults)") from None
