"""Finds what an address names, for whoever may see it; hands in a sitting whose time is over."""

from datetime import datetime

from flask import abort
from flask_login import current_user

from catalogue.live import current
from core.database import db, writing
from core.wording import plural
from quizzes.models import Attempt
from quizzes.sittings.clock import is_over
from quizzes.sittings.ending import expire
from quizzes.sittings.pinned import pinned_questions
from quizzes.sittings.queries import Sheet, find_sheet, items_of, overdue, own_attempt


def sheet_or_404(attempt_id: int, now: datetime) -> Sheet:
    """Return a sitting; one whose time is over is handed in first."""
    sheet = find_sheet(current_user, attempt_id) or abort(404)
    if sheet.attempt.is_open and is_over(sheet.attempt, now):
        hand_in_overdue(attempt_id, sheet.attempt.learner_id, now)
        sheet = find_sheet(current_user, attempt_id) or abort(404)
    return sheet


def hand_in_overdue(attempt_id: int, learner_id: int, now: datetime) -> bool:
    """Hand in a sitting whose time is over, in a turn of its own; return whether it was."""
    questions = pinned_questions(items_of(attempt_id), current())
    with writing(learner=learner_id) as session:
        attempt = own_attempt(learner_id, attempt_id)
        if attempt is not None:
            session.refresh(attempt)
        return attempt is not None and expire(attempt, questions, now=now)


def own_or_404(attempt_id: int) -> Attempt:
    """Return one's own sitting as it stands in this turn."""
    return own_attempt(current_user.id, attempt_id) or abort(404)


def hand_in_all_overdue(now: datetime) -> str | None:
    """Hand in every sitting whose time is over (a recurring job); return how many."""
    late = overdue(now)
    db.session.rollback()  # nothing was changed; the reading ends before the turns begin
    done = sum(hand_in_overdue(attempt, learner, now) for attempt, learner in late)
    return f"handed in {plural(done, 'sitting')} whose time was over" if done else None
