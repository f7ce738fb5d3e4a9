"""The best that a learner reached in an exam."""

from datetime import datetime

import sqlalchemy as sa

from core.database import db
from progress.models import Enrolment
from quizzes.models import Attempt, AttemptItem


def best_percent(learner_id: int, course: str, exam: str, now: datetime) -> float | None:
    """Return the best result in percent of the questions that count; None without one, or while results are held back."""
    held = sa.select(Enrolment.id).where(
        Enrolment.learner_id == learner_id, Enrolment.course == course, Enrolment.results_held_until > now
    )
    sat = sa.select(sa.func.avg(sa.func.coalesce(AttemptItem.mark, 0.0)).label("share")).join(
        Attempt, Attempt.id == AttemptItem.attempt_id
    )
    mine = Attempt.learner_id == learner_id, Attempt.kind == "exam", Attempt.course == course, Attempt.exam == exam
    ended = Attempt.submitted_at.is_not(None), AttemptItem.scored, sa.not_(held.exists())
    each = sat.where(*mine, *ended).group_by(Attempt.id).subquery()
    share = db.session.scalar(sa.select(sa.func.max(each.c.share)))
    return None if share is None else 100 * float(share)
