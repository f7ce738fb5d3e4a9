"""The clock of a sitting: deadlines stand on the server, pages get what is left of them."""

from datetime import datetime, timedelta
from typing import Protocol

GRACE = timedelta(seconds=10)  # for an answer that was on its way when the time ran out
NOTHING = timedelta(0)


class Timed(Protocol):
    """What a clock needs to know of an attempt."""

    deadline_at: datetime | None
    break_began_at: datetime | None
    break_ends_at: datetime | None


def time_stood(timed: Timed, now: datetime) -> timedelta:
    """Return how long the clock has stood still in the running break, which ends by itself when its minutes are over."""
    if timed.break_began_at is None or timed.break_ends_at is None:
        return NOTHING
    return max(NOTHING, min(now, timed.break_ends_at) - timed.break_began_at)


def deadline(timed: Timed, now: datetime) -> datetime | None:
    """Return when the time is over, the running break counted in; None where there is no clock."""
    return timed.deadline_at + time_stood(timed, now) if timed.deadline_at else None


def on_break(timed: Timed, now: datetime) -> bool:
    """Say whether the clock stands still now."""
    return timed.break_ends_at is not None and now < timed.break_ends_at


def is_over(timed: Timed, now: datetime) -> bool:
    """Say whether the time is over and the grace as well."""
    end = deadline(timed, now)
    return end is not None and now > end + GRACE


def milliseconds_left(end: datetime | None, now: datetime) -> int | None:
    """Return what is left until a moment, never less than nothing."""
    return max(0, round((end - now) / timedelta(milliseconds=1))) if end else None
