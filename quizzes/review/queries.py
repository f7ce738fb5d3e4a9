"""What the daily review needs to know of a learner."""

from datetime import datetime

import sqlalchemy as sa

from catalogue.catalogue import Catalogue
from core.database import db
from core.seeds import seed_of
from progress.memories import memories_of
from progress.models import Enrolment
from quizzes.models import Attempt
from quizzes.review.beginning import reviewed_course
from quizzes.review.forecast import Forecast, forecast
from quizzes.review.queueing import Course, Queue, queue_of


def todays_queue(learner_id: int, catalogue: Catalogue, now: datetime) -> Queue:
    """Return what the learner is to review today, over all courses taken, in two statements."""
    return queue_of(reviewed_courses(learner_id, catalogue), memories_of(learner_id), now)


def coming_weeks(learner_id: int, catalogue: Catalogue, now: datetime, most: int) -> Forecast:
    """Return what reviewing so many a day would cost and bring, in two statements; the same all day long."""
    seed = seed_of("forecast", learner_id, now.date().isoformat())
    return forecast(reviewed_courses(learner_id, catalogue), memories_of(learner_id), now, most=most, seed=seed)


def reviewed_courses(learner_id: int, catalogue: Catalogue) -> list[Course]:
    """Return the courses that the learner takes, as the queue needs them."""
    taken = sa.select(Enrolment).where(Enrolment.learner_id == learner_id, Enrolment.left_at.is_(None))
    return [
        reviewed_course(catalogue.courses[one.course], one)
        for one in db.session.scalars(taken)
        if one.course in catalogue.courses
    ]


def running_review(learner_id: int) -> Attempt | None:
    """Return the review that was begun and not handed in, if there is one."""
    return db.session.scalar(
        sa.select(Attempt)
        .where(Attempt.learner_id == learner_id, Attempt.kind == "review")
        .where(Attempt.submitted_at.is_(None), Attempt.abandoned_at.is_(None))
        .order_by(Attempt.id.desc())
        .limit(1)
    )
