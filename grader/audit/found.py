"""What an audit finds, as it stands in its JSON: format 1, without times or anything of the machine."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from grader.audit.planted import Kind

Part = Literal["reference", "full marks", "mutants", "checks", "mistakes", "form"]
"""the six questions"""

Fate = Literal["caught", "noted", "equivalent", "survived"]
"""caught: it costs points; noted: only a check without points sees it; equivalent: it is no other function"""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Finding(_Strict):
    """Where the rubric, or its reference, falls short."""

    part: Part
    message: str


class GradientFound(_Strict):
    """What differences say about one gradient of the reference."""

    function: str
    convention: str
    of: str
    wrt: str
    tested: int
    zeros: int
    kinks: int
    at_kinks: int
    error: float
    agrees: bool


class SubmissionFound(_Strict):
    """A submission that must get full marks."""

    name: str
    score: float | None
    max_score: float


class PlantedFound(_Strict):
    """Something that was planted, and what became of it."""

    kind: Kind
    function: str
    convention: str
    name: str
    quantity: str
    line: int
    fate: Fate
    caught_by: tuple[str, ...]
    """checks, in the rubric's order"""
    trials: int
    """how many trials catch it"""
    separating: str = ""
    """the case of a fresh trial that would catch it"""
    example: str = ""
    """that trial: what is drawn"""


class WorthFound(_Strict):
    """A check, or a case of it."""

    check: str
    case: str
    points: bool
    trials: int
    catches: int
    only: int
    example: str
    """something that only it catches"""


class AlikeFound(_Strict):
    """Two known mistakes with the same values in every trial of the rubric."""

    function: str
    names: tuple[str, str]
    case: str
    """a case that separates them, empty if there is none"""


class FactFound(_Strict):
    """A matter of form."""

    what: str
    found: str
    right: bool


class Audit(_Strict):
    """Everything that an audit of one rubric found."""

    format: Literal[1] = 1
    grader: str
    homework: str
    title: str
    rubric_digest: str
    seed: int
    sandbox: str
    findings: tuple[Finding, ...]
    gradients: tuple[GradientFound, ...]
    submissions: tuple[SubmissionFound, ...]
    planted: tuple[PlantedFound, ...]
    fresh_trials: int
    not_asked_for: tuple[str, ...]
    checks: tuple[WorthFound, ...]
    trials: int
    fewest_trials: int
    alike: tuple[AlikeFound, ...]
    form: tuple[FactFound, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing falls short."""
        return not self.findings

    def count(self, kind: Kind | None = None, fate: Fate | None = None) -> int:
        """How many of a kind had a fate."""
        return sum((kind is None or p.kind == kind) and (fate is None or p.fate == fate) for p in self.planted)

    def score(self, kind: Kind | None = None) -> float:
        """The mutation score: the share of those that are another function, and were seen."""
        seen = self.count(kind, "caught") + self.count(kind, "noted")
        return seen / max(1, seen + self.count(kind, "survived"))
