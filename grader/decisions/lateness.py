"""How late a hand-in was, and what that costs. Points are decimals here, days are those of the course's calendar.

A day late ends at the due date's own time of day, in the course's time zone, also where a day has 23 or 25 hours. A
due date that the clock shows twice is the later of the two; one that it skips, the later reading too. So nobody is
late by a change of the clock.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from zoneinfo import ZoneInfo

from grader.models import Late, Lateness, instant, instants

_MILLIONTH = Decimal("0.000001")


def exact(points: float) -> Decimal:
    """Points as they are written: 0.1 is a tenth."""
    return Decimal(repr(float(points)))


def local(moment: datetime, timezone: str) -> datetime:
    """A moment as the course's clocks show it, without an offset."""
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(ZoneInfo(timezone)).replace(tzinfo=None, fold=0)


def handed_in(moment: datetime, timezone: str) -> datetime:
    """The moment of a hand-in; one without an offset is on the course's clocks, and of two, the earlier."""
    return min(instants(moment, timezone)) if moment.tzinfo is None else moment.astimezone(UTC)


def days_late(submitted: datetime, due: datetime, timezone: str, grace_minutes: int) -> int:
    """How many days late have begun: 0 for what is in time, counting the grace. `due` is what clocks show."""
    counted = handed_in(submitted, timezone) - timedelta(minutes=grace_minutes)
    days = max(0, (counted - instant(due, timezone)).days - 1)
    while instant(due + timedelta(days=days), timezone) < counted:
        days += 1
    return days


def lateness(
    submitted: datetime | None,
    due: datetime,
    extension: datetime | None,
    timezone: str,
    policy: Late,
    score: Decimal | None,
    max_score: Decimal,
) -> Lateness:
    """What lateness costs a score. Where it is not known when something was handed in, it costs nothing."""
    deadline = local(due if extension is None else extension, timezone)
    days = 0 if submitted is None else days_late(submitted, deadline, timezone, policy.grace_minutes)
    refused = policy.refuse_after_days is not None and days > policy.refuse_after_days
    penalty = Decimal(0)
    if score is not None:
        penalty = score if refused else min(score, _penalty(days, policy, score, max_score))
    return Lateness(
        submitted_at=None if submitted is None else local(handed_in(submitted, timezone), timezone).isoformat(sep=" "),
        due=deadline.isoformat(sep=" "),
        timezone=timezone,
        extended=extension is not None,
        days=days,
        refused=refused,
        before=None if score is None else float(score),
        penalty=float(penalty),
    )


def _penalty(days: int, policy: Late, score: Decimal, max_score: Decimal) -> Decimal:
    """The points that so many days cost; what lies beyond a millionth of a point is the student's."""
    counted = max(0, days - policy.free_days)
    if not counted:
        return Decimal(0)
    base = score if policy.of == "score" else max_score
    share = exact(policy.percent_a_day) * counted / 100
    return (exact(policy.points) + share * base).quantize(_MILLIONTH, ROUND_DOWN)
