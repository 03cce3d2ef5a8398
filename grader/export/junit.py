"""JUnit XML: a suite a student, a test case a check; for programs that show test reports.

What we could not grade is an `error`, what the student got wrong a `failure`, what was not judged `skipped`. The form
is what both common schemas allow, that of Ant and that of Jenkins.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence

from grader.language import speaking
from grader.models import CheckResult, CriterionResult, Result, Verdict
from grader.report import visible
from grader.report.part import check_reason

_LONGEST = 2000


def junit(results: Sequence[Result], moments: Mapping[str, str]) -> bytes:
    """All results as one document. `moments` says of each student when the result was written."""
    root = ET.Element("testsuites")
    for number, result in enumerate(results):
        with speaking(result.language):
            root.append(_suite(result, number, moments[result.student]))
    ET.indent(root)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _suite(result: Result, number: int, moment: str) -> ET.Element:
    cases = [
        _case(result, criterion, check)
        for criterion in result.criteria
        for check in criterion.checks
        if check.max_score
    ] or [_unknown(result)]
    counts = {kind: sum(case.find(kind) is not None for case in cases) for kind in ("failure", "error", "skipped")}
    suite = ET.Element(
        "testsuite",
        {
            "name": _text(result.student),
            "package": _text(result.homework),
            "id": str(number),
            "timestamp": moment,
            "hostname": "localhost",
            "tests": str(len(cases)),
            "failures": str(counts["failure"]),
            "errors": str(counts["error"]),
            "skipped": str(counts["skipped"]),
            "time": "0",
        },
    )
    properties = ET.SubElement(suite, "properties")
    facts = {
        "score": "" if result.score is None else f"{result.score:g}",
        "max_score": f"{result.max_score:g}",
        "verdict": str(result.verdict),
        "sandbox": result.sandbox,
    }
    for name, value in facts.items():
        ET.SubElement(properties, "property", {"name": name, "value": _text(value)})
    suite.extend(cases)
    ET.SubElement(suite, "system-out").text = "\n".join(_text(note) for note in (result.message, *result.notes) if note)
    ET.SubElement(suite, "system-err")
    return suite


def _case(result: Result, criterion: CriterionResult, check: CheckResult) -> ET.Element:
    names = {
        "name": _text(check.name),
        "classname": f"{_text(result.homework)}.{_text(criterion.function)}",
        "time": "0",
    }
    case = ET.Element("testcase", names)
    if check.score == check.max_score:
        return case
    said = check_reason(criterion, check)
    if check.verdict == Verdict.SKIPPED and any(other.failed for other in criterion.checks):
        ET.SubElement(case, "skipped")
    else:
        first = said.partition("\n")[0]
        ET.SubElement(case, "failure", {"message": _text(first), "type": str(check.verdict)}).text = _text(said)
    return case


def _unknown(result: Result) -> ET.Element:
    case = ET.Element("testcase", {"name": "the file", "classname": _text(result.homework), "time": "0"})
    kind = "error" if result.score is None else "failure"
    ET.SubElement(case, kind, {"message": _text(result.message), "type": str(result.verdict)})
    return case


def _text(text: str) -> str:
    """A text of characters that XML allows."""
    return "\n".join(visible(line, _LONGEST) for line in text.split("\n"))
