"""Minutes of study, told from the records alone.

A lesson read counts the time from opening it to marking it read, at most what its author says it takes without its
checks (a page left open teaches nothing). An answer counts its own seconds, at most five minutes; where nobody measured
them it counts one minute, which is also what an author adds to a lesson for a check.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, tzinfo

ANSWER = 60.0
LONGEST_ANSWER = 300.0


def reading_seconds(begun_at: datetime, read_at: datetime, minutes: int, checks: int) -> float:
    """Return the seconds that reading a lesson counts."""
    stated = max(1, minutes - checks) * 60.0
    return min(max(0.0, (read_at - begun_at).total_seconds()), stated)


def seconds_of(kind: str, seconds: float | None) -> float:
    """Return the seconds that one record counts."""
    if kind == "answer":
        return ANSWER if seconds is None else min(seconds, LONGEST_ANSWER)
    return seconds or 0.0


def minutes_by_day(deeds: Iterable[tuple[datetime, str, float | None]], zone: tzinfo) -> dict[date, float]:
    """Add up the minutes of each day, as the learner's own calendar has it."""
    days: dict[date, float] = defaultdict(float)
    for occurred_at, kind, seconds in deeds:
        days[occurred_at.astimezone(zone).date()] += seconds_of(kind, seconds) / 60
    return dict(days)
