"""Time that somebody else gives a running sitting, and takes back."""

from datetime import datetime, timedelta

from core.errors import Refused
from quizzes.models import Attempt
from quizzes.sittings.beginning import note_event
from quizzes.sittings.clock import deadline
from quizzes.sittings.plans import plan_of
from quizzes.sittings.sections import refuse_ended

MOST_ADDED = 240  # minutes
LONGEST_REASON = 200  # characters
NO_CLOCK = "This sitting has no clock."
NOTHING_ADDED = "No time was added to this sitting, or it was taken back already."
USED = "The added time is being used already; what is left of the sitting stays as it is."


def add_time(attempt: Attempt, minutes: int, *, by_id: int, reason: str, now: datetime) -> None:
    """Give a running sitting more time; who gave it, and why, stays in its history."""
    refuse_ended(attempt, now)
    if not 1 <= minutes <= MOST_ADDED:
        raise Refused(f"Between 1 and {MOST_ADDED} minutes can be added at once.", 422)
    move_deadline(attempt, minutes)
    note_event(attempt, "extended", now=now, by_id=by_id, minutes=minutes, reason=reason[:LONGEST_REASON])


def take_back_time(attempt: Attempt, *, by_id: int, now: datetime) -> int:
    """Take back all that was added, while the sitting would still run without it; return the minutes."""
    refuse_ended(attempt, now)
    added = plan_of(attempt.plan).added
    end = deadline(attempt, now)
    if not added or end is None:
        raise Refused(NOTHING_ADDED)
    if end - timedelta(minutes=added) <= now:
        raise Refused(USED)
    move_deadline(attempt, -added)
    note_event(attempt, "extended", now=now, by_id=by_id, minutes=-added, reason="taken back")
    return added


def move_deadline(attempt: Attempt, minutes: int) -> None:
    """Move the end of a sitting, and keep in its plan by how much, for whoever sits it to see."""
    if attempt.deadline_at is None:
        raise Refused(NO_CLOCK)
    attempt.deadline_at += timedelta(minutes=minutes)
    plan = dict(attempt.plan or {})
    attempt.plan = plan | {"added": plan.get("added", 0) + minutes}
