"""When each student handed in, where a course writes it down: submitted.csv among the submissions. A wrong line costs
that line."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from grader.decisions.lateness import handed_in
from grader.errors import SubmissionError
from grader.models import student_id
from grader.tables import separator

TIMES = "submitted.csv"


def read_times(folder: Path, timezone: str) -> tuple[Mapping[str, datetime], list[str]]:
    """The moment of each student's hand-in, the latest where there are several; and a sentence for each wrong line."""
    path = folder / TIMES
    if not path.is_file():
        return {}, []
    times: dict[str, datetime] = {}
    faults: list[str] = []
    try:
        content = path.read_bytes().decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=separator(content))
        if not {"student", "submitted_at"} <= set(reader.fieldnames or ()):
            found = ", ".join(reader.fieldnames or ()) or "nothing"
            raise SubmissionError(f"{path}, line 1: found {found}, expected the columns student,submitted_at")
        for row in reader:
            student, text = student_id((row["student"] or "").strip()), (row["submitted_at"] or "").strip()
            try:
                moment = handed_in(datetime.fromisoformat(text), timezone)
                if len(text) <= len("2026-12-01"):
                    raise ValueError
            except (ValueError, OverflowError):
                faults.append(
                    f"{path}, line {reader.line_num}: found {text!r}, expected a date with a time, as in "
                    "2026-12-01T23:59:00; this student counts as in time"
                )
                continue
            times[student] = max(moment, times.get(student, moment))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SubmissionError(f"{path}: the times can not be read: {error}; save it as UTF-8") from error
    return times, faults
