"""Points as another system writes them: never rounded in silence."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Written:
    """A score in another system's digits; `rounded` if it is not the score itself."""

    text: str
    value: float
    rounded: bool


def write_points(score: float, factor: Fraction, places: int, *, comma: bool = False) -> Written:
    """The score times a factor, with as many decimal places as it needs and at most so many."""
    exact = Fraction(str(score)) * factor
    kept = round(exact, places)
    text = f"{float(kept):.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return Written(text.replace(".", ",") if comma else text, float(kept), kept != exact)


def factor_to(whole: float, max_score: float) -> Fraction:
    """What all points are multiplied by so that full marks are `whole`."""
    return Fraction(str(whole)) / Fraction(str(max_score)) if max_score else Fraction(1)
