"""Sections that lock, and breaks with a clock of their own."""

from datetime import datetime, timedelta

from core.errors import Refused
from quizzes.models import Attempt
from quizzes.sittings.beginning import note_event
from quizzes.sittings.clock import is_over, on_break, time_stood
from quizzes.sittings.plans import plan_of
from quizzes.sittings.stepping import ENDED, OVER

LAST = "This is the last section. Hand the exam in when you are done."
LEFT = "That section is locked already."


def leave_section(attempt: Attempt, number: int, *, take_break: bool, now: datetime) -> None:
    """Lock a section and open the next one, after the break that follows it where one does; pressing twice locks one."""
    refuse_ended(attempt, now)
    plan = plan_of(attempt.plan)
    if number != attempt.section:
        raise Refused(LEFT)
    if number >= len(plan.sections):
        raise Refused(LAST)
    attempt.section = number + 1
    note_event(attempt, "section-left", now=now, section=number)
    pause = plan.break_after(number)
    if pause and take_break:
        begin_break(attempt, pause.minutes, now=now)


def begin_break(attempt: Attempt, minutes: int, *, now: datetime) -> None:
    """Stop the exam's clock; the break ends by itself when its minutes are over."""
    settle_break(attempt, now)
    attempt.break_began_at, attempt.break_ends_at = now, now + timedelta(minutes=minutes)
    note_event(attempt, "break-begun", now=now, minutes=minutes)


def end_break(attempt: Attempt, *, now: datetime) -> None:
    """End a break early; where none runs, nothing is done."""
    if not on_break(attempt, now):
        return
    settle_break(attempt, now)
    note_event(attempt, "break-ended", now=now)


def settle_break(attempt: Attempt, now: datetime) -> None:
    """Move the deadline by the time the clock stood still, so that no break counts twice."""
    if attempt.deadline_at:
        attempt.deadline_at += time_stood(attempt, now)
    if attempt.break_ends_at:
        attempt.break_began_at = attempt.break_ends_at = min(now, attempt.break_ends_at)


def refuse_ended(attempt: Attempt, now: datetime) -> None:
    """Refuse an act on a sitting that is over."""
    if not attempt.is_open:
        raise Refused(ENDED)
    if is_over(attempt, now):
        raise Refused(OVER)
