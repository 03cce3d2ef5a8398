"""Points as another system writes them: never rounded in silence."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from pydantic import BaseModel

from grader.models import Decided, Result

_Model = TypeVar("_Model", bound=BaseModel)


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


def scaled(result: Result, decided: Decided | None, whole: float) -> tuple[Result, Decided | None]:
    """The same result, and what was decided about it, with all points multiplied so that full marks are `whole`."""
    factor = factor_to(whole, result.max_score)
    return _scaled(result, factor), None if decided is None else _scaled(decided, factor)


_OF_POINTS = frozenset({"score", "max_score", "judged", "points", "before", "penalty"})
"""The fields of results and decisions that hold points."""


def _scaled(model: _Model, factor: Fraction) -> _Model:
    """The model with every number of points in it multiplied."""
    update: dict[str, object] = {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name in _OF_POINTS and isinstance(value, float):
            update[name] = float(Fraction(str(value)) * factor)
        elif isinstance(value, BaseModel):
            update[name] = _scaled(value, factor)
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            update[name] = tuple(_scaled(each, factor) for each in value)
    return model.model_copy(update=update)
